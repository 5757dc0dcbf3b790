package io.streamglot.training.train;

/**
 * Linear warm-up to the highest rate, then linear decay to a twentieth of it at the last step.
 *
 * @param highest rate at the end of the warm-up, above 0
 * @param warmupSteps steps of warm-up, 0 or more
 * @param totalSteps step at which the decay ends; at most {@code warmupSteps} means no decay
 */
record LinearDecay(double highest, int warmupSteps, int totalSteps)
    implements LearningRateSchedule {

  private static final double LAST_SHARE = 0.05;

  @Override
  public double rate(Progress before) {
    int step = before.step() + 1;
    if (step <= warmupSteps) {
      return highest * step / warmupSteps;
    }
    double done =
        Math.min(1, (step - warmupSteps) / (double) Math.max(1, totalSteps - warmupSteps));
    return highest * (1 - done * (1 - LAST_SHARE));
  }
}
