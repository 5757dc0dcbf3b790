package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.Tensor;

/** A row for each sentence, which has one slot. */
record OneRowEach(Tensor beamSize) implements Rows {

  OneRowEach(OnnxGraph g) {
    this(g.longs(1));
  }

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
    return perSentence;
  }
}
