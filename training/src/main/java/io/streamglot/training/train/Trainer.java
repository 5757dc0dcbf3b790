package io.streamglot.training.train;

import static org.bytedeco.pytorch.global.torch.manual_seed;

import io.streamglot.training.corpus.Batch;
import io.streamglot.training.corpus.Epochs;
import io.streamglot.training.model.Libtorch;
import io.streamglot.training.model.NativeScope;
import io.streamglot.training.model.Seq2Seq;
import java.io.IOException;
import java.util.List;

/**
 * The training loop: teacher forcing, {@linkplain Optimizer optimiser}, validation, early stop,
 * checkpoints.
 *
 * <p>Every step is a function of parameters, optimiser state and its own number: the batch follows
 * from the epoch, dropout is seeded by the step. So a run that was interrupted ends with the same
 * parameters, bit for bit, as one that was not, on the same machine with the same number of
 * libtorch threads. Runs on one thread; not thread-safe.
 */
public final class Trainer {

  private final Seq2Seq model;
  private final TrainingConfig config;
  private final Validator validator;
  private final CheckpointStore checkpoints;
  private final TrainingListener listener;

  /** Wires a trainer; the model's parameters stay the caller's. */
  public Trainer(
      Seq2Seq model,
      TrainingConfig config,
      Validator validator,
      CheckpointStore checkpoints,
      TrainingListener listener) {
    this.model = model;
    this.config = config;
    this.validator = validator;
    this.checkpoints = checkpoints;
    this.listener = listener;
  }

  /**
   * Trains from the last checkpoint, or from the parameters as they are if there is none, until all
   * steps are made or BLEU has not risen for {@link TrainingConfig#patience} validations. Each
   * validation is followed by a checkpoint.
   *
   * @return where the run stood at its end; the best parameters are in the store
   * @throws TrainingDivergedException if loss or gradient is not finite; the last checkpoint is
   *     older and whole
   * @throws IOException if a checkpoint or a file of the validation cannot be written or read
   */
  public Progress train(Epochs epochs) throws IOException {
    Libtorch.useThreads(config.threads());
    try (Optimizer optimizer = new Optimizer(model.parameters(), config);
        ParameterAverage average = new ParameterAverage(model.parameters(), config.averaging())) {
      int totalSteps = Math.multiplyExact(config.epochs(), epochs.batches(0).size());
      LearningRateSchedule schedule = LearningRateSchedule.of(config, totalSteps);
      Progress progress =
          checkpoints.loadLast(model.parameters(), optimizer, average).orElse(Progress.START);
      listener.started(progress.step() + 1, totalSteps);
      while (!isOver(progress, totalSteps)) {
        List<Batch> batches = epochs.batches(progress.epoch());
        Batch batch = batches.get(progress.batch());
        listener.stepped(step(progress, batch, schedule.rate(progress), optimizer));
        progress = progress.afterBatch(batches.size());
        average.update(progress.step());
        if (progress.step() % config.validationSteps() == 0 || isOver(progress, totalSteps)) {
          progress = validate(progress, average);
          checkpoints.saveLast(model.parameters(), optimizer, average, progress);
        }
      }
      listener.ended();
      return progress;
    }
  }

  private boolean isOver(Progress progress, int totalSteps) {
    return progress.step() >= totalSteps || progress.validationsSinceBest() >= config.patience();
  }

  private TrainingListener.Step step(
      Progress progress, Batch batch, double rate, Optimizer optimizer) {
    int step = progress.step() + 1;
    return NativeScope.call(
        () -> {
          manual_seed(config.seed() + step);
          optimizer.clearGradients();
          Seq2Seq.Loss loss =
              model.loss(
                  batch.sources(),
                  batch.targets(),
                  config.labelSmoothing(),
                  config.dropout(),
                  config.precision());
          double value = requireFinite(step, "loss", loss.value(), rate);
          loss.backward();
          double norm = requireFinite(step, "gradient norm", optimizer.clipGradients(), rate);
          optimizer.step(rate);
          return new TrainingListener.Step(
              step, progress.epoch(), batch.targetTokens(), value, norm, rate);
        });
  }

  private static double requireFinite(int step, String what, double value, double rate) {
    if (!Double.isFinite(value)) {
      throw new TrainingDivergedException(step, what, value, rate);
    }
    return value;
  }

  /** Validates the average, and keeps it if it is the best. */
  private Progress validate(Progress progress, ParameterAverage average) throws IOException {
    average.exchange();
    try {
      Validation validation = validator.validate(model);
      boolean best = progress.isBest(validation);
      if (best) {
        checkpoints.saveBest(model.parameters());
      }
      listener.validated(progress.step(), validation, best);
      return progress.afterValidation(validation, config.decayPatience());
    } finally {
      average.exchange();
    }
  }
}
