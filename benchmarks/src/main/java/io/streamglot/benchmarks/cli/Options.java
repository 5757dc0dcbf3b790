package io.streamglot.benchmarks.cli;

import io.streamglot.benchmarks.decoding.Candidate;
import io.streamglot.benchmarks.decoding.SpecKey;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Checks that several commands make of their options; what fails ends with exit code 2. */
final class Options {

  private Options() {}

  static void requireAtLeastOne(CommandSpec spec, String option, long value) {
    if (value < 1) {
      throw new ParameterException(
          spec.commandLine(), "%s: expected at least 1, actual %d".formatted(option, value));
    }
  }

  /** The first texts, or all if {@code sentences} is null. */
  static List<String> first(CommandSpec spec, Integer sentences, List<String> texts) {
    if (sentences == null) {
      return texts;
    }
    requireAtLeastOne(spec, "--sentences", sentences);
    return texts.subList(0, Math.min(sentences, texts.size()));
  }

  /** Refuses settings that a command does not heed. */
  static void requireOnly(CommandSpec spec, Candidate candidate, SpecKey... heeded) {
    try {
      candidate.allowing(Set.of(heeded));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
