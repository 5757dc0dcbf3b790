package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.Tensor;
import java.util.Optional;

/**
 * A projection in integers.
 *
 * <pre>
 *   x_q = round(127 x / bound)            of 8 bits, and 128 added, for the operator takes them unsigned
 *   x W = bound / 127 * (x_q W_q) * scale
 * </pre>
 *
 * <p>The bound of x is known from the model: what units say lies between -1 and 1. A bound taken
 * from the rows at hand, as is usual, would make the result of a sentence depend on its neighbours.
 *
 * @param matrix int8 [in, out]
 * @param scale float [out]
 * @param bound largest element of x without its sign
 * @param bias float [out]
 */
record QuantizedProjection(Tensor matrix, Tensor scale, float bound, Optional<Tensor> bias)
    implements Projection {

  private static final int LARGEST = 127;
  private static final int ZERO = 128;

  @Override
  public Tensor of(OnnxGraph g, Tensor x) {
    Tensor step = g.scalar(bound / LARGEST);
    Tensor zero = g.unsigned(ZERO);
    return g.matMulInteger(g.quantize(x, step, zero), matrix, step, scale, zero, bias);
  }
}
