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

  /** Batches of a task that one commit may have to wait for: a full one, and the timer's. */
  private static final int BATCHES_OF_A_TASK = 2;

  /** What part of the time is planned; the rest is for what cannot be foreseen. */
  private static final double PLANNED = 0.5;

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
   * Most tokens of a batch, so that all that a commit may have to wait for takes half the time.
   *
   * @param limit what all tasks of a thread may take together
   * @param threads that share the tasks, above 0
   * @return 0 before the first batch
   */
  synchronized long tokensWithin(Duration limit, int threads) {
    if (nanosPerToken == 0) {
      return 0;
    }
    int tasksOfAThread = Math.max(1, (tasks + threads - 1) / threads);
    double share = PLANNED * limit.toNanos() / tasksOfAThread / BATCHES_OF_A_TASK;
    return (long) (share / nanosPerToken);
  }
}
