package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.Tensor;
import java.util.Locale;

/** What a graph is made for; any processor can run it, and finds the same. */
public enum GraphTarget {

  /** Where a batch is large, only live hypotheses are computed, and sentences leave in phases. */
  CPU,

  /**
   * One loop that computes every slot. All that a step reads is where ONNX Runtime's CUDA operators
   * want it, so that nothing is copied but the answer to whether another step follows.
   */
  CUDA;

  /** Its name in the metadata of the graph. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * A number as operators in the loop take it for a size. CUDA's read sizes on the CPU, and there
   * {@code Shape} leaves what it gives.
   *
   * @param number int64 [1]
   */
  Tensor size(OnnxGraph g, Tensor number) {
    return this == CPU ? number : g.shape(SearchSettings.count(g, number));
  }
}
