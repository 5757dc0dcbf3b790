package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.ElementType;
import io.streamglot.training.export.OnnxGraph.Tensor;
import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.model.ModelWeights;
import io.streamglot.training.model.Weight;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A graph under construction with a model that it computes.
 *
 * @param graph where nodes go
 * @param config sizes of the model
 * @param weights its parameters
 * @param prefix of its parameters' names in the graph, which may hold several models
 * @param form how the graph keeps them, and what it is made for
 */
record ModelGraph(
    OnnxGraph graph, ModelConfig config, ModelWeights weights, String prefix, GraphForm form) {

  /** A weight in floating point; its initializer is added when it is first asked for. */
  Tensor weight(String name) {
    Weight weight = weights.get(name);
    return form.precision().half() && weight.shape().length == 2
        ? graph.widenedWeight(prefix + name, weight)
        : graph.weight(prefix + name, weight);
  }

  /**
   * Matrices that meet the same vector as one.
   *
   * @param around the graph that has, or is right around, the one that uses it: ONNX Runtime packs
   *     a matrix only then
   * @param bound largest element of that vector without its sign
   * @param bias float [sum of out]
   * @param names of matrices [out, in]
   */
  Projection projection(OnnxGraph around, float bound, Optional<Tensor> bias, String... names) {
    if (form.precision().largestWeight().isEmpty()) {
      Tensor[] matrices = Stream.of(names).map(this::matrix).toArray(Tensor[]::new);
      return projection(around.transpose(stacked(around, matrices), 1, 0), bias);
    }
    List<IntegerMatrix> quantized = Stream.of(names).map(this::quantized).toList();
    Tensor values =
        stacked(around, quantized.stream().map(IntegerMatrix::values).toArray(Tensor[]::new));
    Tensor scales =
        stacked(around, quantized.stream().map(IntegerMatrix::scales).toArray(Tensor[]::new));
    return new QuantizedProjection(around.transpose(values, 1, 0), scales, bound, bias);
  }

  /**
   * Some rows of a matrix, taken before the loop.
   *
   * @param bound largest element of what they meet without its sign
   * @param bias float [out]
   * @param name of a matrix [out, in]
   * @param rows int64 [N]
   * @return the projection from in to N
   */
  Projection rows(float bound, Tensor bias, String name, Tensor rows) {
    Optional<Tensor> biases = Optional.of(graph.gather(bias, rows));
    if (form.precision().largestWeight().isEmpty()) {
      return projection(graph.transpose(graph.gather(matrix(name), rows), 1, 0), biases);
    }
    IntegerMatrix quantized = quantized(name);
    Tensor matrix = graph.gather(quantized.values(), rows);
    Tensor scales = graph.gather(quantized.scales(), rows);
    return new QuantizedProjection(graph.transpose(matrix, 1, 0), scales, bound, biases);
  }

  /** A matrix in the floating point that its products are made in. */
  private Tensor matrix(String name) {
    return form.precision().half() && form.target() == GraphTarget.CUDA
        ? graph.halfWeight(prefix + name, weights.get(name))
        : weight(name);
  }

  private static Projection projection(Tensor matrix, Optional<Tensor> bias) {
    return matrix.type() == ElementType.FLOAT16
        ? new HalfProjection(matrix, bias)
        : new FloatProjection(matrix, bias);
  }

  private static Tensor stacked(OnnxGraph around, Tensor... parts) {
    return parts.length == 1 ? parts[0] : around.concat(0, parts);
  }

  /**
   * A matrix as a graph has it.
   *
   * @param values int8 [out, in]
   * @param scales float [out]
   */
  private record IntegerMatrix(Tensor values, Tensor scales) {}

  private IntegerMatrix quantized(String name) {
    QuantizedWeight weight =
        QuantizedWeight.of(weights.get(name), form.precision().largestWeight().orElseThrow());
    Weight scales = new Weight(new long[] {weight.scales().length}, weight.scales());
    return new IntegerMatrix(
        graph.integerWeight(prefix + name + ".int8", weight),
        graph.weight(prefix + name + ".scale", scales));
  }
}
