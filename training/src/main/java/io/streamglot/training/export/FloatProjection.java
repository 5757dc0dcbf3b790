package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.Tensor;
import java.util.Optional;

/**
 * A projection in floating point.
 *
 * @param matrix float [in, out]
 * @param bias float [out]
 */
record FloatProjection(Tensor matrix, Optional<Tensor> bias) implements Projection {

  /** Two axes if there is a bias. */
  @Override
  public Tensor of(OnnxGraph g, Tensor x) {
    return bias.map(b -> g.affine(x, matrix, b)).orElseGet(() -> g.matMul(x, matrix));
  }
}
