package io.streamglot.training.model;

import static org.bytedeco.pytorch.global.torch.bmm;
import static org.bytedeco.pytorch.global.torch.matmul;
import static org.bytedeco.pytorch.global.torch.softmax;
import static org.bytedeco.pytorch.global.torch.tanh;

import org.bytedeco.pytorch.Tensor;

/**
 * What the decoder sees of one encoded batch at each step, by {@link ContextType}.
 *
 * <pre>
 *   additive   e_tj = v . tanh(W_query s_{t-1} + W_key h_j + b)     (Bahdanau et al., 2015, A.1.2)
 *   dot        e_tj = s_{t-1} . h_j                                 (Luong et al., 2015)
 *   general    e_tj = s_{t-1} . W_key h_j                           (Luong et al., 2015)
 *
 *              a_tj = exp(e_tj) / sum_k exp(e_tk)                   over the tokens of the sentence
 *              c_t  = sum_j a_tj h_j
 *
 *   fixed      c_t  = end                                           (Cho et al., 2014)
 * </pre>
 *
 * <p>s is the state of the decoder's first layer. Luong et al. ask with s_t; here all ask with
 * s_{t-1}, so that they differ in nothing but their scores.
 *
 * <p>Energies and their sums stay in 32 bits in any {@link Precision}: while attention is near
 * uniform, its gradient is a small difference of large numbers.
 */
final class Attention {

  private final Weights weights;
  private final ContextType type;
  private final Tensor keys;
  private final Tensor annotations;
  private final Tensor mask;
  private final Tensor fixed;

  /**
   * Makes what all steps share.
   *
   * @param dropout probability of a zeroed unit in the fixed context; annotations come thinned
   */
  Attention(Weights weights, Encoder.Encoded encoded, double dropout) {
    this.weights = weights;
    this.type = weights.config().context();
    this.annotations = Precision.widen(encoded.annotations());
    this.mask = encoded.mask();
    this.keys =
        switch (type) {
          case FIXED -> null;
          case DOT -> annotations;
          case GENERAL -> Precision.widen(weights.product(annotations, "attention.w_key"));
          case ADDITIVE ->
              Precision.widen(weights.affine(annotations, "attention.w_key", "attention.b"));
        };
    this.fixed = type == ContextType.FIXED ? Seq2Seq.thin(encoded.end(), dropout) : null;
  }

  /**
   * The context for the next step.
   *
   * @param state s_{t-1}, float [B, Hd]
   * @return c_t, float [B, C]
   */
  Tensor context(Tensor state) {
    if (type == ContextType.FIXED) {
      return fixed;
    }
    Tensor shares = softmax(energies(state).add(mask), 1); // [B, S]
    return bmm(shares.unsqueeze(1), annotations).squeeze(1);
  }

  /** e_t, float [B, S]. */
  private Tensor energies(Tensor state) {
    if (type == ContextType.ADDITIVE) {
      Tensor query = Precision.widen(weights.stepProduct("attention.w_query").of(state));
      return matmul(tanh(keys.add(query.unsqueeze(1))), weights.get("attention.v"));
    }
    return bmm(keys, state.unsqueeze(2)).squeeze(2);
  }
}
