package io.streamglot.benchmarks.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code bench stream}: measures the stream, from a topic to another. */
@Command(
    name = "stream",
    description = "Measures the stream: how late a message is, how many a second, what grows.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "MEASUREMENT",
    footer = {
      "",
      "Each starts a Kafka broker of its own, on the loopback interface, and removes it.",
      "",
      "Example:",
      "  ./streamglot bench stream latency --file text.en"
    })
final class StreamCommand {

  /** The command with its measurements. */
  static CommandLine commandLine() {
    return new CommandLine(new StreamCommand())
        .addSubcommand(StreamLatencyCommand.commandLine())
        .addSubcommand(StreamThroughputCommand.commandLine())
        .addSubcommand(new StreamSoakCommand());
  }
}
