package io.streamglot.app.cli;

import io.streamglot.translator.decode.Sampling;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The option {@code --sample}, and those that go with it. */
final class SamplingOptions {
  @Option(names = "--sample", description = "Draw each token by lot instead of searching.")
  private boolean sample;

  @Option(
      names = "--temperature",
      paramLabel = "X",
      description =
          "With --sample: 0 to "
              + Sampling.MAX_TEMPERATURE
              + "; the lower, the likelier what is probable (default: 1).")
  private Float temperature;

  @Option(
      names = "--top-k",
      paramLabel = "N",
      description = "With --sample: draw from the N most probable tokens (default: 0, all).")
  private Integer topK;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      description =
          "With --sample: draw from the fewest tokens whose probability adds up to P, above 0 to 1"
              + " (default: 1, all).")
  private Float topP;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "With --sample: another seed draws other lots (default: 0).")
  private Long seed;

  /**
   * The sampling, if it is asked for.
   *
   * @throws ParameterException if a value is out of its range, or given without {@code --sample}
   */
  Optional<Sampling> sampling(CommandSpec spec) {
    if (!sample) {
      if (Arrays.asList(temperature, topK, topP, seed).stream().anyMatch(Objects::nonNull)) {
        throw new ParameterException(
            spec.commandLine(),
            "--temperature, --top-k, --top-p, --seed: expected with --sample, actual without");
      }
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Sampling(
              temperature == null ? 1 : temperature,
              topK == null ? 0 : topK,
              topP == null ? 1 : topP,
              seed == null ? 0 : seed));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
    }
  }
}
