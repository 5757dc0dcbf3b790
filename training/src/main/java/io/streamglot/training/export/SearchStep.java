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
   * @param limit int64 [b, 1]: most tokens of each
   * @param firstSlot int64 [b, 1]: the first of the slots of each
   * @param encoded {@link EnsembleGraph#sentences}
   */
  record Sentences(Tensor limit, Tensor firstSlot, List<Tensor> encoded) {}

  /**
   * Where the search of b sentences stands, n of whose hypotheses are live.
   *
   * @param tokens int64 [b, K]: chosen last
   * @param scores float [b, K]: normalised, best first
   * @param finished bool [b, K]
   * @param live int64 [n]: the slots that are not finished, ascending
   * @param states of the decoders, each float [n, Hd]
   */
  record State(Tensor tokens, Tensor scores, Tensor finished, Tensor live, List<Tensor> states) {

    private static final int FIXED = 4;

    /** As a loop carries it. */
    List<Tensor> carried() {
      return Stream.concat(Stream.of(tokens, scores, finished, live), states.stream()).toList();
    }

    static State of(List<Tensor> carried) {
      return new State(
          carried.get(0),
          carried.get(1),
          carried.get(2),
          carried.get(3),
          carried.subList(FIXED, carried.size()));
    }
  }

  /**
   * A step's results.
   *
   * @param parents int64 [b, K]: the hypothesis that each continues, 0 to K-1
   * @param attention float [b, K, S]: a_t of each slot before the choice; absent if the context is
   *     fixed
   */
  record Result(State state, Tensor parents, Optional<Tensor> attention) {}

  /**
   * Appends the step.
   *
   * @param index int64 []: of the step, from 0
   */
  Result append(OnnxGraph g, Tensor index, State state) {
    LiveRows rows = LiveRows.of(g, state.finished(), state.live(), settings.beamSize());
    Tensor token = rows.fromSlots(g, g.reshape(state.tokens(), g.longs(-1)));
    DecoderStep.Result step = models.append(g, token, state.states(), sentences.encoded(), rows);

    Candidates candidates = candidates(g, index, step.logProbabilities(), state, rows);
    Top best = g.topK(candidates.scores(), settings.beamSize()); // [b, K]
    Tensor parents = g.divide(best.indices(), settings.proposals());
    Tensor tokens = g.gatherElements(candidates.tokens(), best.indices());

    Tensor ended = g.equal(tokens, g.scalar(settings.endId()));
    Tensor atLimit = g.lessOrEqual(sentences.limit(), g.add(index, g.scalar(1L))); // [b, 1]
    Tensor finished = g.or(ended, atLimit);
    Tensor live = g.places(g.not(g.reshape(finished, g.longs(-1))));

    // The row that each next row continues.
    Tensor slots = g.reshape(g.add(parents, sentences.firstSlot()), g.longs(-1));
    Tensor continued = g.gather(rows.ofSlots(), g.gather(slots, live));
    List<Tensor> states = step.state().stream().map(each -> g.gather(each, continued)).toList();
    return new Result(
        new State(tokens, best.values(), finished, live, states), parents, step.attention());
  }

  /** What the hypotheses of a sentence propose: float and int64 [b, K x P]. */
  private record Candidates(Tensor scores, Tensor tokens) {}

  private Candidates candidates(
      OnnxGraph g, Tensor index, Tensor logProbabilities, State state, LiveRows rows) {
    Tensor column = g.longs(-1, 1);
    Tensor score = g.reshape(state.scores(), column); // [b x K, 1]
    Tensor finished = g.reshape(state.finished(), column);
    Top proposed = g.topK(logProbabilities, settings.proposals()); // [n, P]

    Tensor added = g.multiply(proposed.values(), g.gather(settings.penalty().step(), index));
    Tensor before = g.multiply(score, g.gather(settings.penalty().before(), index));
    Tensor continued = g.add(before, rows.toSlots(g, added));
    Tensor frozen = g.add(score, settings.finishedProposals());
    Tensor scores = g.where(finished, frozen, continued);
    Tensor tokens =
        g.where(finished, g.scalar(settings.endId()), rows.toSlots(g, proposed.indices()));
    return new Candidates(
        g.reshape(scores, settings.candidateShape()), g.reshape(tokens, settings.candidateShape()));
  }
}
