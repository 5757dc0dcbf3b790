package io.streamglot.training.train;

/**
 * Where a run stands between two steps.
 *
 * @param step steps made
 * @param epoch the epoch of the next batch, from 0
 * @param batch the next batch of that epoch, from 0
 * @param bestStep the step at which the best validation was made, 0 before the first
 * @param best the best validation so far, null before the first
 * @param validationsSinceBest validations since then, none of which was better: higher in BLEU, or
 *     equal and lower in loss
 * @param plateaus how often BLEU did not rise for {@link TrainingConfig#decayPatience} validations
 */
public record Progress(
    int step,
    int epoch,
    int batch,
    int bestStep,
    Validation best,
    int validationsSinceBest,
    int plateaus) {

  /** Before the first step. */
  public static final Progress START = new Progress(0, 0, 0, 0, null, 0, 0);

  Progress afterBatch(int batchesInEpoch) {
    boolean epochEnds = batch + 1 == batchesInEpoch;
    return new Progress(
        step + 1,
        epochEnds ? epoch + 1 : epoch,
        epochEnds ? 0 : batch + 1,
        bestStep,
        best,
        validationsSinceBest,
        plateaus);
  }

  Progress afterValidation(Validation validation, int decayPatience) {
    if (isBest(validation)) {
      return new Progress(step, epoch, batch, step, validation, 0, plateaus);
    }
    int inVain = validationsSinceBest + 1;
    boolean plateau = inVain % decayPatience == 0;
    return new Progress(
        step, epoch, batch, bestStep, best, inVain, plateau ? plateaus + 1 : plateaus);
  }

  /** By BLEU; among equals by loss, for BLEU may stay 0 long at first. */
  boolean isBest(Validation validation) {
    return best == null
        || validation.bleu() > best.bleu()
        || (validation.bleu() == best.bleu() && validation.loss() < best.loss());
  }
}
