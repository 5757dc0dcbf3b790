package io.streamglot.benchmarks.profile;

import java.util.Set;

/** Kinds of operators. */
final class Operators {

  /** Hold graphs of their own, whose nodes are counted apart. */
  static final Set<String> HOLDING_GRAPHS = Set.of("Loop", "If", "Scan");

  /** Products of matrices. */
  static final Set<String> PRODUCTS =
      Set.of(
          "Gemm",
          "FusedGemm",
          "MatMul",
          "FusedMatMul",
          "MatMulInteger",
          "MatMulInteger16",
          "MatMulIntegerToFloat",
          "DynamicQuantizeMatMul",
          "QLinearMatMul",
          "QGemm");

  /** Whole recurrent layers: products with all the rest of a cell. */
  static final Set<String> RECURRENT_LAYERS = Set.of("LSTM", "GRU", "RNN", "DynamicQuantizeLSTM");

  /** Copies between devices, which ONNX Runtime adds where it must. */
  static final Set<String> COPIES = Set.of("MemcpyToHost", "MemcpyFromHost");

  private Operators() {}
}
