package io.streamglot.training.export;

import io.streamglot.training.export.ContextGraph.Attended;
import io.streamglot.training.export.OnnxGraph.Tensor;
import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.model.ModelWeights;
import io.streamglot.training.model.Tying;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One step of the decoder: from the token before to the distribution of the next. {@link CellGraph}
 * has the equations of a unit, {@link ContextGraph} those of the context.
 *
 * <pre>
 *   c_t    = context(s1_{t-1})
 *   s1_t   = unit(W_y y_{t-1} + W_c c_t + b, s1_{t-1})
 *   s2_t   = unit(W_x s1_t + b, s2_{t-1})                    if there are two layers
 *   o_t    = s1_t, or s1_t + s2_t of two layers
 *   r_t    = tanh(W_s o_t + W_c' c_t + W_y' y_{t-1} + b')
 *   log p  = log softmax(W_output r_t + b_output)
 * </pre>
 *
 * <p>The matrices that meet the same vector are stacked, so that a step of one layer has four
 * products: with y_{t-1}, with s1_{t-1} (which gives the attention's query too), with o_t and with
 * r_t.
 *
 * <p>ONNX Runtime packs a matrix only if it is a constant of the graph that multiplies by it, or of
 * the one right around that. So these matrices are made in the graph right around the steps; it
 * computes them once, when it opens the model.
 */
final class DecoderStep {

  private final ModelGraph model;
  private final ContextGraph context;
  private final List<CellGraph> layers;
  private final long gates; // G Hd
  private final Tensor fromToken; // [E, G Hd + E]
  private final Tensor bias; // [G Hd + E]
  private final Tensor fromState; // [Hd, G Hd], or [Hd, G Hd + A] if there is a query matrix
  private final Tensor fromOutput; // [Hd, E]
  private final List<Tensor> second; // [Hd, G Hd] of a second layer: W_x, W_h
  private final Tensor targetEmbedding; // [V, E]
  private final Tensor output; // [E, V]

  /**
   * Results of a step, a row for each live hypothesis.
   *
   * @param state the states of the layers
   * @param logProbabilities float [n, V]
   * @param attention float [b, K, S]: a_t; absent if the context is fixed
   */
  record Result(List<Tensor> state, Tensor logProbabilities, Optional<Tensor> attention) {}

  /**
   * Appends the matrices.
   *
   * @param around the graph right around the steps
   * @param layers of the decoder, from the lowest
   */
  DecoderStep(ModelGraph model, ContextGraph context, List<CellGraph> layers, OnnxGraph around) {
    ModelConfig config = model.config();
    Tying tying = config.tying();
    this.model = model;
    this.context = context;
    this.layers = layers;
    this.gates = (long) config.cell().gates() * config.decoder().size();
    this.fromToken = matrix(around, model.weight("decoder.1.w_y"), model.weight("readout.w_y"));
    this.bias = around.concat(0, model.weight("decoder.1.b"), model.weight("readout.b"));
    Tensor recurrent = layers.get(0).recurrentMatrix();
    this.fromState =
        context
            .queryMatrix()
            .map(query -> matrix(around, recurrent, query))
            .orElseGet(() -> matrix(around, recurrent));
    this.fromOutput = matrix(around, model.weight("readout.w_s"));
    this.second =
        layers.size() == 1
            ? List.of()
            : List.of(
                matrix(around, model.weight("decoder.2.w_x")),
                matrix(around, layers.get(1).recurrentMatrix()));
    this.targetEmbedding = model.weight(ModelWeights.targetEmbedding(tying));
    this.output = matrix(around, model.weight(ModelWeights.output(tying)));
  }

  /** Matrices [out, in] that meet the same vector as one, [in, sum of out]. */
  private static Tensor matrix(OnnxGraph around, Tensor... stacked) {
    return around.transpose(stacked.length == 1 ? stacked[0] : around.concat(0, stacked), 1, 0);
  }

  /**
   * Appends one step.
   *
   * @param g the loop's body
   * @param token int64 [n]: y_{t-1}
   * @param state the states of the layers, each float [n, Hd]
   * @param sentences those of {@link ContextGraph#sentences} that are still in the search
   */
  Result append(
      OnnxGraph g, Tensor token, List<Tensor> state, List<Tensor> sentences, LiveRows rows) {
    List<Tensor> low = state.subList(0, state.size() / layers.size());
    List<Tensor> high = state.subList(low.size(), state.size());
    Tensor byState = g.matMul(low.get(0), fromState);
    List<Tensor> recurrentAndQuery =
        context.queryMatrix().isPresent()
            ? g.split(byState, gates, model.config().attentionSize())
            : List.of(byState, low.get(0));
    Attended attended = context.append(g, recurrentAndQuery.get(1), sentences, rows);
    Tensor previous = g.gather(targetEmbedding, token);
    Tensor byInput = g.add(g.affine(previous, fromToken, bias), attended.projected());
    List<Tensor> gatesAndReadout = g.split(byInput, gates, model.config().embeddingSize());

    List<Tensor> next = new ArrayList<>();
    next.addAll(layers.get(0).step(g, gatesAndReadout.get(0), recurrentAndQuery.get(0), low));
    Tensor said = next.get(0);
    if (layers.size() == 2) {
      next.addAll(second(g, said, high));
      said = g.add(said, next.get(low.size()));
    }
    Tensor read = g.tanh(g.add(g.matMul(said, fromOutput), gatesAndReadout.get(1)));
    Tensor logits = g.affine(read, output, model.weight("output.b"));
    return new Result(next, g.logSoftmax(logits, -1), attended.weights());
  }

  private List<Tensor> second(OnnxGraph g, Tensor below, List<Tensor> state) {
    Tensor input = g.affine(below, second.get(0), model.weight("decoder.2.b"));
    return layers.get(1).step(g, input, g.matMul(state.get(0), second.get(1)), state);
  }
}
