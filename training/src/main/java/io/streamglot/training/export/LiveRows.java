package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.ElementType;
import io.streamglot.training.export.OnnxGraph.Tensor;

/**
 * The hypotheses that still grow, as rows. b sentences have b x K slots for hypotheses, sentence i
 * those from i x K; n of the hypotheses are live, and the decoder computes n rows.
 *
 * @param slots int64 [n]: the slot of each row, ascending
 * @param ofSlots int64 [b x K]: the row of each slot; any row for a slot that is not live
 * @param beamSize int64 [1]: K
 */
record LiveRows(Tensor slots, Tensor ofSlots, Tensor beamSize) {

  /**
   * Appends what follows from the slots.
   *
   * @param finished bool [b, K]
   * @param slots int64 [n]: where that is false
   */
  static LiveRows of(OnnxGraph g, Tensor finished, Tensor slots, Tensor beamSize) {
    Tensor live = g.cast(g.not(g.reshape(finished, g.longs(-1))), ElementType.INT64);
    Tensor before = g.subtract(g.cumulativeSum(live), g.scalar(1L));
    return new LiveRows(slots, g.maximum(before, g.scalar(0L)), beamSize);
  }

  /** From a row for each live hypothesis, [n, ..], to a row for each slot, [b x K, ..]. */
  Tensor toSlots(OnnxGraph g, Tensor rows) {
    return g.gather(rows, ofSlots);
  }

  /** From a row for each slot, [b x K, ..], to a row for each live hypothesis, [n, ..]. */
  Tensor fromSlots(OnnxGraph g, Tensor perSlot) {
    return g.gather(perSlot, slots);
  }

  /** From a row for each sentence, [b, ..], to a row for each live hypothesis, [n, ..]. */
  Tensor fromSentences(OnnxGraph g, Tensor perSentence) {
    return g.gather(perSentence, g.divide(slots, beamSize));
  }
}
