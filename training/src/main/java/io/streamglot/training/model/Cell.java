package io.streamglot.training.model;

import static org.bytedeco.pytorch.global.torch.addcmul;
import static org.bytedeco.pytorch.global.torch.sigmoid;
import static org.bytedeco.pytorch.global.torch.tanh;
import static org.bytedeco.pytorch.global.torch.zeros_like;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * One recurrent unit of the decoder, step by step. With {@code a} for what the input brings, {@code
 * W_x x + b}, whatever the input is made of:
 *
 * <pre>
 *   RNN    s_t = tanh(a + W_h s_{t-1})                                     (Elman, 1990)
 *
 *   GRU    r = sigmoid(a_r + W_hr s_{t-1})                                 (Cho et al., 2014,
 *          z = sigmoid(a_z + W_hz s_{t-1})                                 with the reset after the
 *          n = tanh(a_n + r * (W_hn s_{t-1} + b_h))                        product, as in cuDNN)
 *          s_t = (1 - z) * n + z * s_{t-1}
 *
 *   LSTM   [i ; f ; g ; o] = a + W_h s_{t-1}                               (Gers et al., 2000)
 *          m_t = sigmoid(f) * m_{t-1} + sigmoid(i) * tanh(g)               m_0 = 0
 *          s_t = sigmoid(o) * tanh(m_t)
 * </pre>
 */
final class Cell {

  private final Weights weights;
  private final CellType type;
  private final String name;
  private final long units;
  private final StepProduct recurrence;

  /**
   * The unit whose weights have this name, such as {@code decoder.1}.
   *
   * @param units H: its size
   */
  Cell(Weights weights, String name, long units) {
    this.weights = weights;
    this.type = weights.config().cell();
    this.name = name;
    this.units = units;
    this.recurrence = weights.stepProduct(name + ".w_h");
  }

  /**
   * Where a unit stands.
   *
   * @param hidden s_t, float [B, H]
   * @param memory m_t, float [B, H]; null unless an LSTM
   */
  record State(Tensor hidden, Tensor memory) {}

  /** The state before the first step. */
  State start(Tensor hidden) {
    return new State(hidden, type == CellType.LSTM ? zeros_like(hidden) : null);
  }

  /**
   * One step.
   *
   * @param input a, float [B, G H]
   */
  State step(Tensor input, State before) {
    Tensor recurrent = Precision.widen(recurrence.of(before.hidden()));
    return switch (type) {
      case RNN -> new State(tanh(input.add(recurrent)), null);
      case GRU -> gru(input, recurrent, before.hidden());
      case LSTM -> lstm(input.add(recurrent), before.memory());
    };
  }

  private State gru(Tensor input, Tensor recurrent, Tensor hidden) {
    TensorVector inputs = input.split(units, 1);
    TensorVector recurrents = recurrent.split(units, 1);
    Tensor reset = sigmoid(inputs.get(0).add(recurrents.get(0)));
    Tensor update = sigmoid(inputs.get(1).add(recurrents.get(1)));
    Tensor offered = recurrents.get(2).add(weights.get(name + ".b_h"));
    Tensor candidate = tanh(addcmul(inputs.get(2), reset, offered));
    return new State(addcmul(candidate, update, hidden.sub(candidate)), null);
  }

  private State lstm(Tensor gates, Tensor memory) {
    TensorVector parts = gates.split(units, 1);
    Tensor kept = sigmoid(parts.get(1)).mul(memory);
    Tensor next = addcmul(kept, sigmoid(parts.get(0)), tanh(parts.get(2)));
    return new State(sigmoid(parts.get(3)).mul(tanh(next)), next);
  }
}
