package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.ElementType;
import io.streamglot.training.export.OnnxGraph.LstmStates;
import io.streamglot.training.export.OnnxGraph.Tensor;
import java.util.stream.LongStream;

/**
 * The encoder: reads the source in both directions and says where the decoder starts.
 *
 * <pre>
 *   x_j = embedding[source_j]
 *   h_j = [ forward LSTM(x_1 .. x_j) ; backward LSTM(x_n .. x_j) ]
 *   s_0 = tanh(W_bridge [ forward_n ; backward_1 ] + b_bridge)
 * </pre>
 *
 * <p>Each sentence is read to its own length n: ONNX's {@code LSTM} reverses the backward direction
 * within {@code sequence_lens} and leaves zeros behind the end, so padding is never read.
 */
final class EncoderGraph {

  /** Large enough that the softmax of a masked score is exactly 0. */
  private static final float MASKED = -1e30f;

  /**
   * What the decoder needs of a source.
   *
   * @param annotations float [B, S, 2He]: h_j; zero where there is padding
   * @param mask float [B, 1, S]: 0 at a source token, -1e30 at padding; to be added to scores
   * @param state float [B, Hd]: s_0
   */
  record Encoded(Tensor annotations, Tensor mask, Tensor state) {}

  private EncoderGraph() {}

  /**
   * Appends the encoder.
   *
   * @param source int64 [B, S]: token ids, padded
   * @param length int32 [B]: tokens of each sentence, 1 to S
   */
  static Encoded append(ModelGraph model, Tensor source, Tensor length) {
    OnnxGraph g = model.graph();
    int hidden = model.config().encoder().size();

    Tensor embedded = g.gather(model.weight("embedding"), g.transpose(source, 1, 0)); // [S, B, E]
    LstmStates lstm =
        g.bidirectionalLstm(
            embedded,
            bothDirections(model, "w_x"),
            bothDirections(model, "w_h"),
            bothBiases(model),
            length,
            hidden);

    Tensor annotations =
        g.reshape(g.transpose(lstm.states(), 2, 0, 1, 3), g.longs(0, 0, 2L * hidden));
    Tensor ends = g.reshape(g.transpose(lstm.last(), 1, 0, 2), g.longs(0, 2L * hidden));
    Tensor state = g.tanh(g.linear(ends, model.weight("bridge.w"), model.weight("bridge.b")));
    return new Encoded(annotations, mask(g, source, length), state);
  }

  private static Tensor mask(OnnxGraph g, Tensor source, Tensor length) {
    Tensor longest = g.squeeze(g.gather(g.shape(source), g.longs(1)), 0);
    Tensor positions = g.range(g.scalar(0L), longest, g.scalar(1L)); // [S]
    Tensor lengths = g.unsqueeze(g.cast(length, ElementType.INT64), 1); // [B, 1]
    Tensor inside = g.less(positions, lengths); // [B, S]
    return g.unsqueeze(g.where(inside, g.scalar(0f), g.scalar(MASKED)), 1);
  }

  // Weights keep their own names and layout in the file. ONNX Runtime computes what hangs on
  // constants alone when it opens the model, so the nodes below cost nothing afterwards.

  private static Tensor bothDirections(ModelGraph model, String weight) {
    return stackDirections(
        model.graph(),
        inOnnxOrder(model, "encoder.1.forward." + weight),
        inOnnxOrder(model, "encoder.1.backward." + weight));
  }

  /** ONNX wants a second bias for the recurrent matrix; one is enough, the other is zero. */
  private static Tensor bothBiases(ModelGraph model) {
    OnnxGraph g = model.graph();
    Tensor forward = inOnnxOrder(model, "encoder.1.forward.b");
    Tensor backward = inOnnxOrder(model, "encoder.1.backward.b");
    Tensor zero = g.subtract(forward, forward);
    return stackDirections(g, g.concat(0, forward, zero), g.concat(0, backward, zero));
  }

  private static Tensor stackDirections(OnnxGraph g, Tensor forward, Tensor backward) {
    return g.concat(0, g.unsqueeze(forward, 0), g.unsqueeze(backward, 0));
  }

  /** From input, forget, cell, output to ONNX's input, output, forget, cell. */
  private static Tensor inOnnxOrder(ModelGraph model, String name) {
    long h = model.config().encoder().size();
    long[] rows =
        LongStream.of(0, 3, 1, 2)
            .flatMap(gate -> LongStream.range(gate * h, gate * h + h))
            .toArray();
    return model.graph().gather(model.weight(name), model.graph().longs(rows));
  }
}
