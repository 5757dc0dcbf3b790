package io.streamglot.training.train;

/** Training came to a loss or gradient that is not a number, or infinite; going on is useless. */
public final class TrainingDivergedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TrainingDivergedException(int step, String what, double actual, double learningRate) {
    super(
        ("step %d: %s: expected a finite number, actual %s; try a lower learning rate (it was %.2g), a longer"
                + " warm-up or a smaller clip norm, and look for damaged lines in the data")
            .formatted(step, what, actual, learningRate));
  }
}
