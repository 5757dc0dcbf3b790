package io.streamglot.training.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import picocli.CommandLine;

/** The commands of the training module. */
public final class TrainingMain {

  private TrainingMain() {}

  /** Runs a command and exits with its code. */
  public static void main(String[] arguments) {
    Program.run(TrainingMain::commandLine, arguments);
  }

  /**
   * The command line, ready to execute.
   *
   * @param out where results go
   * @param err where progress and problems go
   */
  static CommandLine commandLine(PrintWriter out, PrintStream err) {
    return Program.commandLine(
        out,
        err,
        TrainCommand.commandLine(err),
        new ExportCommand(err),
        new EvaluateCommand(),
        StudyCommand.commandLine(err),
        new AttentionCommand());
  }
}
