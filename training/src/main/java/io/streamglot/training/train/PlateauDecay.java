package io.streamglot.training.train;

/**
 * Linear warm-up to the highest rate, then half of it for each {@linkplain Progress#plateaus
 * plateau} of BLEU.
 *
 * @param highest rate at the end of the warm-up, above 0
 * @param warmupSteps steps of warm-up, 0 or more
 */
record PlateauDecay(double highest, int warmupSteps) implements LearningRateSchedule {

  private static final double FACTOR = 0.5;

  @Override
  public double rate(Progress before) {
    int step = before.step() + 1;
    double warmth = step < warmupSteps ? (double) step / warmupSteps : 1;
    return highest * warmth * Math.pow(FACTOR, before.plateaus());
  }
}
