package io.streamglot.app.replay;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * When messages are due: at once, or as they came, some times faster. Not thread-safe.
 *
 * <p>The first message with a time is due at once; so is one without, whose timestamp is 0. One
 * that is older than the message before it is due with it.
 */
public final class Pace {

  private final double factor;
  private long firstTimestamp;
  private long start;
  private boolean started;

  private Pace(double factor) {
    this.factor = factor;
  }

  /** Every message is due at once. */
  public static Pace unlimited() {
    return new Pace(Double.POSITIVE_INFINITY);
  }

  /**
   * As the messages came.
   *
   * @param factor how many times faster, above 0
   * @throws IllegalArgumentException if it is not above 0
   */
  public static Pace times(double factor) {
    if (!(factor > 0)) {
      throw new IllegalArgumentException("pace: expected above 0, actual " + factor);
    }
    return new Pace(factor);
  }

  /** How long until a message with this timestamp is due; zero if it is. */
  Duration untilDue(long timestamp) {
    if (Double.isInfinite(factor) || timestamp <= 0) {
      return Duration.ZERO;
    }
    if (!started) {
      started = true;
      firstTimestamp = timestamp;
      start = System.nanoTime();
    }
    double after = TimeUnit.MILLISECONDS.toNanos(Math.max(0, timestamp - firstTimestamp)) / factor;
    return Duration.ofNanos(Math.max(0, (long) after - (System.nanoTime() - start)));
  }

  /** Waits until a message with this timestamp is due. */
  void await(long timestamp) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(untilDue(timestamp).toNanos());
  }
}
