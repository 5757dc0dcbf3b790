package io.streamglot.app.cli;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Looks after the topics that the application reads and writes. */
@Command(
    name = "topics",
    description = "Create the topics that 'run' needs, and check those that exist.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Example:",
      "  ./streamglot topics create --config streams-app/config/streamglot.properties"
    })
final class TopicsCommand {

  private TopicsCommand() {}

  /** With its commands. */
  static CommandLine commandLine(Map<String, String> environment) {
    return new CommandLine(new TopicsCommand()).addSubcommand(new TopicsCreateCommand(environment));
  }
}
