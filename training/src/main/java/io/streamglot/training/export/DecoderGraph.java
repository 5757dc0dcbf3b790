package io.streamglot.training.export;

import io.streamglot.training.export.ContextGraph.Attended;
import io.streamglot.training.export.OnnxGraph.Tensor;
import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.model.ModelWeights;
import io.streamglot.training.model.Tying;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

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
 */
final class DecoderGraph {

  private final ModelGraph model;
  private final ContextGraph context;
  private final List<CellGraph> layers;
  private final long gates; // G Hd
  private final Tensor fromToken; // [G Hd + E, E]
  private final Tensor bias; // [G Hd + E]
  private final Tensor fromState; // [G Hd, Hd], or [G Hd + A, Hd] if there is a query matrix
  private final Tensor targetEmbedding; // [V, E]
  private final Tensor outputMatrix; // [V, E]

  /**
   * One step's results, a row for each hypothesis.
   *
   * @param state the states of the layers
   * @param logProbabilities float [B x K, V]
   * @param attention float [B, K, S]: a_t; absent if the context is fixed
   */
  record Step(List<Tensor> state, Tensor logProbabilities, Optional<Tensor> attention) {}

  /** Appends the stacked matrices, which ONNX Runtime computes once, when it opens the model. */
  DecoderGraph(ModelGraph model, ContextGraph context) {
    OnnxGraph g = model.graph();
    ModelConfig.Decoder sizes = model.config().decoder();
    this.model = model;
    this.context = context;
    this.layers =
        IntStream.rangeClosed(1, sizes.layers())
            .mapToObj(layer -> new CellGraph(model, layer))
            .toList();
    this.gates = (long) model.config().cell().gates() * sizes.size();
    this.fromToken = g.concat(0, model.weight("decoder.1.w_y"), model.weight("readout.w_y"));
    this.bias = g.concat(0, model.weight("decoder.1.b"), model.weight("readout.b"));
    Tensor recurrent = layers.get(0).recurrentMatrix();
    this.fromState =
        context.queryMatrix().map(query -> g.concat(0, recurrent, query)).orElse(recurrent);
    Tying tying = model.config().tying();
    this.targetEmbedding = model.weight(ModelWeights.targetEmbedding(tying));
    this.outputMatrix = model.weight(ModelWeights.output(tying));
  }

  /**
   * Appends the states before the first step.
   *
   * @param initial float [B, L Hd]: the layers' hidden states side by side
   * @return the states as the loop carries them, those of each {@link CellGraph} in turn; each
   *     float [B x K, Hd]
   */
  List<Tensor> start(Tensor initial, Beam beam) {
    OnnxGraph g = model.graph();
    long units = model.config().decoder().size();
    List<Tensor> hidden = g.split(initial, layers.stream().mapToLong(layer -> units).toArray());
    return IntStream.range(0, layers.size())
        .mapToObj(i -> layers.get(i).start(g, beam.rows(g, hidden.get(i), units)))
        .flatMap(List::stream)
        .toList();
  }

  /**
   * Appends one step.
   *
   * @param g the loop's body
   * @param token int64 [B x K]: y_{t-1}
   * @param state the states of the layers
   */
  Step append(OnnxGraph g, Tensor token, List<Tensor> state) {
    List<Tensor> low = state.subList(0, state.size() / layers.size());
    List<Tensor> high = state.subList(low.size(), state.size());
    Tensor byState = g.linear(low.get(0), fromState);
    List<Tensor> recurrentAndQuery =
        context.queryMatrix().isPresent()
            ? g.split(byState, gates, model.config().attentionSize())
            : List.of(byState, low.get(0));
    Attended attended = context.append(g, recurrentAndQuery.get(1));
    Tensor previous = g.gather(targetEmbedding, token);
    Tensor byInput = g.add(g.linear(previous, fromToken, bias), attended.projected());
    List<Tensor> gatesAndReadout = g.split(byInput, gates, model.config().embeddingSize());

    List<Tensor> next = new ArrayList<>();
    next.addAll(layers.get(0).step(g, gatesAndReadout.get(0), recurrentAndQuery.get(0), low));
    Tensor output = next.get(0);
    if (layers.size() == 2) {
      next.addAll(second(g, output, high));
      output = g.add(output, next.get(low.size()));
    }
    Tensor fromOutput = g.linear(output, model.weight("readout.w_s"));
    Tensor read = g.tanh(g.add(fromOutput, gatesAndReadout.get(1)));
    Tensor logits = g.linear(read, outputMatrix, model.weight("output.b"));
    return new Step(next, g.logSoftmax(logits, -1), attended.weights());
  }

  private List<Tensor> second(OnnxGraph g, Tensor below, List<Tensor> state) {
    CellGraph cell = layers.get(1);
    Tensor input = g.linear(below, model.weight("decoder.2.w_x"), model.weight("decoder.2.b"));
    return cell.step(g, input, g.linear(state.get(0), cell.recurrentMatrix()), state);
  }
}
