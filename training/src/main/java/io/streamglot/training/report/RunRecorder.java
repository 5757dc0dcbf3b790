package io.streamglot.training.report;

import io.streamglot.training.train.TrainingListener;
import io.streamglot.training.train.Validation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Records a run in its folder: for TensorBoard in {@code tensorboard/}, and for its report in
 * {@code history.jsonl}.
 *
 * <p>Of the steps it records means over {@value #STEPS} at a time, and what is left of them before
 * a validation and at the end: single batches say little, and long runs stay small.
 *
 * <table>
 * <caption>Scalars of TensorBoard</caption>
 * <tr><td>{@code train/loss}</td><td>nats a target token, smoothed labels included</td></tr>
 * <tr><td>{@code train/perplexity}</td><td>exp of it</td></tr>
 * <tr><td>{@code train/learning_rate}</td><td>of the last step</td></tr>
 * <tr><td>{@code train/gradient_norm}</td><td>before clipping</td></tr>
 * <tr><td>{@code train/tokens_per_second}</td><td>target tokens, validations left out</td></tr>
 * <tr><td>{@code dev/loss}, {@code dev/perplexity}</td><td>without smoothing</td></tr>
 * <tr><td>{@code dev/bleu}</td><td>0 to 100</td></tr>
 * </table>
 *
 * <p>Not thread-safe. Holds no file open.
 */
public final class RunRecorder implements TrainingListener {

  /** Steps that make one point of the training curves. */
  static final int STEPS = 10;

  private final Path runFolder;
  private final Supplier<Map<String, String>> samples;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private RunHistory history;
  private StepMeter meter;
  private int firstStep;
  private EventFile events;

  /**
   * A recorder; nothing is read or written before training starts.
   *
   * @param runFolder an existing folder
   * @param samples what the parameters that were just validated make of the sentences that the
   *     report follows: translations by source
   */
  public RunRecorder(Path runFolder, Supplier<Map<String, String>> samples) {
    this(runFolder, samples, Clock.systemUTC(), System::nanoTime);
  }

  RunRecorder(
      Path runFolder, Supplier<Map<String, String>> samples, Clock clock, LongSupplier nanoTime) {
    this.runFolder = runFolder;
    this.samples = samples;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /**
   * What was recorded so far, runs that this one goes on from included.
   *
   * @throws IllegalStateException if training has not started
   */
  public RunHistory history() {
    if (history == null) {
      throw new IllegalStateException("training has not started");
    }
    return history;
  }

  @Override
  public void started(int firstStep, int lastStep) throws IOException {
    this.firstStep = firstStep;
    history = RunHistory.open(runFolder.resolve("history.jsonl"), firstStep);
    meter = new StepMeter(nanoTime);
  }

  @Override
  public void stepped(Step step) throws IOException {
    meter.add(step);
    if (step.step() % STEPS == 0) {
      recordSteps();
    }
  }

  @Override
  public void validated(int step, Validation validation, boolean best) throws IOException {
    recordSteps();
    history.add(new ValidationResult(step, validation.loss(), validation.bleu(), samples.get()));
    Map<String, Double> scalars = new LinkedHashMap<>();
    scalars.put("dev/loss", validation.loss());
    scalars.put("dev/perplexity", Math.exp(validation.loss()));
    scalars.put("dev/bleu", validation.bleu());
    events().scalars(clock.instant(), step, scalars);
    meter.restartTime();
  }

  @Override
  public void ended() throws IOException {
    recordSteps();
  }

  private void recordSteps() throws IOException {
    if (meter.steps() == 0) {
      return;
    }
    StepMeans means = meter.take();
    history.add(means);
    Map<String, Double> scalars = new LinkedHashMap<>();
    scalars.put("train/loss", means.loss());
    scalars.put("train/perplexity", Math.exp(means.loss()));
    scalars.put("train/learning_rate", means.learningRate());
    scalars.put("train/gradient_norm", means.gradientNorm());
    scalars.put("train/tokens_per_second", means.tokensPerSecond());
    events().scalars(clock.instant(), means.step(), scalars);
    meter.restartTime();
  }

  /** Made when there is something to write: a run that is over already leaves no empty file. */
  private EventFile events() throws IOException {
    if (events == null) {
      events = EventFile.create(runFolder.resolve("tensorboard"), clock.instant(), firstStep);
    }
    return events;
  }
}
