package io.streamglot.training.model;

import static org.bytedeco.pytorch.global.torch.bmm;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.matmul;
import static org.bytedeco.pytorch.global.torch.softmax;
import static org.bytedeco.pytorch.global.torch.tanh;

import org.bytedeco.pytorch.Tensor;

/**
 * Additive attention (Bahdanau et al., 2015, appendix A.1.2) over one encoded batch.
 *
 * <pre>
 *   e_tj = v . tanh(W_query s_{t-1} + W_key h_j + b)
 *   a_tj = exp(e_tj) / sum_k exp(e_tk)              over the tokens of the sentence
 *   c_t  = sum_j a_tj h_j
 * </pre>
 */
final class Attention {

  private final Tensor query;
  private final Tensor v;
  private final Tensor keys;
  private final Tensor states;
  private final Tensor mask;

  /** Projects the keys, float [B, S, A], once for all steps. */
  Attention(Parameters parameters, Encoder.Encoded encoded) {
    query = parameters.get("attention.w_query");
    v = parameters.get("attention.v");
    keys =
        linear(encoded.states(), parameters.get("attention.w_key"), parameters.get("attention.b"));
    states = encoded.states();
    mask = encoded.mask();
  }

  /**
   * The context for the next step.
   *
   * @param state s_{t-1}, float [B, Hd]
   * @return c_t, float [B, 2He]
   */
  Tensor context(Tensor state) {
    Tensor energies = matmul(tanh(keys.add(linear(state, query).unsqueeze(1))), v);
    Tensor weights = softmax(energies.add(mask), 1);
    return bmm(weights.unsqueeze(1), states).squeeze(1);
  }
}
