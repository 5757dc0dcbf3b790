package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.Tensor;
import io.streamglot.training.model.ModelWeights;
import java.util.List;
import java.util.Optional;

/**
 * From the readout to the distribution of the next token: {@code log softmax(W_output r_t +
 * b_output)}, over the N {@link Candidates} or, without, over the vocabulary.
 */
final class OutputLayer {

  private final ModelGraph model;
  private final String matrix;
  private final Tensor bias;
  private final Optional<Projection> ofCandidates;

  /** Appends the rows of the matrix that belong to the candidates, if there are. */
  OutputLayer(ModelGraph model, Optional<Candidates> candidates) {
    this.model = model;
    this.matrix = ModelWeights.output(model.config().tying());
    this.bias = model.weight("output.b");
    this.ofCandidates =
        candidates.map(some -> model.rows(DecoderStep.UNIT_BOUND, bias, matrix, some.ids()));
  }

  /** Appends one step. */
  @FunctionalInterface
  interface Step {
    /**
     * Appends it.
     *
     * @param read r_t, float [n, E]
     * @param penalties those of {@link Candidates} that are still in the search; none without
     * @return float [n, N]
     */
    Tensor append(OnnxGraph g, Tensor read, List<Tensor> penalties, Rows rows);
  }

  /**
   * The steps of a loop.
   *
   * @param around the graph right around them
   */
  Step steps(OnnxGraph around) {
    if (ofCandidates.isPresent()) {
      Projection projection = ofCandidates.get();
      return (g, read, penalties, rows) ->
          g.logSoftmax(g.add(projection.of(g, read), rows.fromSentences(g, penalties.get(0))), -1);
    }
    Projection projection =
        model.projection(around, DecoderStep.UNIT_BOUND, Optional.of(bias), matrix);
    return (g, read, penalties, rows) -> g.logSoftmax(projection.of(g, read), -1);
  }
}
