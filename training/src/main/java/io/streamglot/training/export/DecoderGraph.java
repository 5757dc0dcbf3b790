package io.streamglot.training.export;

import io.streamglot.training.export.AttentionGraph.Attended;
import io.streamglot.training.export.OnnxGraph.Tensor;
import java.util.List;

/**
 * One step of the decoder: from the token before to the distribution of the next.
 *
 * <pre>
 *   i, f, g, o = W_y y_t-1 + W_c c_t + W_h s_t-1 + b
 *   cell_t     = sigmoid(f) cell_t-1 + sigmoid(i) tanh(g)
 *   s_t        = sigmoid(o) tanh(cell_t)
 *   r_t        = tanh(W_s s_t + W_c' c_t + W_y' y_t-1 + b')
 *   log p      = log softmax(embedding r_t + b_output)
 * </pre>
 *
 * <p>The matrices that meet the same vector are stacked, so that a step has four products: with
 * y_t-1, with s_t-1 (which gives the attention's query too), with s_t and with r_t.
 */
final class DecoderGraph {

  private final AttentionGraph attention;
  private final long stateSize;
  private final long embeddingSize;
  private final long attentionSize;
  private final Tensor embedding; // [V, E]
  private final Tensor fromToken; // [4Hd + E, E]
  private final Tensor bias; // [4Hd + E]
  private final Tensor fromState; // [4Hd + A, Hd]
  private final Tensor readout; // [E, Hd]
  private final Tensor outputBias; // [V]

  /**
   * One step's results, a row for each hypothesis.
   *
   * @param state float [B x K, Hd]: s_t
   * @param cell float [B x K, Hd]
   * @param logProbabilities float [B x K, V]
   * @param attention float [B, K, S]: a_t
   */
  record Step(Tensor state, Tensor cell, Tensor logProbabilities, Tensor attention) {}

  /** Appends the stacked matrices, which ONNX Runtime computes once, when it opens the model. */
  DecoderGraph(ModelGraph model, AttentionGraph attention) {
    OnnxGraph g = model.graph();
    this.attention = attention;
    this.stateSize = model.config().decoder().size();
    this.embeddingSize = model.config().embeddingSize();
    this.attentionSize = model.config().attentionSize();
    this.embedding = model.weight("embedding");
    this.fromToken = g.concat(0, model.weight("decoder.1.w_y"), model.weight("readout.w_y"));
    this.bias = g.concat(0, model.weight("decoder.1.b"), model.weight("readout.b"));
    this.fromState = g.concat(0, model.weight("decoder.1.w_h"), model.weight("attention.w_query"));
    this.readout = model.weight("readout.w_s");
    this.outputBias = model.weight("output.b");
  }

  /**
   * Appends one step.
   *
   * @param g the loop's body
   * @param token int64 [B x K]: y_t-1
   * @param state float [B x K, Hd]: s_t-1
   * @param cell float [B x K, Hd]
   */
  Step append(OnnxGraph g, Tensor token, Tensor state, Tensor cell) {
    List<Tensor> byState = g.split(g.linear(state, fromState), 4 * stateSize, attentionSize);
    Attended attended = attention.append(g, byState.get(1));
    Tensor byInput =
        g.add(g.linear(g.gather(embedding, token), fromToken, bias), attended.context());
    List<Tensor> gatesAndReadout = g.split(byInput, 4 * stateSize, embeddingSize);

    List<Tensor> gates =
        g.split(
            g.add(gatesAndReadout.get(0), byState.get(0)),
            stateSize,
            stateSize,
            stateSize,
            stateSize);
    Tensor kept = g.multiply(g.sigmoid(gates.get(1)), cell);
    Tensor added = g.multiply(g.sigmoid(gates.get(0)), g.tanh(gates.get(2)));
    Tensor nextCell = g.add(kept, added);
    Tensor nextState = g.multiply(g.sigmoid(gates.get(3)), g.tanh(nextCell));

    Tensor read = g.tanh(g.add(g.linear(nextState, readout), gatesAndReadout.get(1)));
    Tensor logProbabilities = g.logSoftmax(g.linear(read, embedding, outputBias), -1);
    return new Step(nextState, nextCell, logProbabilities, attended.weights());
  }
}
