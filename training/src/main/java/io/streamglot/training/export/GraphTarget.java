package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.Iteration;
import io.streamglot.training.export.OnnxGraph.LoopBody;
import io.streamglot.training.export.OnnxGraph.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

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

  /**
   * As {@link OnnxGraph#loop}; the body gets the number of its iteration where its operators take
   * it. ONNX Runtime has it on the CPU, so CUDA's loops carry one of their own.
   */
  List<Tensor> loop(OnnxGraph g, Tensor maxIterations, List<Tensor> initial, LoopBody body) {
    if (this == CPU) {
      return g.loop(maxIterations, initial, body);
    }
    int carried = initial.size();
    List<Tensor> results =
        g.loop(
            maxIterations,
            with(initial, g.scalar(0L)),
            (inner, iteration, all) -> {
              Tensor index = all.get(carried);
              Iteration made = body.build(inner, index, all.subList(0, carried));
              return new Iteration(
                  made.goOn(),
                  with(made.carried(), inner.add(index, inner.scalar(1L))),
                  made.scanned());
            });
    return Stream.concat(
            results.subList(0, carried).stream(),
            results.subList(carried + 1, results.size()).stream())
        .toList();
  }

  private static List<Tensor> with(List<Tensor> carried, Tensor index) {
    return Stream.concat(carried.stream(), Stream.of(index)).toList();
  }
}
