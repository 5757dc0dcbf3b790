package io.streamglot.training.cli;

import io.streamglot.training.train.TrainingListener;
import io.streamglot.training.train.Validation;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/**
 * Shows training as a progress bar with tokens a second, loss and time left, and a line a
 * validation.
 */
final class ProgressBarListener implements TrainingListener, AutoCloseable {

  private static final double KEPT = 0.98;
  private static final int REFRESH_MILLIS = 1000;
  private static final int WIDTH = 110;

  private final PrintStream out;
  private ProgressBar bar;
  private double loss;
  private double tokensPerSecond;
  private long lastStepNanos;
  private long firstStep;

  ProgressBarListener(PrintStream out) {
    this.out = out;
  }

  @Override
  public void started(int firstStep, int lastStep) {
    this.firstStep = firstStep;
    bar =
        new ProgressBarBuilder()
            .setTaskName("training")
            .setInitialMax(lastStep)
            .startsFrom(firstStep - 1L, Duration.ZERO)
            .setUpdateIntervalMillis(REFRESH_MILLIS)
            .setConsumer(new ConsoleProgressBarConsumer(out, WIDTH))
            .build();
    lastStepNanos = System.nanoTime();
  }

  @Override
  public void stepped(Step step) {
    long now = System.nanoTime();
    double speed = step.tokens() * 1e9 / (now - lastStepNanos);
    boolean first = step.step() == firstStep;
    loss = first ? step.loss() : KEPT * loss + (1 - KEPT) * step.loss();
    tokensPerSecond = first ? speed : KEPT * tokensPerSecond + (1 - KEPT) * speed;
    lastStepNanos = now;
    bar.setExtraMessage(
        String.format(
            Locale.ROOT,
            " loss %.3f, %,.0f tok/s, epoch %d",
            loss,
            tokensPerSecond,
            step.epoch() + 1));
    bar.stepTo(step.step());
  }

  @Override
  public void validated(int step, Validation validation, boolean best) {
    out.printf(
        Locale.ROOT,
        "%nstep %,d: training loss %.3f, dev loss %.3f, perplexity %.2f, BLEU %.2f%s%n",
        step,
        loss,
        validation.loss(),
        Math.exp(validation.loss()),
        validation.bleu(),
        best ? " (best so far)" : "");
    lastStepNanos = System.nanoTime();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
