package io.streamglot.training.cli;

import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code study}: experiments that anyone can repeat. */
@Command(
    name = "study",
    description = "Repeats an experiment of the literature on data at hand.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "EXPERIMENT",
    footer = {"", "Example:", "  ./streamglot study bottleneck --data DIR --out bottleneck.svg"})
final class StudyCommand {

  /**
   * The command with its experiments.
   *
   * @param progress hears how training goes
   */
  static CommandLine commandLine(PrintStream progress) {
    return new CommandLine(new StudyCommand())
        .addSubcommand(BottleneckCommand.commandLine(progress));
  }
}
