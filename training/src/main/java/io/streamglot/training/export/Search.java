package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * A search before its first step, as both ways to run it need it.
 *
 * @param models that decide
 * @param settings of the search
 * @param startId token that the decoder starts from
 * @param sourceLength int32 [B]
 * @param limit int64 [B, 1]: most target tokens of each sentence
 * @param longest int64 []: the largest of them
 */
record Search(
    EnsembleGraph models,
    SearchSettings settings,
    long startId,
    Tensor sourceLength,
    Tensor limit,
    Tensor longest) {

  /** int64 [1]: B. */
  Tensor sentences(OnnxGraph g) {
    return g.shape(sourceLength);
  }

  /** int64 [B, 1]: the index of the last step that each sentence may make. */
  Tensor lastStep(OnnxGraph g) {
    return g.subtract(limit, g.scalar(1L));
  }

  /**
   * The hypotheses before the first step: a sentence has one, its other slots are empty.
   *
   * @param slots the rows of {@code states}, if only live ones are computed
   * @param states of the decoders
   */
  SearchStep.State start(OnnxGraph g, Optional<Tensor> slots, List<Tensor> states) {
    Tensor hypothesis = SearchSettings.count(g, settings.beamSize()); // [K]
    Tensor shape = g.concat(0, sentences(g), settings.beamSize());
    return new SearchStep.State(
        g.expand(g.scalar(startId), g.multiply(sentences(g), settings.beamSize())),
        g.expand(SearchSettings.onlyFirst(g, hypothesis), shape),
        g.expand(g.equal(hypothesis, g.scalar(0L)), shape),
        slots,
        states);
  }
}
