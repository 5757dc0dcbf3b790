package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.Tensor;

/** A matrix, maybe with a bias, by which rows are multiplied: {@code x W + b}. */
interface Projection {

  /**
   * Appends the product.
   *
   * @param g the graph that needs it
   * @param x float [.., in]
   * @return float [.., out]
   */
  Tensor of(OnnxGraph g, Tensor x);
}
