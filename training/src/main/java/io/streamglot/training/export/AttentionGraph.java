package io.streamglot.training.export;

import io.streamglot.training.export.EncoderGraph.Encoded;
import io.streamglot.training.export.OnnxGraph.Tensor;

/**
 * Additive attention (Bahdanau et al. 2015): where in the source to look before the next token.
 *
 * <pre>
 *   e_tj = v · tanh(W_query s_t-1 + W_key h_j + b)
 *   a_t  = softmax over j of e_tj
 *   c_t  = sum over j of a_tj h_j
 * </pre>
 *
 * <p>Keys, {@code W_key h_j + b}, do not depend on the step and are made once, before the loop. So
 * are values: {@code c_t} only ever meets the matrices of gates and readout, and {@code W c_t = sum
 * over j of a_tj (W h_j)}. The sum runs over rows that are projected already, which takes a matrix
 * of [4Hd + E, 2He] out of every step.
 */
final class AttentionGraph {

  private final Tensor keys; // [B, 1, S, A]
  private final Tensor values; // [B, S, 4Hd + E]
  private final Tensor mask; // [B, 1, S]
  private final Tensor v; // [A]
  private final Tensor queryShape; // B, K, 1, A
  private final Tensor contextShape; // B x K, 4Hd + E

  /**
   * One step's attention.
   *
   * @param weights float [B, K, S]: a_t; exactly 0 at padding
   * @param context float [B x K, 4Hd + E]: {@code decoder.1.w_c} c_t, then {@code readout.w_c} c_t
   */
  record Attended(Tensor weights, Tensor context) {}

  /**
   * Appends keys and values.
   *
   * @param beamSize int64 [1]: K
   */
  AttentionGraph(ModelGraph model, Encoded encoded, Tensor beamSize) {
    OnnxGraph g = model.graph();
    Tensor keyMatrix = g.transpose(model.weight("attention.w_key"), 1, 0);
    Tensor key = g.add(g.matMul(encoded.annotations(), keyMatrix), model.weight("attention.b"));
    this.keys = g.unsqueeze(key, 1);
    Tensor valueMatrix =
        g.transpose(g.concat(0, model.weight("decoder.1.w_c"), model.weight("readout.w_c")), 1, 0);
    this.values = g.matMul(encoded.annotations(), valueMatrix);
    this.mask = encoded.mask();
    this.v = model.weight("attention.v");
    this.queryShape =
        g.concat(0, g.longs(-1), beamSize, g.longs(1, model.config().attentionSize()));
    this.contextShape =
        g.longs(-1, 4L * model.config().decoder().size() + model.config().embeddingSize());
  }

  /**
   * Appends one step.
   *
   * @param body the loop's body
   * @param query float [B x K, A]: {@code W_query s_t-1}
   */
  Attended append(OnnxGraph body, Tensor query) {
    Tensor hidden = body.tanh(body.add(keys, body.reshape(query, queryShape))); // [B, K, S, A]
    Tensor weights = body.softmax(body.add(body.matMul(hidden, v), mask), -1);
    Tensor context = body.reshape(body.matMul(weights, values), contextShape);
    return new Attended(weights, context);
  }
}
