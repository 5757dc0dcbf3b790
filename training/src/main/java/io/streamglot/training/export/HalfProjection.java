package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.ElementType;
import io.streamglot.training.export.OnnxGraph.Tensor;
import java.util.Optional;

/**
 * A projection whose product is made in floating point of 16 bits.
 *
 * @param matrix float16 [in, out]
 * @param bias float [out], added in 32 bits
 */
record HalfProjection(Tensor matrix, Optional<Tensor> bias) implements Projection {

  @Override
  public Tensor of(OnnxGraph g, Tensor x) {
    Tensor product = g.matMul(g.cast(x, ElementType.FLOAT16), matrix);
    Tensor widened = g.cast(product, ElementType.FLOAT);
    return bias.map(b -> g.add(widened, b)).orElse(widened);
  }
}
