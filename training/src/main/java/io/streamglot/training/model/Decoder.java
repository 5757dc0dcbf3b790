package io.streamglot.training.model;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.tanh;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * The recurrent decoder of one or two layers under teacher forcing, and its readout. {@link Cell}
 * has the equations of a unit, {@link Attention} those of the context.
 *
 * <pre>
 *   c_t    = context(s1_{t-1})
 *   s1_t   = unit(W_y y_{t-1} + W_c c_t + b, s1_{t-1})
 *   s2_t   = unit(W_x s1_t + b, s2_{t-1})                    if there are two layers
 *   o_t    = s1_t, or s1_t + s2_t of two layers
 *   r_t    = tanh(W_s o_t + W_c' c_t + W_y' y_{t-1} + b')
 * </pre>
 *
 * <p>Bahdanau et al. (2015), with a tanh readout in place of maxout; the second layer as in Wu et
 * al. (2016): the first asks, the second is residual.
 */
final class Decoder {

  private final Weights weights;
  private final Dropout dropout;

  /** A decoder for one pass. */
  Decoder(Weights weights, Dropout dropout) {
    this.weights = weights;
    this.dropout = dropout;
  }

  /**
   * Runs over the target.
   *
   * @param previous embeddings of {@link TargetBatch#previous}, float [T x B, E]
   * @return r, float [N, E], of the tokens of {@link TargetBatch#rows}: padding is not read out
   */
  Tensor readouts(TargetBatch batch, Tensor previous, Encoder.Encoded encoded) {
    Attention attention = new Attention(weights, encoded, dropout.context());
    long units = weights.config().decoder().size();
    boolean fixed = weights.config().context() == ContextType.FIXED;
    boolean deep = weights.config().decoder().layers() == 2;
    // All that depends on the target alone is one product for all steps.
    TensorVector fromPrevious =
        weights
            .affine(previous, "decoder.1.w_y", "decoder.1.b")
            .view(batch.steps(), batch.size(), weights.config().cell().gates() * units)
            .unbind(0);
    Cell first = new Cell(weights, "decoder.1", units);
    Cell second = deep ? new Cell(weights, "decoder.2", units) : null;
    StepProduct byContext = weights.stepProduct("decoder.1.w_c");
    Cell.State low = first.start(encoded.initial().narrow(1, 0, units));
    Cell.State high = deep ? second.start(encoded.initial().narrow(1, units, units)) : null;

    Tensor fromContext = null;
    Tensor[] outputs = new Tensor[batch.steps()];
    Tensor[] contexts = new Tensor[batch.steps()];
    for (int t = 0; t < batch.steps(); t++) {
      contexts[t] = attention.context(low.hidden());
      if (t == 0 || !fixed) {
        fromContext = byContext.of(contexts[t]);
      }
      low = first.step(Precision.widen(fromPrevious.get(t).add(fromContext)), low);
      outputs[t] = low.hidden();
      if (deep) {
        Tensor thinned = Seq2Seq.thin(low.hidden(), dropout.output());
        Tensor above = Precision.widen(weights.stepProduct("decoder.2.w_x").of(thinned));
        high = second.step(above.add(weights.get("decoder.2.b")), high);
        outputs[t] = low.hidden().add(high.hidden());
      }
    }
    Tensor read =
        weights
            .affine(rows(batch, cat(new TensorVector(outputs), 0)), "readout.w_s", "readout.b")
            .add(weights.product(rows(batch, cat(new TensorVector(contexts), 0)), "readout.w_c"))
            .add(weights.product(rows(batch, previous), "readout.w_y"));
    return Seq2Seq.thin(tanh(Precision.widen(read)), dropout.output());
  }

  private static Tensor rows(TargetBatch batch, Tensor values) {
    return values.index_select(0, batch.rows());
  }
}
