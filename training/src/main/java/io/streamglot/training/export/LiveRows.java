package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.ElementType;
import io.streamglot.training.export.OnnxGraph.Tensor;

/**
 * A row for each hypothesis that still grows.
 *
 * @param slots int64 [n]: the slot of each row, ascending
 * @param ofSlots int64 [b x K]: the row of each slot; any row for a slot that is not live
 * @param beamSize int64 [1]: K
 */
record LiveRows(Tensor slots, Tensor ofSlots, Tensor beamSize) implements Rows {

  /**
   * Appends what follows from the slots.
   *
   * @param live bool [b, K]
   * @param slots int64 [n]: where that is true
   */
  static LiveRows of(OnnxGraph g, Tensor live, Tensor slots, Tensor beamSize) {
    Tensor counted = g.cumulativeSum(g.reshape(g.cast(live, ElementType.INT64), g.longs(-1)), 0);
    // -1, of a slot before the first live one, is the last row.
    return new LiveRows(slots, g.subtract(counted, g.scalar(1L)), beamSize);
  }

  @Override
  public Tensor toSlots(OnnxGraph g, Tensor rows) {
    return g.gather(rows, ofSlots);
  }

  @Override
  public Tensor fromSlots(OnnxGraph g, Tensor perSlot) {
    return g.gather(perSlot, slots);
  }

  @Override
  public Tensor fromSentences(OnnxGraph g, Tensor perSentence) {
    return g.gather(perSentence, g.divide(slots, beamSize));
  }
}
