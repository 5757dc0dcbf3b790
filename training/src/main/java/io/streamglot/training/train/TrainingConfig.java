package io.streamglot.training.train;

import io.streamglot.training.model.Device;
import io.streamglot.training.model.Dropout;
import io.streamglot.training.model.Precision;

/**
 * How a model is trained. Together with the data and the model's sizes it decides every parameter
 * of the result.
 *
 * @param seed seeds parameters, order of the batches, segmentation and dropout
 * @param epochs passes over the data at most, at least 1. Epochs differ by a batch or two: a run
 *     has as many steps as that many first epochs
 * @param batchTokens padded tokens of the longer side in a batch at most, at least 1
 * @param learningRate highest learning rate, reached after the warm-up, above 0
 * @param warmupSteps steps of linear warm-up, 0 or more
 * @param decay how the learning rate falls after the warm-up
 * @param decayPatience validations without a better BLEU that make a plateau, at least 1
 * @param dropout probabilities of zeroed units
 * @param bpeDropout probability that a merge of the tokenizer is left out where the training pairs
 *     are segmented (Provilkov et al., 2020), 0 to below 1; 0 segments them as translation does
 * @param labelSmoothing share of the target distribution spread over the vocabulary, 0 to below 1
 * @param clipNorm greatest norm of all gradients together, above 0
 * @param weightDecay share of each parameter that a step of rate 1 would take away, apart from the
 *     gradient (Loshchilov and Hutter, 2019), 0 or more
 * @param averaging share of the past in the moving average of the parameters that is validated and
 *     kept (Polyak and Juditsky, 1992), 0 to below 1; 0 validates and keeps the last ones
 * @param validationSteps steps between validations, at least 1
 * @param patience validations without a better BLEU after which training stops, at least 1
 * @param threads threads of libtorch, at least 1; with another number the last bits of sums differ
 * @param precision number format of the products
 * @param device where libtorch computes
 */
public record TrainingConfig(
    long seed,
    int epochs,
    int batchTokens,
    double learningRate,
    int warmupSteps,
    Decay decay,
    int decayPatience,
    Dropout dropout,
    double bpeDropout,
    double labelSmoothing,
    double clipNorm,
    double weightDecay,
    double averaging,
    int validationSteps,
    int patience,
    int threads,
    Precision precision,
    Device device) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the setting, what was expected and what it was
   */
  public TrainingConfig {
    require(epochs >= 1, "epochs", "at least 1", epochs);
    require(batchTokens >= 1, "batch tokens", "at least 1", batchTokens);
    require(
        learningRate > 0 && learningRate < 1, "learning rate", "above 0, below 1", learningRate);
    require(warmupSteps >= 0, "warm-up steps", "0 or more", warmupSteps);
    require(decayPatience >= 1, "decay patience", "at least 1", decayPatience);
    requireShare("BPE dropout", bpeDropout);
    requireShare("label smoothing", labelSmoothing);
    require(clipNorm > 0, "clip norm", "above 0", clipNorm);
    require(
        weightDecay >= 0 && Double.isFinite(weightDecay), "weight decay", "0 or more", weightDecay);
    requireShare("averaging", averaging);
    require(validationSteps >= 1, "validation steps", "at least 1", validationSteps);
    require(patience >= 1, "patience", "at least 1", patience);
    require(threads >= 1, "threads", "at least 1", threads);
  }

  private static void requireShare(String what, double actual) {
    require(actual >= 0 && actual < 1, what, "0 to below 1", actual);
  }

  private static void require(boolean holds, String what, String expected, Number actual) {
    if (!holds) {
      throw new IllegalArgumentException(
          "%s: expected %s, actual %s".formatted(what, expected, actual));
    }
  }
}
