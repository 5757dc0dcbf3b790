package io.streamglot.training.model;

import static org.bytedeco.pytorch.global.torch.linear;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * The parameters as operands of the products of one pass, each converted once.
 *
 * <p>Lives as long as the {@link NativeScope} around the pass.
 */
final class Weights {

  private final Parameters parameters;
  private final Precision precision;
  private final Map<String, Tensor> operands = new HashMap<>();
  private final Map<String, StepProduct> stepProducts = new LinkedHashMap<>();

  Weights(Parameters parameters, Precision precision) {
    this.parameters = parameters;
    this.precision = precision;
  }

  ModelConfig config() {
    return parameters.config();
  }

  Precision precision() {
    return precision;
  }

  /** A parameter as it is, in 32 bits. */
  Tensor get(String name) {
    return parameters.get(name);
  }

  /** A parameter in the format of the products. */
  Tensor operand(String name) {
    return operands.computeIfAbsent(name, n -> precision.operand(parameters.get(n)));
  }

  /** {@code x Wᵀ}: [N, in] to [N, out], in the format of the products. */
  Tensor product(Tensor x, String matrix) {
    return linear(precision.operand(x), operand(matrix));
  }

  /** {@code x Wᵀ + b}: [N, in] to [N, out], in the format of the products. */
  Tensor affine(Tensor x, String matrix, String bias) {
    return linear(precision.operand(x), operand(matrix), operand(bias));
  }

  /** {@code x Wᵀ} for a matrix that every step of the decoder meets. */
  StepProduct stepProduct(String matrix) {
    return stepProducts.computeIfAbsent(
        matrix, n -> new StepProduct(get(n), operand(n), precision));
  }

  /**
   * Once a backward pass has gone through all that was computed: a scalar whose gradient is that of
   * the matrices of all {@link #stepProduct}s.
   */
  Tensor stepProductCarrier() {
    return stepProducts.values().stream()
        .map(StepProduct::carrier)
        .reduce(Tensor::add)
        .orElseThrow();
  }
}
