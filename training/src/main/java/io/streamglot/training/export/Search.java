package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * A search before its first step, as both ways to run it need it.
 *
 * @param models that decide
 * @param settings of the search
 * @param sentences all B
 * @param begun where they stand
 * @param longest int64 []: most steps of any sentence, at least 1
 * @param sampler what draws the one hypothesis of each sentence; absent in a beam search
 */
record Search(
    EnsembleGraph models,
    SearchSettings settings,
    Sentences sentences,
    PrefixGraph.Begun begun,
    Tensor longest,
    Optional<Sampler> sampler) {

  /**
   * What it found.
   *
   * @param scores float [B, K]: as they are ranked
   * @param choices of the T steps: tokens and parents int32 [T, B, K], attention float [T, B, K, S
   *     or 0] of each slot before the choice
   */
  record Found(Tensor scores, Choices choices) {}

  /** Whether a sentence may have several hypotheses. */
  boolean isBeam() {
    return sampler.isEmpty();
  }

  /** int64 [1]: B. */
  Tensor number(OnnxGraph g) {
    return g.first(g.shape(sentences.lastStep()), g.longs(1));
  }

  /** A row for each slot. */
  Rows allRows(OnnxGraph g) {
    return isBeam() ? AllRows.of(g, number(g), settings.beamSize()) : new OneRowEach(g);
  }

  /**
   * The steps of a loop.
   *
   * @param around the graph right around them
   * @param some of the sentences
   * @param allRows what they compute if not live hypotheses alone
   */
  SearchStep steps(OnnxGraph around, Sentences some, Optional<Rows> allRows) {
    EnsembleGraph.Steps decoders = models.steps(around);
    Tensor growth = settings.growth(around, some.given());
    return sampler.isPresent()
        ? DrawingStep.of(around, decoders, settings, some, growth, sampler.get())
        : BeamStep.of(around, decoders, settings, some, growth, allRows);
  }

  /** The hypotheses before the first step: a sentence has one; every slot is computed. */
  SearchStep.State start(OnnxGraph g, Rows allRows) {
    List<Tensor> states =
        begun.states().stream().map(each -> allRows.fromSentences(g, each)).toList();
    return state(g, live(g), Optional.empty(), states);
  }

  /** As {@link #start}, but of a beam only live slots are computed. */
  SearchStep.State startLive(OnnxGraph g) {
    if (!isBeam()) {
      return start(g, allRows(g));
    }
    Tensor live = live(g);
    Tensor slots = g.places(g.reshape(live, g.longs(-1)));
    Tensor sentence = g.divide(slots, settings.beamSize());
    List<Tensor> states = begun.states().stream().map(each -> g.gather(each, sentence)).toList();
    return state(g, live, Optional.of(slots), states);
  }

  /** bool [B, K]. */
  private Tensor live(OnnxGraph g) {
    Tensor hypothesis = SearchSettings.count(g, settings.beamSize()); // [K]
    return g.and(g.equal(hypothesis, g.scalar(0L)), begun.goesOn());
  }

  private SearchStep.State state(
      OnnxGraph g, Tensor live, Optional<Tensor> slots, List<Tensor> states) {
    Tensor hypothesis = SearchSettings.count(g, settings.beamSize());
    return new SearchStep.State(
        g.reshape(g.expand(begun.token(), g.shape(live)), g.longs(-1)),
        g.add(SearchSettings.onlyFirst(g, hypothesis), begun.scores()),
        live,
        slots,
        states);
  }
}
