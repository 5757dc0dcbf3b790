package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.Tensor;
import io.streamglot.training.export.OnnxGraph.Top;
import java.util.List;
import java.util.Optional;

/**
 * A step of a beam search: each live hypothesis proposes its P = min(K, V) best tokens, and the K
 * best of a sentence's K x P proposals are its hypotheses.
 *
 * <p>A finished hypothesis proposes the end token alone, at no cost, and keeps its score. So does a
 * slot without a hypothesis: at the start a sentence has one.
 *
 * <p>Hypotheses are ranked by {@code log p / t^lp}. A step works on that times {@code t^lp}, with t
 * the tokens so far: of a live hypothesis that is log p itself, which grows by addition alone; of
 * one that was finished at u it is {@code log p t^lp / u^lp}, multiplied on from step to step.
 *
 * @param growth {@link SearchSettings#growth}
 * @param firstSlot int64 [b, 1]: the first of the slots of each sentence
 * @param allRows what is computed if not live hypotheses alone
 */
record BeamStep(
    EnsembleGraph.Steps models,
    SearchSettings settings,
    Sentences sentences,
    Tensor growth,
    Tensor firstSlot,
    Optional<Rows> allRows)
    implements SearchStep {

  /**
   * The step of a loop.
   *
   * @param g the graph around it
   */
  static BeamStep of(
      OnnxGraph g,
      EnsembleGraph.Steps models,
      SearchSettings settings,
      Sentences sentences,
      Tensor growth,
      Optional<Rows> allRows) {
    Tensor beamSize = settings.beamSize();
    Tensor number = g.first(g.shape(sentences.lastStep()), g.longs(1));
    Tensor firstSlot = g.unsqueeze(g.multiply(SearchSettings.count(g, number), beamSize), 1);
    return new BeamStep(models, settings, sentences, growth, firstSlot, allRows);
  }

  @Override
  public Result append(OnnxGraph g, Tensor index, State state) {
    Optional<LiveRows> liveRows =
        state.slots().map(slots -> LiveRows.of(g, state.live(), slots, settings.beamSize()));
    Rows rows = liveRows.isPresent() ? liveRows.get() : allRows.orElseThrow();
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

    Tensor continued = g.reshape(g.add(parents, firstSlot), g.longs(-1));
    Tensor origin =
        liveRows
            .map(before -> g.gather(before.ofSlots(), g.gather(continued, slots.orElseThrow())))
            .orElse(continued);
    List<Tensor> states = step.state().stream().map(each -> g.gather(each, origin)).toList();
    Tensor tokens = g.reshape(chosen, g.longs(-1));
    Optional<Tensor> attention =
        step.attention().map(weights -> g.first(weights, settings.attentionWidth()));
    return new Result(
        new State(tokens, best.values(), live, slots, states),
        new Choices(chosen, Optional.of(parents), attention));
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
    Tensor kept = g.reshape(g.multiply(state.scores(), g.gather(growth, index)), column);
    Tensor frozen = g.add(kept, settings.finishedProposals());
    Tensor scores = g.where(live, continued, frozen);
    Tensor tokens = g.where(live, rows.toSlots(g, ids), g.scalar(settings.endId()));
    return new Candidates(
        g.reshape(scores, settings.candidateShape()), g.reshape(tokens, settings.candidateShape()));
  }
}
