package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.Tensor;

/**
 * A row for each slot, finished or not: for batches so small that the products take as long for a
 * row less, and choosing rows would take longer.
 *
 * @param sentences int64 [b x K]: the sentence of each slot
 */
record AllRows(Tensor sentences) implements Rows {

  @Override
  public Tensor toSlots(OnnxGraph g, Tensor rows) {
    return rows;
  }

  @Override
  public Tensor fromSlots(OnnxGraph g, Tensor perSlot) {
    return perSlot;
  }

  @Override
  public Tensor fromSentences(OnnxGraph g, Tensor perSentence) {
    return g.gather(perSentence, sentences);
  }
}
