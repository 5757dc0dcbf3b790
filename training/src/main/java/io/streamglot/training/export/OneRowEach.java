package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.Tensor;

/** A row for each sentence, which has one slot. */
record OneRowEach(Tensor beamSize) implements Rows {

  OneRowEach(OnnxGraph g) {
    this(g.longs(1));
  }

  @Override
  public Tensor fromSentences(OnnxGraph g, Tensor perSentence) {
    return perSentence;
  }
}
