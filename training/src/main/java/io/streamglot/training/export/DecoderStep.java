package io.streamglot.training.export;

import io.streamglot.training.export.ContextGraph.Attended;
import io.streamglot.training.export.OnnxGraph.Tensor;
import io.streamglot.training.model.ModelConfig;
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

  /** What a unit says, and the readout, lies between -1 and 1. */
  static final float UNIT_BOUND = 1;

  private final ModelGraph model;
  private final ContextGraph context;
  private final List<CellGraph> layers;
  private final long gates; // G Hd
  private final TokenInput.Step input;
  private final Projection fromState; // from Hd to G Hd, or to G Hd + A if there is a query matrix
  private final Projection fromOutput; // from Hd to E
  private final List<Projection> second; // of a second layer, from Hd to G Hd: W_x, W_h
  private final OutputLayer.Step output;

  /**
   * Results of a step, a row for each live hypothesis.
   *
   * @param state the states of the layers
   * @param logProbabilities float [n, N]
   * @param attention float [b, K, S]: a_t; absent if the context is fixed
   */
  record Result(List<Tensor> state, Tensor logProbabilities, Optional<Tensor> attention) {}

  /**
   * Appends the matrices.
   *
   * @param around the graph right around the steps
   * @param layers of the decoder, from the lowest
   */
  DecoderStep(
      ModelGraph model,
      ContextGraph context,
      TokenInput input,
      OutputLayer output,
      List<CellGraph> layers,
      OnnxGraph around) {
    ModelConfig config = model.config();
    this.model = model;
    this.context = context;
    this.layers = layers;
    this.gates = (long) config.cell().gates() * config.decoder().size();
    this.input = input.steps(around);
    String recurrent = layers.get(0).recurrentMatrix();
    this.fromState =
        model.projection(
            around,
            UNIT_BOUND,
            Optional.empty(),
            context
                .queryMatrix()
                .map(query -> new String[] {recurrent, query})
                .orElse(new String[] {recurrent}));
    this.fromOutput =
        model.projection(around, layers.size() * UNIT_BOUND, Optional.empty(), "readout.w_s");
    this.second = layers.size() == 1 ? List.of() : second(model, layers.get(1), around);
    this.output = output.steps(around);
  }

  private static List<Projection> second(ModelGraph model, CellGraph layer, OnnxGraph around) {
    Optional<Tensor> bias = Optional.of(model.weight("decoder.2.b"));
    return List.of(
        model.projection(around, UNIT_BOUND, bias, "decoder.2.w_x"),
        model.projection(around, UNIT_BOUND, Optional.empty(), layer.recurrentMatrix()));
  }

  /**
   * Appends one step.
   *
   * @param g the loop's body
   * @param token int64 [n]: y_{t-1}
   * @param state the states of the layers, each float [n, Hd]
   * @param sentences those of {@link DecoderGraph#sentences} that are still in the search
   */
  Result append(OnnxGraph g, Tensor token, List<Tensor> state, List<Tensor> sentences, Rows rows) {
    List<Tensor> low = state.subList(0, state.size() / layers.size());
    List<Tensor> high = state.subList(low.size(), state.size());
    Tensor byState = fromState.of(g, low.get(0));
    List<Tensor> recurrentAndQuery =
        context.queryMatrix().isPresent()
            ? g.split(byState, gates, model.config().attentionSize())
            : List.of(byState, low.get(0));
    Attended attended = context.append(g, recurrentAndQuery.get(1), sentences, rows);
    Tensor byInput = g.add(input.append(g, token), attended.projected());
    List<Tensor> gatesAndReadout = g.split(byInput, gates, model.config().embeddingSize());

    List<Tensor> next = new ArrayList<>();
    next.addAll(layers.get(0).step(g, gatesAndReadout.get(0), recurrentAndQuery.get(0), low));
    Tensor said = next.get(0);
    if (layers.size() == 2) {
      next.addAll(second(g, said, high));
      said = g.add(said, next.get(low.size()));
    }
    Tensor read = g.tanh(g.add(fromOutput.of(g, said), gatesAndReadout.get(1)));
    Tensor logProbabilities = output.append(g, read, penalties(sentences), rows);
    return new Result(next, logProbabilities, attended.weights());
  }

  /** The penalties of {@link Candidates} among what the sentences bring; none without. */
  List<Tensor> penalties(List<Tensor> sentences) {
    return sentences.subList(context.sentences().size(), sentences.size());
  }

  private List<Tensor> second(OnnxGraph g, Tensor below, List<Tensor> state) {
    Tensor brought = second.get(0).of(g, below);
    return layers.get(1).step(g, brought, second.get(1).of(g, state.get(0)), state);
  }
}
