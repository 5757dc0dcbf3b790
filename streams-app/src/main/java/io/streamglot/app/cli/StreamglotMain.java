package io.streamglot.app.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program {@code streamglot}: wires the commands to standard input and output. */
@Command(
    name = "streamglot",
    description = "Translates Kafka topics, exactly once and in order.",
    mixinStandardHelpOptions = true,
    versionProvider = StreamglotMain.Version.class,
    subcommands = HelpCommand.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Commands of other modules, which ./streamglot starts likewise:",
      "  train      Train a model on parallel text and write it as a bundle.",
      "  export     Write the checkpoint of a training as a bundle, in any precision.",
      "  evaluate   Score a bundle on parallel text: BLEU and chrF.",
      "  study      Repeat an experiment of the literature on data at hand.",
      "  attention  Draw which words a model attended to as it translated a sentence.",
      "  bench      Measure how fast a model translates, and where its time goes.",
      "  chaos      Kill instances and brokers under load, and count what came out.",
      "",
      "Exit codes: 0 done; 2 what you can mend (arguments, files, settings, an unreachable Kafka);",
      "1 a defect, a stream that cannot go on, or a gate of 'compare' that failed; 141 the reader of",
      "standard output has gone.",
      "",
      "Example:",
      "  printf 'How are you?\\n' | ./streamglot demo"
    })
public final class StreamglotMain implements Runnable {

  /** Columns of the help; its texts have their own line breaks within that. */
  private static final int HELP_WIDTH = 100;

  @Spec private CommandSpec spec;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Log more, and print stack traces.")
  private boolean debug;

  private StreamglotMain() {}

  /** Runs a command and exits with its code. */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT); // output is for programs: the same digits everywhere
    Output out = new Output(utf8(FileDescriptor.out));
    PrintWriter err = new PrintWriter(utf8(FileDescriptor.err));
    int exitCode = execute(commandLine(System.in, out, err, System.getenv()), out, arguments);
    err.flush();
    if (exitCode == ExitCode.SOFTWARE) {
      // A thread may still be inside ONNX Runtime, and shutdown hooks free that under it.
      Runtime.getRuntime().halt(exitCode);
    }
    System.exit(exitCode);
  }

  /**
   * The command line, ready to execute.
   *
   * @param in what commands read as standard input
   * @param out where data goes
   * @param err where everything else goes
   * @param environment variables that override settings
   */
  static CommandLine commandLine(
      InputStream in, Output out, PrintWriter err, Map<String, String> environment) {
    StreamglotMain main = new StreamglotMain();
    CommandLine commandLine =
        new CommandLine(main)
            .addSubcommand(new DemoCommand(in, out))
            .addSubcommand(new BrokerCommand())
            .addSubcommand(new RunCommand(environment))
            .addSubcommand(new RolloutCommand(environment))
            .addSubcommand(TopicsCommand.commandLine(environment))
            .addSubcommand(new RetryCommand(environment))
            .addSubcommand(new RecordCommand(environment))
            .addSubcommand(new ReplayCommand(environment))
            .addSubcommand(new CompareCommand(environment))
            .addSubcommand(new ConfigCommand(environment, out))
            .addSubcommand(new TranslateCommand(in, out))
            .addSubcommand(new InspectCommand());
    addHelpOptions(commandLine);
    return commandLine
        .setUsageHelpWidth(HELP_WIDTH)
        .setOut(out)
        .setErr(err)
        .setExecutionStrategy(
            parsed -> {
              Logging.configure(main.debug);
              return new CommandLine.RunLast().execute(parsed);
            })
        .setParameterExceptionHandler(ErrorReport::wrongArguments)
        .setExecutionExceptionHandler(
            (problem, command, parsed) -> ErrorReport.failure(problem, command, main.debug));
  }

  private static void addHelpOptions(CommandLine commandLine) {
    for (CommandLine command : commandLine.getSubcommands().values()) {
      if (!(command.getCommand() instanceof HelpCommand)) {
        command.getCommandSpec().mixinStandardHelpOptions(true);
        command.getCommandSpec().versionProvider(new Version());
        addHelpOptions(command);
      }
    }
  }

  /**
   * Executes, and reports what picocli does not: output that could not be written, and even an
   * {@link Error}, such as a native library that does not load.
   */
  static int execute(CommandLine commandLine, Output out, String... arguments) {
    try {
      int exitCode = commandLine.execute(arguments);
      if (exitCode == ExitCode.OK) {
        out.requireWritten();
      }
      return exitCode;
    } catch (RuntimeException | Error problem) {
      StreamglotMain main = commandLine.getCommand();
      return ErrorReport.failure(problem, commandLine, main.debug);
    }
  }

  /** Without a command: says what there is. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static Writer utf8(FileDescriptor descriptor) {
    return new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8);
  }

  /** The version that the build wrote into the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = StreamglotMain.class.getPackage().getImplementationVersion();
      return new String[] {"streamglot " + (version == null ? "(not packaged)" : version)};
    }
  }
}
