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
 * Shows training as a progress bar with tokens a second, loss and time left, and each validation as
 * a line.
 */
final class ProgressBarListener implements TrainingListener, AutoCloseable {

  /** Weight of the past in the averages shown: about the last fifty steps. */
  private static final double KEPT = 0.98;

  private static final int REFRESH_MILLIS = 1000;
  private static final int WIDTH = 120;

  private final PrintStream out;
  private ProgressBar bar;
  private double loss = Double.NaN;
  private double tokensPerSecond = Double.NaN;
  private long lastNanos;

  ProgressBarListener(PrintStream out) {
    this.out = out;
  }

  @Override
  public void started(int firstStep, int lastStep) {
    if (firstStep > 1) {
      out.printf(Locale.ROOT, "going on from the checkpoint at step %,d%n", firstStep - 1);
    }
    bar =
        new ProgressBarBuilder()
            .setTaskName("training")
            .setUnit(" steps", 1)
            .setInitialMax(lastStep)
            .startsFrom(firstStep - 1L, Duration.ZERO)
            .setUpdateIntervalMillis(REFRESH_MILLIS)
            .setConsumer(new ConsoleProgressBarConsumer(out, WIDTH))
            .build();
    lastNanos = System.nanoTime();
  }

  @Override
  public void stepped(Step step) {
    long now = System.nanoTime();
    loss = average(loss, step.loss());
    tokensPerSecond = average(tokensPerSecond, step.tokens() * 1e9 / (now - lastNanos));
    lastNanos = now;
    bar.setExtraMessage(
        String.format(
            Locale.ROOT,
            " epoch %d, loss %.3f, %,.0f tok/s",
            step.epoch() + 1,
            loss,
            tokensPerSecond));
    bar.stepTo(step.step());
  }

  @Override
  public void validated(int step, Validation validation, boolean best) {
    out.printf(
        Locale.ROOT,
        "%nstep %,d: training loss %.3f, dev loss %.3f, dev perplexity %.2f, dev BLEU %.2f%s%n",
        step,
        loss,
        validation.loss(),
        Math.exp(validation.loss()),
        validation.bleu(),
        best ? ", best so far" : "");
    lastNanos = System.nanoTime();
  }

  @Override
  public void ended() {
    close();
    out.println();
  }

  private static double average(double before, double now) {
    return Double.isNaN(before) ? now : KEPT * before + (1 - KEPT) * now;
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
