package io.streamglot.training.cli;

import io.streamglot.training.train.TrainingListener.Step;

/** Loss and speed of about the last fifty steps. */
final class StepAverages {

  /** Weight of the past. */
  private static final double KEPT = 0.98;

  private double loss = Double.NaN;
  private double tokensPerSecond = Double.NaN;
  private long lastNanos;

  /** The first step of a training begins now. */
  void start() {
    loss = Double.NaN;
    tokensPerSecond = Double.NaN;
    goOn();
  }

  /** The next step begins now, after a pause. */
  void goOn() {
    lastNanos = System.nanoTime();
  }

  /** A step ended now. */
  void add(Step step) {
    long now = System.nanoTime();
    loss = average(loss, step.loss());
    tokensPerSecond = average(tokensPerSecond, step.tokens() * 1e9 / (now - lastNanos));
    lastNanos = now;
  }

  /** Mean training loss in nats a token; not a number before the first step. */
  double loss() {
    return loss;
  }

  /** Target tokens a second; not a number before the first step. */
  double tokensPerSecond() {
    return tokensPerSecond;
  }

  private static double average(double before, double now) {
    return Double.isNaN(before) ? now : KEPT * before + (1 - KEPT) * now;
  }
}
