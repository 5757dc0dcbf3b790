package io.streamglot.training.model;

/**
 * Probabilities of a zeroed unit in training (Srivastava et al., 2014), each 0 to below 1.
 *
 * @param embedding of a token's embedding, source and target
 * @param context of an annotation: what a layer of the encoder says of a token
 * @param output of the readout, and between the layers of a decoder
 */
public record Dropout(double embedding, double context, double output) {

  /** Nothing is zeroed: how a model is used. */
  public static final Dropout NONE = new Dropout(0, 0, 0);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the probability, what was expected and what it was
   */
  public Dropout {
    require("embedding dropout", embedding);
    require("context dropout", context);
    require("output dropout", output);
  }

  private static void require(String what, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          "%s: expected 0 to below 1, actual %s".formatted(what, value));
    }
  }
}
