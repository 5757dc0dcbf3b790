package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.Tensor;
import io.streamglot.training.model.CellType;
import java.util.List;

/**
 * One recurrent unit of the decoder, step by step. With {@code a} for what the input brings and
 * {@code u = W_h s_{t-1}}:
 *
 * <pre>
 *   RNN    s_t = tanh(a + u)
 *
 *   GRU    r   = sigmoid(a_r + u_r)
 *          z   = sigmoid(a_z + u_z)
 *          n   = tanh(a_n + r * (u_n + b_h))
 *          s_t = n + z * (s_{t-1} - n)
 *
 *   LSTM   [i ; f ; g ; o] = a + u
 *          m_t = sigmoid(f) * m_{t-1} + sigmoid(i) * tanh(g)               m_0 = 0
 *          s_t = sigmoid(o) * tanh(m_t)
 * </pre>
 *
 * <p>Both products are the caller's, who may stack them with others of the same vector. A state is
 * a list, as the loop carries it: the hidden state, float [N, H], first; an LSTM's memory,
 * likewise, second.
 */
final class CellGraph {

  private final ModelGraph model;
  private final CellType type;
  private final String name;
  private final long units;

  /** The unit of a decoder layer, from 1. */
  CellGraph(ModelGraph model, int layer) {
    this.model = model;
    this.type = model.config().cell();
    this.name = "decoder." + layer;
    this.units = model.config().decoder().size();
  }

  /** Name of the matrix W_h, [G H, H]. */
  String recurrentMatrix() {
    return name + ".w_h";
  }

  /** Appends the state before the first step. */
  List<Tensor> start(OnnxGraph g, Tensor hidden) {
    return type == CellType.LSTM ? List.of(hidden, g.subtract(hidden, hidden)) : List.of(hidden);
  }

  /**
   * Appends one step.
   *
   * @param input a, float [N, G H]
   * @param recurrent u, float [N, G H]
   * @param before the state
   * @return the next state
   */
  List<Tensor> step(OnnxGraph g, Tensor input, Tensor recurrent, List<Tensor> before) {
    return switch (type) {
      case RNN -> List.of(g.tanh(g.add(input, recurrent)));
      case GRU -> gru(g, input, recurrent, before.get(0));
      case LSTM -> lstm(g, g.add(input, recurrent), before.get(1));
    };
  }

  private List<Tensor> gru(OnnxGraph g, Tensor input, Tensor recurrent, Tensor hidden) {
    List<Tensor> inputs = g.split(input, 2 * units, units);
    List<Tensor> recurrents = g.split(recurrent, 2 * units, units);
    List<Tensor> gates = g.split(g.sigmoid(g.add(inputs.get(0), recurrents.get(0))), units, units);
    Tensor offered = g.add(recurrents.get(1), model.weight(name + ".b_h"));
    Tensor candidate = g.tanh(g.add(inputs.get(1), g.multiply(gates.get(0), offered)));
    Tensor kept = g.multiply(gates.get(1), g.subtract(hidden, candidate));
    return List.of(g.add(candidate, kept));
  }

  private List<Tensor> lstm(OnnxGraph g, Tensor gates, Tensor memory) {
    List<Tensor> parts = g.split(gates, units, units, units, units);
    Tensor kept = g.multiply(g.sigmoid(parts.get(1)), memory);
    Tensor added = g.multiply(g.sigmoid(parts.get(0)), g.tanh(parts.get(2)));
    Tensor next = g.add(kept, added);
    return List.of(g.multiply(g.sigmoid(parts.get(3)), g.tanh(next)), next);
  }
}
