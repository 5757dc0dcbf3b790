package io.streamglot.benchmarks.kafka;

import java.util.Locale;

/** What Kafka Streams promises; named as its setting {@code processing.guarantee}. */
public enum Guarantee {
  /** Whatever comes out is read once. */
  EXACTLY_ONCE_V2(true),
  /** What came out before a crash may come out again. */
  AT_LEAST_ONCE(false);

  private final boolean transactional;

  Guarantee(boolean transactional) {
    this.transactional = transactional;
  }

  /** Whether readers must wait for a commit. */
  public boolean isTransactional() {
    return transactional;
  }

  /** As Kafka writes it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
