package io.streamglot.training.model;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.mm;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * {@code y_t = x_t Wᵀ} at every step of a recurrence, with the gradient of W made at once:
 *
 * <pre>
 *   dW = sum over t of dy_tᵀ x_t = [dy_1 ; .. ; dy_T]ᵀ [x_1 ; .. ; x_T]
 * </pre>
 *
 * <p>Left to libtorch, each step would make a gradient as large as W and add it to the sum: {@code
 * docs/benchmarks/training-speed.md} says what that costs.
 */
final class StepProduct {

  private final Tensor matrix;
  private final Tensor constant;
  private final Precision precision;
  private final List<Tensor> inputs = new ArrayList<>();
  private final List<Tensor> outputs = new ArrayList<>();

  /**
   * Products with a matrix.
   *
   * @param matrix W, float [out, in], that collects the gradient
   * @param operand the same in the format of the products
   */
  StepProduct(Tensor matrix, Tensor operand, Precision precision) {
    this.matrix = matrix;
    this.constant = operand.detach();
    this.precision = precision;
  }

  /** The product of one step: [B, in] to [B, out], in the format of the products. */
  Tensor of(Tensor input) {
    Tensor operand = precision.operand(input);
    Tensor output = linear(operand, constant);
    if (GradMode.is_enabled()) {
      output.retain_grad();
      inputs.add(operand.detach());
      outputs.add(output);
    }
    return output;
  }

  /** Once the gradients of all outputs are known: a scalar whose gradient is that of W. */
  Tensor carrier() {
    Tensor[] gradients = outputs.stream().map(Tensor::grad).toArray(Tensor[]::new);
    Tensor left = cat(new TensorVector(gradients), 0);
    Tensor right = cat(new TensorVector(inputs.toArray(Tensor[]::new)), 0);
    return matrix.mul(Precision.widen(mm(left.t(), right))).sum();
  }
}
