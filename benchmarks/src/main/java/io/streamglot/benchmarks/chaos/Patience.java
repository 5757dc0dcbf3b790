package io.streamglot.benchmarks.chaos;

import java.time.Duration;

/**
 * A limit to waiting that a machine which stands still for a while does not use up: however long
 * ago it was asked last, a second is counted at most. For one thread.
 */
final class Patience {

  private static final Duration MOST_AT_ONCE = Duration.ofSeconds(1);

  private final Duration limit;
  private long waitedNanos;
  private long asked = System.nanoTime();

  Patience(Duration limit) {
    this.limit = limit;
  }

  /** Whether the limit is reached; to be asked again and again while waiting. */
  boolean isOver() {
    long now = System.nanoTime();
    waitedNanos += Math.min(now - asked, MOST_AT_ONCE.toNanos());
    asked = now;
    return waitedNanos > limit.toNanos();
  }

  /** Waiting begins anew. */
  void renew() {
    waitedNanos = 0;
  }
}
