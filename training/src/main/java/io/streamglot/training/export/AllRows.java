package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.Tensor;

/**
 * A row for each slot, finished or not: for batches so small that the products take as long for a
 * row less, and choosing rows would take longer.
 *
 * @param sentences int64 [b x K]: the sentence of each slot
 * @param beamSize int64 [1]: K
 */
record AllRows(Tensor sentences, Tensor beamSize) implements Rows {

  /**
   * Appends what follows from the sizes.
   *
   * @param number int64 [1]: b
   * @param beamSize int64 [1]: K
   */
  static AllRows of(OnnxGraph g, Tensor number, Tensor beamSize) {
    Tensor slots = SearchSettings.count(g, g.multiply(number, beamSize));
    return new AllRows(g.divide(slots, beamSize), beamSize);
  }

  @Override
  public Tensor fromSentences(OnnxGraph g, Tensor perSentence) {
    return g.gather(perSentence, sentences);
  }
}
