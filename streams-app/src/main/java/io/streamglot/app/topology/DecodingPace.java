package io.streamglot.app.topology;

import java.time.Duration;

/**
 * How fast texts were translated of late, and so how many tokens a batch may have.
 *
 * <p>A slower batch is believed at once, a faster one by and by. Before the first batch nothing is
 * known, and any text is enough.
 *
 * <p>Shared by the tasks of a topology. Thread-safe.
 */
final class DecodingPace {

  /** How much of a faster pace is believed. */
  private static final double TRUST = 0.25;

  private double nanosPerToken;
  private int tasks;

  /** A task begins to translate. */
  synchronized void taskBegins() {
    tasks++;
  }

  /** A task ends. */
  synchronized void taskEnds() {
    tasks--;
  }

  /**
   * A batch was translated.
   *
   * @param tokens that it had, at least 0; a batch of none says nothing
   */
  synchronized void measured(long tokens, Duration took) {
    if (tokens == 0) {
      return;
    }
    double measured = (double) took.toNanos() / tokens;
    nanosPerToken =
        measured > nanosPerToken ? measured : nanosPerToken + TRUST * (measured - nanosPerToken);
  }

  /**
   * Most tokens of a batch that takes half its share of the time, the other half being for what
   * cannot be foreseen.
   *
   * @param limit what all tasks of a thread may take together for a batch each
   * @param threads that share the tasks, above 0
   * @return 0 before the first batch
   */
  synchronized long tokensWithin(Duration limit, int threads) {
    if (nanosPerToken == 0) {
      return 0;
    }
    int tasksOfAThread = Math.max(1, (tasks + threads - 1) / threads);
    return (long) (limit.toNanos() / nanosPerToken / tasksOfAThread / 2);
  }
}
