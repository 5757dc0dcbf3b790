package io.streamglot.training.cli;

import io.streamglot.training.model.DeviceException;
import io.streamglot.training.recipe.RecipeException;
import io.streamglot.training.train.TrainingDivergedException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * What the programs of this module and of the benchmarks have in common: streams, versions, help,
 * and how they end.
 *
 * <p>What the user can mend (arguments, files, settings) ends with exit code 2 and one line;
 * anything else with 1, and the stack trace under {@code --debug}.
 */
@Command(name = "streamglot", synopsisSubcommandLabel = "COMMAND")
public final class Program {

  /** Columns of the help; its texts have their own line breaks within that. */
  private static final int HELP_WIDTH = 100;

  @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Print stack traces.")
  private boolean debug;

  private Program() {}

  /** Makes a command line of standard output, for results, and error, for progress and problems. */
  @FunctionalInterface
  public interface Wiring {

    /** The command line, ready to execute: {@link Program#commandLine}. */
    CommandLine commandLine(PrintWriter out, PrintStream err);
  }

  /** Runs a command and exits with its code. */
  public static void run(Wiring wiring, String... arguments) {
    Locale.setDefault(Locale.ROOT); // output is for programs: the same digits everywhere
    PrintWriter out =
        new PrintWriter(
            new OutputStreamWriter(
                new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8));
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    CommandLine commandLine = wiring.commandLine(out, err);
    try {
      System.exit(commandLine.execute(arguments));
    } catch (Error problem) {
      // Out of memory, or a native library that does not load on this machine.
      System.exit(report(commandLine, problem.toString(), ExitCode.SOFTWARE));
    }
  }

  /**
   * The command line, ready to execute.
   *
   * @param out where results go
   * @param err where progress and problems go
   * @param commands annotated objects, or command lines of them
   */
  public static CommandLine commandLine(PrintWriter out, PrintStream err, Object... commands) {
    Program main = new Program();
    CommandLine commandLine = new CommandLine(main);
    for (Object command : commands) {
      commandLine.addSubcommand(command);
    }
    tellVersion(commandLine);
    return commandLine
        .setUsageHelpWidth(HELP_WIDTH)
        // Else "--train FILE --trian X" would take "--trian" for a second file.
        .setUnmatchedOptionsAllowedAsOptionParameters(false)
        .setOut(out)
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler(
            (problem, arguments) -> {
              CommandLine command = problem.getCommandLine();
              String help =
                  " (see '%s --help')".formatted(command.getCommandSpec().qualifiedName());
              return report(command, problem.getMessage() + help, ExitCode.USAGE);
            })
        .setExecutionExceptionHandler(
            (problem, command, parsed) -> {
              if (main.debug) {
                problem.printStackTrace(command.getErr());
              }
              if (problem instanceof RecipeException recipe) {
                recipe.problems().forEach(line -> report(command, line, ExitCode.USAGE));
                return ExitCode.USAGE;
              }
              return isForTheUser(problem)
                  ? report(command, message(problem), ExitCode.USAGE)
                  : report(command, "internal error: " + problem, ExitCode.SOFTWARE);
            });
  }

  private static void tellVersion(CommandLine command) {
    command.getCommandSpec().versionProvider(new Version());
    command.getSubcommands().values().forEach(Program::tellVersion);
  }

  private static boolean isForTheUser(Exception problem) {
    return problem instanceof IOException
        || problem instanceof TrainingDivergedException
        || problem instanceof DeviceException;
  }

  /** The messages of the file system are often no more than a path. */
  private static String message(Exception problem) {
    if (problem instanceof NoSuchFileException missing) {
      return missing.getFile() + ": expected a file or folder, actual none";
    }
    if (problem instanceof AccessDeniedException denied) {
      return denied.getFile() + ": expected permission, actual none";
    }
    return problem.getMessage();
  }

  private static int report(CommandLine command, String message, int exitCode) {
    command
        .getErr()
        .println(
            command.getCommandSpec().qualifiedName()
                + ": "
                + String.valueOf(message).strip().replaceAll("\\s*\\R\\s*", " "));
    command.getErr().flush();
    return exitCode;
  }

  /** The version that the build wrote into the jar. */
  private static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Program.class.getPackage().getImplementationVersion();
      return new String[] {"streamglot " + (version == null ? "(not packaged)" : version)};
    }
  }
}
