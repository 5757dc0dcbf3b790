package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.Tensor;
import io.streamglot.training.export.OnnxGraph.Top;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One step of the search, for b sentences: each live hypothesis proposes its P = min(K, V) best
 * tokens, and the K best of a sentence's K x P proposals are its hypotheses.
 *
 * <p>A finished hypothesis proposes the end token alone, at no cost, and keeps its score. So does a
 * slot without a hypothesis: at the start a sentence has one.
 *
 * <p>Hypotheses are ranked by {@code log p / t^lp}. A step works on that times {@code t^lp}, with t
 * its number from 1: of a live hypothesis that is log p itself, which grows by addition alone; of
 * one that was finished at u it is {@code log p t^lp / u^lp}, multiplied on from step to step.
 */
final class SearchStep {

  private final EnsembleGraph.Steps models;
  private final SearchSettings settings;
  private final Sentences sentences;

  SearchStep(EnsembleGraph.Steps models, SearchSettings settings, Sentences sentences) {
    this.models = models;
    this.settings = settings;
    this.sentences = sentences;
  }

  /**
   * What the steps share of the b sentences.
   *
   * @param lastStep int64 [b, 1]: the index of the last step that each may make
   * @param firstSlot int64 [b, 1]: the first of the slots of each
   * @param ofSlots int64 [b x K]: which of them a slot is of
   * @param encoded {@link EnsembleGraph#sentences}
   */
  record Sentences(Tensor lastStep, Tensor firstSlot, Tensor ofSlots, List<Tensor> encoded) {

    /**
     * What they share from the start of the search, or of a phase.
     *
     * @param number int64 [1]: b
     */
    static Sentences of(
        OnnxGraph g, Tensor number, Tensor beamSize, Tensor lastStep, List<Tensor> encoded) {
      Tensor firstSlot = g.unsqueeze(g.multiply(SearchSettings.count(g, number), beamSize), 1);
      Tensor ofSlots = g.divide(SearchSettings.count(g, g.multiply(number, beamSize)), beamSize);
      return new Sentences(lastStep, firstSlot, ofSlots, encoded);
    }
  }

  /**
   * Where the search of b sentences stands, n of whose hypotheses are live.
   *
   * @param tokens int64 [b x K]: chosen last
   * @param scores float [b, K]: as this class has them, best first
   * @param live bool [b, K]
   * @param slots int64 [n]: where that is true, ascending; absent if all slots are computed
   * @param states of the decoders, each float [n, Hd]
   */
  record State(
      Tensor tokens, Tensor scores, Tensor live, Optional<Tensor> slots, List<Tensor> states) {

    private static final int FIXED = 3;

    /** As a loop carries it. */
    List<Tensor> carried() {
      return Stream.of(List.of(tokens, scores, live), slots.stream().toList(), states)
          .flatMap(List::stream)
          .toList();
    }

    /** One of other tensors, in the order of {@link #carried}. */
    State with(List<Tensor> carried) {
      int statesFrom = carried.size() - states.size();
      return new State(
          carried.get(0),
          carried.get(1),
          carried.get(2),
          carried.subList(FIXED, statesFrom).stream().findFirst(),
          carried.subList(statesFrom, carried.size()));
    }
  }

  /**
   * A step's results.
   *
   * @param chosen int64 [b, K]: token of each
   * @param parents int64 [b, K]: the hypothesis that each continues, 0 to K-1
   * @param attention float [b, K, S or 0]: a_t of each slot before the choice; absent if the
   *     context is fixed
   */
  record Result(State state, Tensor chosen, Tensor parents, Optional<Tensor> attention) {

    /** What a loop stacks of it. */
    List<Tensor> stacked() {
      return Stream.concat(Stream.of(chosen, parents), attention.stream()).toList();
    }
  }

  /**
   * Appends the step.
   *
   * @param index int64 []: of the step, from 0
   */
  Result append(OnnxGraph g, Tensor index, State state) {
    Optional<LiveRows> liveRows =
        state.slots().map(slots -> LiveRows.of(g, state.live(), slots, settings.beamSize()));
    Rows rows = liveRows.isPresent() ? liveRows.get() : new AllRows(sentences.ofSlots());
    Tensor token = rows.fromSlots(g, state.tokens());
    DecoderStep.Result step = models.append(g, token, state.states(), sentences.encoded(), rows);

    Candidates candidates = candidates(g, index, step.logProbabilities(), state, rows);
    Top best = g.topK(candidates.scores(), settings.beamSize()); // [b, K]
    Tensor parents = g.gather(settings.parents(), best.indices());
    Tensor chosen = g.gatherElements(candidates.tokens(), best.indices());

    Tensor goesOn = g.not(g.equal(chosen, g.scalar(settings.endId())));
    Tensor unfinished = g.and(goesOn, g.less(index, sentences.lastStep()));
    Tensor live = g.and(unfinished, hopeful(g, best.values(), unfinished));
    Optional<Tensor> slots = liveRows.map(before -> g.places(g.reshape(live, g.longs(-1))));

    Tensor continued = g.reshape(g.add(parents, sentences.firstSlot()), g.longs(-1));
    Tensor origin =
        liveRows
            .map(before -> g.gather(before.ofSlots(), g.gather(continued, slots.orElseThrow())))
            .orElse(continued);
    List<Tensor> states = step.state().stream().map(each -> g.gather(each, origin)).toList();
    Tensor tokens = g.reshape(chosen, g.longs(-1));
    Optional<Tensor> attention =
        step.attention().map(weights -> g.first(weights, settings.attentionWidth()));
    return new Result(
        new State(tokens, best.values(), live, slots, states), chosen, parents, attention);
  }

  /**
   * Which hypotheses may still win: all while the best one is not finished; then those whose score
   * times the pruning factor is above its score.
   */
  private Tensor hopeful(OnnxGraph g, Tensor scores, Tensor unfinished) {
    Tensor first = g.longs(1);
    Tensor closeToBest = g.less(g.first(scores, first), g.multiply(scores, settings.pruning()));
    return g.or(g.first(unfinished, first), closeToBest);
  }

  /** What the hypotheses of a sentence propose: float and int64 [b, K x P]. */
  private record Candidates(Tensor scores, Tensor tokens) {}

  private Candidates candidates(
      OnnxGraph g, Tensor index, Tensor logProbabilities, State state, Rows rows) {
    Tensor column = g.longs(-1, 1);
    Tensor score = g.reshape(state.scores(), column); // [b x K, 1]
    Tensor live = g.reshape(state.live(), column);
    Top proposed = g.topK(logProbabilities, settings.proposals()); // [n, P]

    Tensor ids =
        settings
            .candidates()
            .map(all -> g.gather(all, proposed.indices()))
            .orElse(proposed.indices());

    Tensor continued = g.add(score, rows.toSlots(g, proposed.values()));
    Tensor kept = g.multiply(score, g.gather(settings.growth(), index));
    Tensor frozen = g.add(kept, settings.finishedProposals());
    Tensor scores = g.where(live, continued, frozen);
    Tensor tokens = g.where(live, rows.toSlots(g, ids), g.scalar(settings.endId()));
    return new Candidates(
        g.reshape(scores, settings.candidateShape()), g.reshape(tokens, settings.candidateShape()));
  }
}
