package io.streamglot.benchmarks.decoding;

import io.streamglot.translator.decode.DecoderDevice;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a {@link Candidate}'s specification may set. */
public enum SpecKey {
  /** Sentences in a call. */
  BATCH {
    @Override
    RunSettings set(RunSettings settings, String value) {
      return settings.withBatch(number(value));
    }
  },
  /** Hypotheses kept. */
  BEAM {
    @Override
    RunSettings set(RunSettings settings, String value) {
      return settings.withBeam(number(value));
    }
  },
  /** Searches at once. */
  THREADS {
    @Override
    RunSettings set(RunSettings settings, String value) {
      return settings.withThreads(number(value));
    }
  },
  /** Where it computes. */
  DEVICE {
    @Override
    RunSettings set(RunSettings settings, String value) {
      return settings.withDecoder(settings.decoder().withDevice(DecoderDevice.parse(value)));
    }
  },
  /** Most hypotheses, sentences times beam, in one run of the graph. */
  HYPOTHESES {
    @Override
    RunSettings set(RunSettings settings, String value) {
      return settings.withDecoder(settings.decoder().withHypotheses(number(value)));
    }
  },
  /** Whether a model that has a shortlist computes its tokens alone. */
  SHORTLIST {
    @Override
    RunSettings set(RunSettings settings, String value) {
      if (!value.equals("on") && !value.equals("off")) {
        throw new IllegalArgumentException(
            "%s: expected on or off, actual '%s'".formatted(this, value));
      }
      return settings.withDecoder(settings.decoder().withShortlist(value.equals("on")));
    }
  },
  /** At which part of the best score a hypothesis is given up; 0 never. */
  PRUNING {
    @Override
    RunSettings set(RunSettings settings, String value) {
      try {
        return settings.withPruning(Float.parseFloat(value));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "%s: expected a number, actual '%s'".formatted(this, value), e);
      }
    }
  };

  /**
   * The settings with this one replaced.
   *
   * @throws IllegalArgumentException if the value is not one of this key
   */
  abstract RunSettings set(RunSettings settings, String value);

  /** As it is written. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  static SpecKey of(String name) {
    return Arrays.stream(values())
        .filter(key -> key.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "setting: expected one of %s, actual '%s'"
                        .formatted(
                            Arrays.stream(values())
                                .map(SpecKey::toString)
                                .collect(Collectors.joining(", ")),
                            name)));
  }

  int number(String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s: expected a whole number, actual '%s'".formatted(this, value), e);
    }
  }
}
