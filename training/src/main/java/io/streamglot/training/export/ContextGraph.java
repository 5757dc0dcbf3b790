package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.Tensor;
import io.streamglot.training.model.ContextType;
import io.streamglot.training.model.ModelConfig;
import java.util.List;
import java.util.Optional;

/**
 * What the decoder sees of the source at each step: c_t.
 *
 * <p>c_t only ever meets the matrices of the decoder's first layer and of the readout, so it is
 * given as their products, of the width {@code G Hd + E}.
 */
interface ContextGraph {

  /** Appends what all steps share, before the loop. */
  static ContextGraph of(ModelGraph model, EncoderGraph encoder) {
    return model.config().context() == ContextType.FIXED
        ? new FixedContextGraph(model, encoder)
        : new AttentionGraph(model, encoder);
  }

  /** What the steps need of each sentence: tensors [B, ..]. */
  List<Tensor> sentences();

  /**
   * Name of W_query, [A, Hd], if the query is a product of it: the decoder stacks it with another
   * matrix that meets s_{t-1}.
   */
  Optional<String> queryMatrix();

  /**
   * Appends one step.
   *
   * @param body the loop's body
   * @param query float: W_query s_{t-1}, [n, A]; s_{t-1} itself, [n, Hd], without W_query
   * @param sentences those of {@link #sentences} that are still in the search, [b, ..]
   */
  Attended append(OnnxGraph body, Tensor query, List<Tensor> sentences, Rows rows);

  /**
   * One step's context.
   *
   * @param weights float [b, K, S]: a_t; exactly 0 at padding; absent without attention
   * @param projected float [n, G Hd + E]: {@code decoder.1.w_c} c_t, then {@code readout.w_c} c_t
   */
  record Attended(Optional<Tensor> weights, Tensor projected) {}

  /** The matrices that meet c_t as one, from C to G Hd + E. */
  static Projection projection(ModelGraph model) {
    float bound = model.config().encoder().layers(); // each adds what lies between -1 and 1
    return model.projection(model.graph(), bound, Optional.empty(), "decoder.1.w_c", "readout.w_c");
  }

  /** G Hd + E. */
  static long width(ModelConfig config) {
    return (long) config.cell().gates() * config.decoder().size() + config.embeddingSize();
  }
}
