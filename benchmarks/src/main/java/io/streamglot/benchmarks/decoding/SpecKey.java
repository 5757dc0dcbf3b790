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
  /** Callers of one session. */
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
      return settings.withDevice(DecoderDevice.parse(value));
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
