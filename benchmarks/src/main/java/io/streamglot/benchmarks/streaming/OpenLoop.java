package io.streamglot.benchmarks.streaming;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A load that does not wait for answers: messages are due at equal distances, whatever becomes of
 * those before.
 *
 * @param perSecond messages a second, above 0, at most 100,000
 */
public record OpenLoop(double perSecond) {

  private static final double MOST_PER_SECOND = 100_000;

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if it is out of its range
   */
  public OpenLoop {
    if (!(perSecond > 0 && perSecond <= MOST_PER_SECOND)) {
      throw new IllegalArgumentException(
          "rate: expected above 0, at most %.0f, actual %s".formatted(MOST_PER_SECOND, perSecond));
    }
  }

  /** Nanoseconds from the start of the load to when a message is due, the first of them 0. */
  public long dueNanos(int message) {
    return Math.round(message * (TimeUnit.SECONDS.toNanos(1) / perSecond));
  }

  /**
   * How late an answer is: from when its message was due, even where it was sent later.
   *
   * @param nanos from the start of the load to the answer
   */
  long lateNanos(int message, long nanos) {
    return nanos - dueNanos(message);
  }

  /** How many messages are due within that time, at least 1. */
  public int messagesIn(Duration duration) {
    return Math.max(1, (int) Math.round(duration.toMillis() * perSecond / 1000));
  }

  /** Waits until then; returns at once where that is past. */
  static void awaitNanoTime(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
