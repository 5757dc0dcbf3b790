package io.streamglot.benchmarks.cli;

import io.streamglot.benchmarks.output.Machine;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code bench parts}: JMH on tokenizer and decoder. */
@Command(
    name = "parts",
    description = "Measures tokenizer and decoder by themselves, with JMH.",
    mixinStandardHelpOptions = true,
    customSynopsis = "streamglot bench parts [JMH ARGUMENTS]",
    footer = {
      "",
      "The arguments are JMH's: -l lists the benchmarks, -f 1 -wi 2 -i 5 makes a short run, and",
      "-p model=DIR -p file=FILE takes another bundle and other texts, by absolute paths.",
      "",
      "Example:",
      "  ./streamglot bench parts Tokenizer -f 1 -rf csv -rff parts.csv"
    })
final class PartsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Unmatched private List<String> arguments = new ArrayList<>();

  /** The command; what follows its first unknown word is JMH's. */
  static CommandLine commandLine() {
    return new CommandLine(new PartsCommand()).setStopAtUnmatched(true);
  }

  @Override
  public Integer call() throws RunnerException {
    CommandLineOptions options = options();
    Runner runner =
        new Runner(new OptionsBuilder().parent(options).shouldFailOnError(true).build());
    if (options.shouldList()) {
      runner.list();
      return 0;
    }
    PrintWriter out = spec.commandLine().getOut();
    Machine.lines().forEach(out::println);
    out.flush();
    try {
      runner.run();
    } catch (NoBenchmarksException e) {
      throw new ParameterException(
          spec.commandLine(), "benchmarks: expected at least 1 of that name, actual 0", e);
    } catch (RunnerException e) {
      PrintWriter err = spec.commandLine().getErr();
      err.printf("%s: benchmark failed: see above%n", spec.qualifiedName());
      err.flush();
      return ExitCode.SOFTWARE;
    }
    return 0;
  }

  private CommandLineOptions options() {
    try {
      return new CommandLineOptions(arguments.toArray(String[]::new));
    } catch (CommandLineOptionException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
