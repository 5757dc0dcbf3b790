package io.streamglot.app.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/** A line on standard error; {@link ErrorReport} has those of an exception. */
final class Notice {
  private Notice() {}

  /** Prints a line behind the name of the command. */
  static void print(CommandSpec command, String line) {
    PrintWriter err = command.commandLine().getErr();
    err.println(command.qualifiedName() + ": " + line);
    err.flush();
  }

  /** Prints a warning. */
  static void warn(CommandSpec command, String line) {
    print(command, "warning: " + line);
  }
}
