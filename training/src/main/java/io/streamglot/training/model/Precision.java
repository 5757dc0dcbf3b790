package io.streamglot.training.model;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The number format of the products with matrices in training (mixed precision, Micikevicius et
 * al., 2018). Parameters, softmax, loss, recurrent memory and optimiser are always 32 bits wide.
 */
public enum Precision {
  /** 32 bits throughout. */
  FLOAT32(ScalarType.Float),
  /**
   * The range of 32 bits with 8 bits of mantissa, so losses need no scaling. Fast where the
   * processor multiplies it in hardware (AMX, AVX-512 BF16, CUDA from Ampere on), slow elsewhere.
   */
  BFLOAT16(ScalarType.BFloat16);

  private final ScalarType type;

  Precision(ScalarType type) {
    this.type = type;
  }

  /** The values in this format, as operand of a product; the gradient flows back through. */
  Tensor operand(Tensor values) {
    return values.dtype().toScalarType() == type ? values : values.to(type);
  }

  /** Values in 32 bits, for all that is no product. */
  static Tensor widen(Tensor values) {
    return values.dtype().toScalarType() == ScalarType.Float
        ? values
        : values.to(torch.ScalarType.Float);
  }
}
