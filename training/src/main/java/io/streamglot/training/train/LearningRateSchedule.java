package io.streamglot.training.train;

/** The learning rate of every step: a linear warm-up, then what {@link Decay} says. */
interface LearningRateSchedule {

  /**
   * The schedule of a run.
   *
   * @param totalSteps steps of the run, if it is not stopped early
   */
  static LearningRateSchedule of(TrainingConfig config, int totalSteps) {
    return switch (config.decay()) {
      case LINEAR -> new LinearDecay(config.learningRate(), config.warmupSteps(), totalSteps);
      case PLATEAU -> new PlateauDecay(config.learningRate(), config.warmupSteps());
    };
  }

  /**
   * The rate of a step, a pure function, so that a resumed run goes on where it was.
   *
   * @param before where the run stands before the step
   */
  double rate(Progress before);
}
