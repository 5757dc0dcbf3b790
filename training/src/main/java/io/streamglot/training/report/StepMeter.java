package io.streamglot.training.report;

import io.streamglot.training.train.TrainingListener.Step;
import java.util.function.LongSupplier;

/** Takes the means over steps, and the time that they took. Not thread-safe. */
final class StepMeter {

  private final LongSupplier nanoTime;
  private Step last;
  private int steps;
  private long tokens;
  private double loss;
  private double gradientNorm;
  private long nanos;
  private long since;

  /**
   * A meter; time runs from now.
   *
   * @param nanoTime as {@link System#nanoTime}
   */
  StepMeter(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    restartTime();
  }

  /** Time from the last step until now is no step's. */
  void restartTime() {
    since = nanoTime.getAsLong();
  }

  /** A step ended now. */
  void add(Step step) {
    long now = nanoTime.getAsLong();
    nanos += now - since;
    since = now;
    last = step;
    steps++;
    tokens += step.tokens();
    loss += step.loss() * step.tokens();
    gradientNorm += step.gradientNorm();
  }

  /** Steps since the means were taken last. */
  int steps() {
    return steps;
  }

  /** The means over these steps, at least one; begins anew. */
  StepMeans take() {
    StepMeans means =
        new StepMeans(
            last.step(),
            loss / tokens,
            gradientNorm / steps,
            last.learningRate(),
            tokens,
            nanos / 1e9);
    steps = 0;
    tokens = 0;
    loss = 0;
    gradientNorm = 0;
    nanos = 0;
    return means;
  }
}
