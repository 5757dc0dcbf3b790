package io.streamglot.benchmarks.cli;

import io.streamglot.benchmarks.decoding.Candidate;
import io.streamglot.benchmarks.decoding.RunSettings;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --model}, which every measurement of a model has. */
final class ModelOption {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "SPEC",
      defaultValue = BenchCommand.SHIPPED,
      converter = CandidateConverter.class,
      description = "The candidate (default: the shipped models/en-fr).")
  private Candidate candidate;

  /** What was given. */
  Candidate candidate() {
    return candidate;
  }

  /**
   * Options of the command, or what the candidate's specification makes of them, for one caller.
   *
   * @throws ParameterException if one is out of its range
   */
  RunSettings settings(int batch, int beam) {
    try {
      return candidate.in(new RunSettings(batch, beam, 1));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
    }
  }
}
