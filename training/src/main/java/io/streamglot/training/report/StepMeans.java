package io.streamglot.training.report;

/**
 * Means over a few steps of the optimiser.
 *
 * @param step the last of them, from 1
 * @param loss mean training loss in nats a target token, smoothed labels included
 * @param gradientNorm mean norm of all gradients before clipping
 * @param learningRate rate of the last step
 * @param tokens target tokens of all the steps together
 * @param seconds time that the steps took, validations left out
 */
public record StepMeans(
    int step, double loss, double gradientNorm, double learningRate, long tokens, double seconds)
    implements RunHistory.Entry {

  /** Target tokens a second. */
  public double tokensPerSecond() {
    return tokens / seconds;
  }
}
