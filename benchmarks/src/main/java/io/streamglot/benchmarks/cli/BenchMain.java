package io.streamglot.benchmarks.cli;

import io.streamglot.training.cli.Program;
import java.io.PrintStream;
import java.io.PrintWriter;
import picocli.CommandLine;

/** The commands of the benchmarks module. */
public final class BenchMain {

  private BenchMain() {}

  /** Runs a command and exits with its code. */
  public static void main(String[] arguments) {
    Program.run(BenchMain::commandLine, arguments);
  }

  /**
   * The command line, ready to execute.
   *
   * @param out where results go
   * @param err where progress and problems go
   */
  static CommandLine commandLine(PrintWriter out, PrintStream err) {
    return Program.commandLine(out, err, BenchCommand.commandLine(), new ChaosCommand(err));
  }
}
