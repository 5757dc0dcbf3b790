package io.streamglot.training.cli;

import io.streamglot.training.train.TrainingListener;
import io.streamglot.training.train.Validation;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * Shows training in a file or a pipe: a line for each validation, and one after a minute without.
 */
final class ProgressLinesListener implements TrainingListener {

  private final PrintStream out;
  private final long silenceNanos;
  private final StepAverages averages = new StepAverages();
  private int lastStep;
  private long lastLineNanos;

  ProgressLinesListener(PrintStream out) {
    this(out, Duration.ofMinutes(1));
  }

  /** With another time after which a step is shown. */
  ProgressLinesListener(PrintStream out, Duration silence) {
    this.out = out;
    this.silenceNanos = silence.toNanos();
  }

  @Override
  public void started(int firstStep, int lastStep) {
    if (firstStep > 1) {
      out.printf(Locale.ROOT, "going on from the checkpoint at step %,d%n", firstStep - 1);
    }
    this.lastStep = lastStep;
    lastLineNanos = System.nanoTime();
    averages.start();
  }

  @Override
  public void stepped(Step step) {
    averages.add(step);
    if (System.nanoTime() - lastLineNanos >= silenceNanos) {
      line(step.step(), "epoch " + (step.epoch() + 1));
    }
  }

  @Override
  public void validated(int step, Validation validation, boolean best) {
    line(
        step,
        String.format(
            Locale.ROOT,
            "dev loss %.3f, dev perplexity %.2f, dev BLEU %.2f%s",
            validation.loss(),
            Math.exp(validation.loss()),
            validation.bleu(),
            best ? ", best so far" : ""));
    averages.goOn();
  }

  @Override
  public void ended() {}

  private void line(int step, String what) {
    out.printf(
        Locale.ROOT,
        "step %,d of %,d: %,.0f tok/s, training loss %.3f, %s%n",
        step,
        lastStep,
        averages.tokensPerSecond(),
        averages.loss(),
        what);
    lastLineNanos = System.nanoTime();
  }
}
