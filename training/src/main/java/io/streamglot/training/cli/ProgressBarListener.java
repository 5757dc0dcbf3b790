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
 * Shows training on a terminal: a progress bar with tokens a second, loss and time left, and each
 * validation as a line.
 */
final class ProgressBarListener implements TrainingListener, AutoCloseable {

  private static final int REFRESH_MILLIS = 1000;
  private static final int WIDTH = 120;

  private final PrintStream out;
  private final StepAverages averages = new StepAverages();
  private ProgressBar bar;

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
    averages.start();
  }

  @Override
  public void stepped(Step step) {
    averages.add(step);
    bar.setExtraMessage(
        String.format(
            Locale.ROOT,
            " epoch %d, loss %.3f, %,.0f tok/s",
            step.epoch() + 1,
            averages.loss(),
            averages.tokensPerSecond()));
    bar.stepTo(step.step());
  }

  @Override
  public void validated(int step, Validation validation, boolean best) {
    out.printf(
        Locale.ROOT,
        "%nstep %,d: training loss %.3f, dev loss %.3f, dev perplexity %.2f, dev BLEU %.2f%s%n",
        step,
        averages.loss(),
        validation.loss(),
        Math.exp(validation.loss()),
        validation.bleu(),
        best ? ", best so far" : "");
    averages.goOn();
  }

  @Override
  public void ended() {
    close();
    out.println();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
