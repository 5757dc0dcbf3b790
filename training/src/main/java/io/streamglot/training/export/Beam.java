package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.Tensor;

/**
 * The hypotheses of a batch as rows: row b x K + k belongs to hypothesis k of sentence b.
 *
 * @param size int64 [1]: K
 */
record Beam(Tensor size) {

  /**
   * Appends a row for each hypothesis, from a row for each sentence.
   *
   * @param sentences float [B, N]
   * @param width N
   * @return float [B x K, N]
   */
  Tensor rows(OnnxGraph g, Tensor sentences, long width) {
    Tensor repeated = g.concat(0, g.longs(1), size, g.longs(1));
    return g.reshape(g.expand(g.unsqueeze(sentences, 1), repeated), g.longs(-1, width));
  }

  /** int64: B, K and these axes, the shape that rows take to meet what their sentences share. */
  Tensor shape(OnnxGraph g, long... axes) {
    return g.concat(0, g.longs(-1), size, g.longs(axes));
  }
}
