package io.streamglot.training.export;

import java.util.OptionalInt;

/** How a graph keeps its weights and computes its products. */
public enum GraphPrecision {

  /** 32-bit floating point throughout. */
  FP32(false, 0),

  /** Matrices of 16 bits in the file, half the size; a CPU computes with 32, CUDA with 16. */
  FP16(true, 0),

  /**
   * The decoder's products by 8-bit integers, its weights of 7 bits: right on every CPU. Without
   * VNNI, a CPU adds two products in 16 bits, which 8-bit weights would overflow. Other matrices
   * are kept in 16 bits. CUDA has no such products.
   */
  INT8(true, 63),

  /** As {@link #INT8}, with weights of 8 bits: only for CPUs that have VNNI. */
  INT8_VNNI(true, 127);

  private final boolean half;
  private final int largest;

  GraphPrecision(boolean half, int largest) {
    this.half = half;
    this.largest = largest;
  }

  /** Whether matrices are kept in 16 bits where they are not quantized. */
  boolean half() {
    return half;
  }

  /** The largest integer weight, if the products of the decoder are quantized. */
  OptionalInt largestWeight() {
    return largest == 0 ? OptionalInt.empty() : OptionalInt.of(largest);
  }
}
