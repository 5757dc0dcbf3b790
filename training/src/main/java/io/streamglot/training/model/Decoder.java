package io.streamglot.training.model;

import static org.bytedeco.pytorch.global.torch.addcmul;
import static org.bytedeco.pytorch.global.torch.addmm;
import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.sigmoid;
import static org.bytedeco.pytorch.global.torch.tanh;
import static org.bytedeco.pytorch.global.torch.zeros_like;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * The LSTM decoder with attention under teacher forcing, and its readout.
 *
 * <pre>
 *   c_t               = attention(s_{t-1})
 *   [i ; f ; g ; o]   = W_y y_{t-1} + W_c c_t + W_h s_{t-1} + b
 *   cell_t            = sigmoid(f) * cell_{t-1} + sigmoid(i) * tanh(g)        cell_0 = 0
 *   s_t               = sigmoid(o) * tanh(cell_t)
 *   r_t               = tanh(W_s s_t + W_c' c_t + W_y' y_{t-1} + b')
 * </pre>
 *
 * <p>Bahdanau et al. (2015) with an LSTM in place of the GRU and a tanh readout in place of maxout.
 */
final class Decoder {

  private final Parameters parameters;

  Decoder(Parameters parameters) {
    this.parameters = parameters;
  }

  /**
   * Runs over the target.
   *
   * @param previous embeddings of {@link TargetBatch#previous}, float [T x B, E]
   * @param rows the rows that are wanted, int64 [N]
   * @return r, float [N, E], of these rows only: padding is not read out
   */
  Tensor readouts(TargetBatch batch, Tensor previous, Tensor rows, Encoder.Encoded encoded) {
    Attention attention = new Attention(parameters, encoded);
    int units = parameters.config().decoderSize();
    // All that depends on the target alone is one product for all steps.
    TensorVector fromPrevious =
        linear(previous, parameters.get("decoder.w_y"), parameters.get("decoder.b"))
            .view(batch.steps(), batch.size(), 4L * units)
            .unbind(0);
    Tensor recurrent =
        cat(new TensorVector(parameters.get("decoder.w_c"), parameters.get("decoder.w_h")), 1).t();

    Tensor state = encoded.initial();
    Tensor cell = zeros_like(state);
    Tensor[] readoutInputs = new Tensor[batch.steps()];
    for (int t = 0; t < batch.steps(); t++) {
      Tensor context = attention.context(state);
      Tensor gates =
          addmm(fromPrevious.get(t), cat(new TensorVector(context, state), 1), recurrent);
      Tensor inputAndForget = sigmoid(gates.narrow(1, 0, 2L * units));
      Tensor candidate = tanh(gates.narrow(1, 2L * units, units));
      Tensor output = sigmoid(gates.narrow(1, 3L * units, units));
      Tensor kept = inputAndForget.narrow(1, units, units).mul(cell);
      cell = addcmul(kept, inputAndForget.narrow(1, 0, units), candidate);
      state = output.mul(tanh(cell));
      readoutInputs[t] = cat(new TensorVector(state, context), 1);
    }
    Tensor inputs =
        cat(new TensorVector(cat(new TensorVector(readoutInputs), 0), previous), 1)
            .index_select(0, rows);
    Tensor weight =
        cat(
            new TensorVector(
                parameters.get("readout.w_s"),
                parameters.get("readout.w_c"),
                parameters.get("readout.w_y")),
            1);
    return tanh(linear(inputs, weight, parameters.get("readout.b")));
  }
}
