package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.Tensor;
import io.streamglot.training.model.ModelWeights;
import java.util.Optional;

/**
 * What the token before brings to the decoder's first layer and to the readout: {@code [W_y ; W_y']
 * y_{t-1} + [b ; b']}.
 *
 * <p>There are only V such vectors. Where the table of them is not too large it is made when the
 * model is opened, and a step looks them up.
 */
final class TokenInput {

  /** Largest table in bytes: 10,000 tokens for a layer of 384 LSTM units. */
  private static final long LARGEST_TABLE = 72_000_000;

  private static final String[] MATRICES = {"decoder.1.w_y", "readout.w_y"};

  private final ModelGraph model;
  private final String embedding;
  private final Tensor bias;
  private final Optional<Tensor> table; // [V, G Hd + E]

  /** Appends the table, if there is to be one. */
  TokenInput(ModelGraph model) {
    OnnxGraph g = model.graph();
    this.model = model;
    this.embedding = ModelWeights.targetEmbedding(model.config().tying());
    this.bias = g.concat(0, model.weight("decoder.1.b"), model.weight("readout.b"));
    this.table =
        tableSize() > LARGEST_TABLE
            ? Optional.empty()
            : Optional.of(
                g.linear(
                    model.weight(embedding),
                    g.concat(0, model.weight(MATRICES[0]), model.weight(MATRICES[1])),
                    bias));
  }

  private long tableSize() {
    return model.config().vocabularySize() * ContextGraph.width(model.config()) * Float.BYTES;
  }

  /** Appends one step: from token int64 [n], y_{t-1}, to float [n, G Hd + E]. */
  @FunctionalInterface
  interface Step {
    Tensor append(OnnxGraph g, Tensor token);
  }

  /**
   * The steps of a loop.
   *
   * @param around the graph right around them
   */
  Step steps(OnnxGraph around) {
    if (table.isPresent()) {
      return (g, token) -> g.gather(table.get(), token);
    }
    float bound = model.weights().get(embedding).largest();
    Projection projection = model.projection(around, bound, Optional.of(bias), MATRICES);
    return (g, token) -> projection.of(g, g.gather(model.weight(embedding), token));
  }
}
