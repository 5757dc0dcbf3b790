package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.Tensor;

/**
 * Which rows the decoder computes. b sentences have b x K slots for hypotheses, sentence i those
 * from i x K; the decoder computes n rows, one for each slot unless {@link LiveRows} says
 * otherwise.
 */
interface Rows {

  /** int64 [1]: K. */
  Tensor beamSize();

  /** From a row for each that is computed, [n, ..], to a row for each slot, [b x K, ..]. */
  default Tensor toSlots(OnnxGraph g, Tensor rows) {
    return rows;
  }

  /** From a row for each slot, [b x K, ..], to a row for each that is computed, [n, ..]. */
  default Tensor fromSlots(OnnxGraph g, Tensor perSlot) {
    return perSlot;
  }

  /** From a row for each sentence, [b, ..], to a row for each that is computed, [n, ..]. */
  Tensor fromSentences(OnnxGraph g, Tensor perSentence);
}
