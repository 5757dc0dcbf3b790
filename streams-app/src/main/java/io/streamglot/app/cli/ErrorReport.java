package io.streamglot.app.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;

/**
 * Says what went wrong: one line a problem, and an exit code.
 *
 * <ul>
 *   <li>2, {@link ExitCode#USAGE}: the user can mend it. Wrong flags, missing or damaged files,
 *       wrong settings, a Kafka that is not there.
 *   <li>1, {@link ExitCode#SOFTWARE}: anything else: a defect, or a stream that cannot go on. The
 *       stack trace comes with {@code --debug}. {@link CompareCommand} gives it for a gate that
 *       failed, too.
 *   <li>141, 128 + SIGPIPE: nobody reads standard output any more. That takes no words.
 * </ul>
 */
final class ErrorReport {
  private ErrorReport() {}

  /** Reports arguments that could not be read. */
  static int wrongArguments(ParameterException problem, String[] arguments) {
    CommandLine command = problem.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    print(
        command,
        List.of("%s (see '%s --help')".formatted(oneLine(problem.getMessage()), name)),
        false,
        problem);
    return ExitCode.USAGE;
  }

  /**
   * Reports why a command failed.
   *
   * @param debug whether to print the stack trace too
   */
  static int failure(Throwable problem, CommandLine command, boolean debug) {
    if (problem instanceof Output.ClosedPipeException) {
      return Output.ClosedPipeException.EXIT_CODE;
    }
    if (problem instanceof UserErrorException error) {
      print(command, error.lines(), debug, problem);
      return ExitCode.USAGE;
    }
    String hint = debug ? "" : " (--debug prints the stack trace)";
    print(command, List.of("internal error: " + problem + hint), debug, problem);
    return ExitCode.SOFTWARE;
  }

  private static void print(
      CommandLine command, List<String> lines, boolean debug, Throwable problem) {
    String name = command.getCommandSpec().qualifiedName();
    for (String line : lines) {
      command.getErr().println(name + ": " + oneLine(line));
    }
    if (debug) {
      problem.printStackTrace(command.getErr());
    }
    command.getErr().flush();
  }

  private static String oneLine(String message) {
    return message.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
