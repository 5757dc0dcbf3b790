package io.streamglot.benchmarks.chaos;

import java.util.Locale;
import java.util.Set;

/** What the program promises, by Kafka's names. */
public enum Guarantee {
  /** Each message once. */
  EXACTLY_ONCE_V2,
  /** Each message, some twice after a crash. */
  AT_LEAST_ONCE;

  /** What may be found without breaking it. */
  Set<Fault> tolerated() {
    return this == AT_LEAST_ONCE ? Set.of(Fault.DOUBLED) : Set.of();
  }

  /** The value of {@code processing.guarantee}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
