package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.ElementType;
import io.streamglot.training.export.OnnxGraph.Iteration;
import io.streamglot.training.export.OnnxGraph.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Steps until some sentences are done, which then leave the batch.
 *
 * <p>What attention needs of a sentence is large, and a loop that carried it would copy it in each
 * step. So the search is a loop of phases, and a phase a loop of steps that see its sentences from
 * outside.
 */
final class SearchPhase {

  /** A phase ends when one in so many of its sentences is done. */
  private static final long PARTS = 8;

  private final Search search;

  SearchPhase(Search search) {
    this.search = search;
  }

  /**
   * Where the search stands between two phases; b of the B sentences are still searched.
   *
   * @param made int64 []: T, steps made
   * @param scores float [B, K]: of all sentences
   * @param choices of the steps, for all sentences: tokens and parents int32 [B, T, K], attention
   *     float [B, T, K, S or 0]
   * @param places int64 [b]: which those b are
   * @param sentences those b
   * @param hypotheses theirs
   */
  record State(
      Tensor made,
      Tensor scores,
      Choices choices,
      Tensor places,
      Sentences sentences,
      SearchStep.State hypotheses) {

    private static final int FIXED = 3;

    /** As a loop carries it. */
    List<Tensor> carried() {
      return Stream.of(
              List.of(made, scores, places),
              choices.tensors(),
              sentences.carried(),
              hypotheses.carried())
          .flatMap(List::stream)
          .toList();
    }

    /** One of other tensors, in the order of {@link #carried}. */
    State with(List<Tensor> carried) {
      int choicesEnd = FIXED + choices.tensors().size();
      int sentencesEnd = choicesEnd + sentences.carried().size();
      return new State(
          carried.get(0),
          carried.get(1),
          Choices.of(carried.subList(FIXED, choicesEnd), choices.parents().isPresent()),
          carried.get(2),
          sentences.with(carried.subList(choicesEnd, sentencesEnd)),
          hypotheses.with(carried.subList(sentencesEnd, carried.size())));
    }
  }

  /** Appends a phase. */
  Iteration append(OnnxGraph g, State state) {
    Tensor sentences = g.shape(state.places()); // [1]
    Tensor enough = g.maximum(g.divide(sentences, g.longs(PARTS)), g.longs(1));
    Tensor tooFew = g.squeeze(g.subtract(sentences, enough), 0);
    SearchStep step = search.steps(g, state.sentences(), Optional.empty());
    List<Tensor> results =
        g.loop(
            search.longest(),
            state.hypotheses().carried(),
            (body, index, carried) -> {
              SearchStep.Result result =
                  step.append(
                      body, body.add(state.made(), index), state.hypotheses().with(carried));
              Tensor going = body.sumOfAll(going(body, result.state()));
              return new Iteration(
                  body.less(tooFew, going), result.state().carried(), result.choices().tensors());
            });
    int carried = state.hypotheses().carried().size();
    State after =
        after(
            g,
            state,
            state.hypotheses().with(results.subList(0, carried)),
            Choices.of(results.subList(carried, results.size()), search.isBeam()));
    Tensor kept = g.places(g.equal(going(g, after.hypotheses()), g.scalar(1L)));
    Tensor goOn = g.less(g.scalar(0L), g.squeeze(g.shape(kept), 0));
    return new Iteration(goOn, without(g, after, kept).carried(), List.of());
  }

  /** int64 [b]: 1 for a sentence that has a live hypothesis, else 0. */
  private static Tensor going(OnnxGraph g, SearchStep.State hypotheses) {
    return g.maximum(g.cast(hypotheses.live(), ElementType.INT64), 1);
  }

  /**
   * Enters what the steps of the phase chose.
   *
   * @param chosen as the steps stacked it, [s, b, K, ..]
   */
  private State after(OnnxGraph g, State before, SearchStep.State hypotheses, Choices chosen) {
    SearchSettings settings = search.settings();
    Tensor end = g.cast(g.scalar(settings.endId()), ElementType.INT32);
    Tensor itself = g.cast(SearchSettings.count(g, settings.beamSize()), ElementType.INT32); // [K]
    Choices all = before.choices();
    Choices added =
        chosen.map(
            each -> g.cast(g.transpose(each, 1, 0, 2), ElementType.INT32),
            each -> g.transpose(each, 1, 0, 2, 3));
    Tensor places = before.places();
    Tensor steps = g.squeeze(g.first(g.shape(chosen.tokens()), g.longs(1)), 0);
    Tensor made = g.add(before.made(), steps);
    Tensor length = g.add(before.sentences().given(), made);
    return new State(
        made,
        g.scatter(before.scores(), places, settings.normalised(g, hypotheses.scores(), length)),
        new Choices(
            append(g, all.tokens(), places, added.tokens(), end),
            added
                .parents()
                .map(each -> append(g, all.parents().orElseThrow(), places, each, itself)),
            added
                .attention()
                .map(each -> append(g, all.attention().orElseThrow(), places, each, g.scalar(0f)))),
        places,
        before.sentences(),
        hypotheses);
  }

  /**
   * Appends steps of some sentences, and a filler as steps of the others.
   *
   * @param all [B, T, K, ..]
   * @param places int64 [b]
   * @param made [b, s, K, ..]
   * @return [B, T + s, K, ..]
   */
  private static Tensor append(OnnxGraph g, Tensor all, Tensor places, Tensor made, Tensor filler) {
    Tensor shape =
        g.concat(0, g.first(g.shape(all), g.longs(1)), g.from(g.shape(made), g.longs(1)));
    return g.concat(1, all, g.scatter(g.expand(filler, shape), places, made));
  }

  /** The search without the sentences that are done; of a beam, no row is theirs already. */
  private State without(OnnxGraph g, State state, Tensor kept) {
    SearchStep.State hypotheses = state.hypotheses();
    Tensor live = g.gather(hypotheses.live(), kept);
    Tensor flat = g.longs(-1);
    Tensor tokens = g.reshape(hypotheses.tokens(), g.concat(0, flat, search.settings().beamSize()));
    return new State(
        state.made(),
        state.scores(),
        state.choices(),
        g.gather(state.places(), kept),
        state.sentences().at(g, kept),
        new SearchStep.State(
            g.reshape(g.gather(tokens, kept), flat),
            g.gather(hypotheses.scores(), kept),
            live,
            hypotheses.slots().map(before -> g.places(g.reshape(live, flat))),
            search.isBeam()
                ? hypotheses.states()
                : hypotheses.states().stream().map(each -> g.gather(each, kept)).toList()));
  }
}
