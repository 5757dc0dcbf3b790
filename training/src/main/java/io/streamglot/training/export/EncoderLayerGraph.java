package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.RecurrentStates;
import io.streamglot.training.export.OnnxGraph.RecurrentWeights;
import io.streamglot.training.export.OnnxGraph.Tensor;
import io.streamglot.training.model.CellType;
import io.streamglot.training.model.ModelWeights;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * One layer of the encoder, in one direction or both, by ONNX's own operator for its cell.
 *
 * <p>Weights keep their own names and layout in the file; the nodes here bring them into ONNX's.
 * ONNX Runtime computes what hangs on constants alone when it opens the model, so they cost nothing
 * afterwards.
 */
final class EncoderLayerGraph {

  private final ModelGraph model;
  private final OnnxGraph g;
  private final CellType cell;
  private final List<String> directions;

  /** The layer of this number, from 1. */
  EncoderLayerGraph(ModelGraph model, int layer) {
    this.model = model;
    this.g = model.graph();
    this.cell = model.config().cell();
    this.directions = ModelWeights.encoderLayer(model.config(), layer);
  }

  /**
   * Appends the layer.
   *
   * @param x float [S, B, E or C]
   * @param length int32 [B]: tokens of each sentence, 1 to S
   */
  RecurrentStates append(Tensor x, Tensor length) {
    RecurrentWeights weights =
        new RecurrentWeights(
            eachDirection(name -> inOnnxOrder(name + ".w_x")),
            eachDirection(name -> inOnnxOrder(name + ".w_h")),
            eachDirection(this::biases));
    return g.recurrent(
        cell, x, weights, length, directions.size() == 2, model.config().encoder().size());
  }

  private Tensor eachDirection(Function<String, Tensor> of) {
    return g.concat(
        0, directions.stream().map(of).map(w -> g.unsqueeze(w, 0)).toArray(Tensor[]::new));
  }

  /** ONNX has a bias for each matrix; one is enough, but for the GRU's candidate. */
  private Tensor biases(String name) {
    Tensor input = inOnnxOrder(name + ".b");
    Tensor zeros = g.subtract(input, input);
    if (cell != CellType.GRU) {
      return g.concat(0, input, zeros);
    }
    long units = model.config().encoder().size();
    Tensor gates = g.split(zeros, 2 * units, units).get(0);
    return g.concat(0, input, gates, model.weight(name + ".b_h"));
  }

  /**
   * LSTM: from input, forget, cell, output to ONNX's input, output, forget, cell. GRU: from reset,
   * update, candidate to ONNX's update, reset, candidate.
   */
  private Tensor inOnnxOrder(String name) {
    long[] order =
        switch (cell) {
          case RNN -> new long[] {0};
          case GRU -> new long[] {1, 0, 2};
          case LSTM -> new long[] {0, 3, 1, 2};
        };
    long units = model.config().encoder().size();
    long[] rows =
        LongStream.of(order)
            .flatMap(gate -> LongStream.range(gate * units, (gate + 1) * units))
            .toArray();
    return g.gather(model.weight(name), g.longs(rows));
  }
}
