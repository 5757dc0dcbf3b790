package io.streamglot.benchmarks.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What a run does when and to whom, decided by the seed alone.
 *
 * @param steps in order
 * @param spares steps at once, for those that did not count
 */
record Schedule(List<Step> steps, List<Step> spares) {

  /** Nothing happens before the stream flows, or when it is about to end. */
  private static final double FIRST = 0.04;

  private static final double LAST = 0.92;
  private static final int MAX_PAUSE_MS = 5_000;
  private static final int SPARES_FOR_A_STEP = 4;

  /**
   * Something that happens.
   *
   * @param progress the share of the records that is answered by then, 0 to 1
   * @param choice picks whom it happens to, see {@link #among}
   * @param pause until what was ended starts again
   */
  record Step(double progress, double choice, Duration pause) {

    /** The chosen one of several. */
    <T> T among(List<T> several) {
      return several.get((int) (choice * several.size()));
    }
  }

  Schedule {
    steps = List.copyOf(steps);
    spares = List.copyOf(spares);
  }

  /** The schedule of a seed; a step falls into each of {@code count} equal shares of the run. */
  static Schedule of(long seed, int count) {
    Random random = new Random(seed);
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double share = (i + random.nextDouble()) / count;
      steps.add(step(FIRST + share * (LAST - FIRST), random));
    }
    List<Step> spares = new ArrayList<>();
    for (int i = 0; i < count * SPARES_FOR_A_STEP; i++) {
      spares.add(step(0, random));
    }
    return new Schedule(steps, spares);
  }

  private static Step step(double progress, Random random) {
    return new Step(progress, random.nextDouble(), Duration.ofMillis(random.nextInt(MAX_PAUSE_MS)));
  }
}
