package io.streamglot.benchmarks.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code bench}: measures how models serve. */
@Command(
    name = "bench",
    description = "Measures how fast a model translates, and where its time goes.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "MEASUREMENT",
    footer = {
      "",
      "SPEC is the folder of a bundle, which settings may follow: models/en-fr,beam=1,threads=2",
      "",
      "Example:",
      "  ./streamglot bench decode --file text.en --against models/en-fr,beam=1"
    })
final class BenchCommand {

  /** A candidate unless another is given; the launcher sets the property. */
  static final String SHIPPED = "${sys:streamglot.home:-.}/models/en-fr";

  /** The command with its measurements. */
  static CommandLine commandLine() {
    return new CommandLine(new BenchCommand())
        .addSubcommand(DecodeCommand.commandLine())
        .addSubcommand(new SoakCommand())
        .addSubcommand(StreamCommand.commandLine())
        .addSubcommand(new StartCommand())
        .addSubcommand(new ProfileCommand())
        .addSubcommand(PartsCommand.commandLine());
  }
}
