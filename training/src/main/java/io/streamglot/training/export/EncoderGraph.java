package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.ElementType;
import io.streamglot.training.export.OnnxGraph.RecurrentStates;
import io.streamglot.training.export.OnnxGraph.Tensor;
import io.streamglot.training.model.ModelWeights;

/**
 * The encoder: reads the source in one direction or both, and says where the decoder starts.
 *
 * <pre>
 *   x_j = embedding[source_j]
 *   h_j = [ unit(x_1 .. x_j) ; unit(x_n .. x_j) ]         the x_j of the next layer, which says
 *                                                         h'_j = x_j + [ .. ; .. ]
 *   end = [ forward part of h_n ; backward part of h_1 ]  of the last layer
 *   s_0 = tanh(W_bridge end + b_bridge)
 * </pre>
 *
 * <p>Each sentence is read to its own length n: ONNX's operators reverse the backward direction
 * within {@code sequence_lens} and leave zeros behind the end, so padding is never read.
 */
final class EncoderGraph {

  /** Large enough that the softmax of a masked score is exactly 0. */
  private static final float MASKED = -1e30f;

  private final ModelGraph model;
  private final OnnxGraph g;
  private final Tensor source;
  private final Tensor length;
  private final Tensor steps; // [S, D, B, He]: h_j, directions apart
  private final Tensor end; // [B, C]

  /**
   * Appends the layers; what the decoder needs of them is appended when it is asked for.
   *
   * @param source int64 [B, S]: token ids, padded
   * @param length int32 [B]: tokens of each sentence, 1 to S
   */
  EncoderGraph(ModelGraph model, Tensor source, Tensor length) {
    this.model = model;
    this.g = model.graph();
    this.source = source;
    this.length = length;
    Tensor embedding = model.weight(ModelWeights.sourceEmbedding(model.config().tying()));
    Tensor embedded = g.gather(embedding, g.transpose(source, 1, 0)); // [S, B, E]
    RecurrentStates said = new EncoderLayerGraph(model, 1).append(embedded, length);
    for (int layer = 2; layer <= model.config().encoder().layers(); layer++) {
      Tensor below = sideBySide(g.transpose(said.steps(), 0, 2, 1, 3)); // [S, B, C]
      RecurrentStates read = new EncoderLayerGraph(model, layer).append(below, length);
      said =
          new RecurrentStates(g.add(said.steps(), read.steps()), g.add(said.last(), read.last()));
    }
    this.steps = said.steps();
    this.end =
        g.reshape(
            g.transpose(said.last(), 1, 0, 2), // [B, D, He]
            g.longs(0, model.config().encoder().annotationSize()));
  }

  /** h_j, float [B, S, C]; zero where there is padding. */
  Tensor annotations() {
    return sideBySide(g.transpose(steps, 2, 0, 1, 3));
  }

  /** What the encoder knows at the ends of the sentence, float [B, C]. */
  Tensor end() {
    return end;
  }

  /** s_0 of the decoder's layers side by side, float [B, L Hd]. */
  Tensor initial() {
    return g.tanh(g.linear(end, model.weight("bridge.w"), model.weight("bridge.b")));
  }

  /** 0 at a source token, -1e30 at padding, to be added to scores: float [B, 1, S]. */
  Tensor mask() {
    Tensor longest = g.squeeze(g.gather(g.shape(source), g.longs(1)), 0);
    Tensor positions = g.range(g.scalar(0L), longest, g.scalar(1L)); // [S]
    Tensor lengths = g.unsqueeze(g.cast(length, ElementType.INT64), 1); // [B, 1]
    Tensor inside = g.less(positions, lengths); // [B, S]
    return g.unsqueeze(g.where(inside, g.scalar(0f), g.scalar(MASKED)), 1);
  }

  /** The directions as one vector: float [., ., D, He] to [., ., C]. */
  private Tensor sideBySide(Tensor states) {
    return g.reshape(states, g.longs(0, 0, model.config().encoder().annotationSize()));
  }
}
