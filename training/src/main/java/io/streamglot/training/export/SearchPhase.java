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

  private final EnsembleGraph models;
  private final SearchSettings settings;
  private final Tensor longest;

  /**
   * A phase.
   *
   * @param longest int64 []: most steps of any sentence
   */
  SearchPhase(EnsembleGraph models, SearchSettings settings, Tensor longest) {
    this.models = models;
    this.settings = settings;
    this.longest = longest;
  }

  /**
   * What the T steps made so far chose, for each of B sentences.
   *
   * @param tokens int32 [B, T, K]
   * @param parents int32 [B, T, K]: the hypothesis of the step before that each continues
   * @param attention float [B, T, K, S]: of each slot before the choice; absent if the context is
   *     fixed
   */
  record Choices(Tensor tokens, Tensor parents, Optional<Tensor> attention) {

    private List<Tensor> carried() {
      return Stream.concat(Stream.of(tokens, parents), attention.stream()).toList();
    }

    private static Choices of(List<Tensor> carried) {
      return new Choices(carried.get(0), carried.get(1), carried.stream().skip(2).findFirst());
    }
  }

  /**
   * Where the search stands between two phases; b of the B sentences are still searched.
   *
   * @param made int64 []: T, steps made
   * @param scores float [B, K]: of all sentences
   * @param places int64 [b]: which those b are
   * @param lastStep int64 [b, 1]: the index of the last step that each may make
   * @param encoded {@link EnsembleGraph#sentences} of theirs
   * @param hypotheses theirs
   */
  record State(
      Tensor made,
      Tensor scores,
      Choices choices,
      Tensor places,
      Tensor lastStep,
      List<Tensor> encoded,
      SearchStep.State hypotheses) {

    private static final int FIXED = 4;

    /** As a loop carries it. */
    List<Tensor> carried() {
      return Stream.of(
              List.of(made, scores, places, lastStep),
              choices.carried(),
              encoded,
              hypotheses.carried())
          .flatMap(List::stream)
          .toList();
    }

    /** One of other tensors, in the order of {@link #carried}. */
    State with(List<Tensor> carried) {
      int choicesEnd = FIXED + choices.carried().size();
      int encodedEnd = choicesEnd + encoded.size();
      return new State(
          carried.get(0),
          carried.get(1),
          Choices.of(carried.subList(FIXED, choicesEnd)),
          carried.get(2),
          carried.get(3),
          carried.subList(choicesEnd, encodedEnd),
          hypotheses.with(carried.subList(encodedEnd, carried.size())));
    }
  }

  /** Appends a phase. */
  Iteration append(OnnxGraph g, State state) {
    Tensor sentences = g.shape(state.places()); // [1]
    Tensor enough = g.maximum(g.divide(sentences, g.longs(PARTS)), g.longs(1));
    Tensor tooFew = g.squeeze(g.subtract(sentences, enough), 0);
    SearchStep step =
        new SearchStep(
            models.steps(g),
            settings,
            SearchStep.Sentences.of(
                g, sentences, settings.beamSize(), state.lastStep(), state.encoded()));
    List<Tensor> results =
        g.loop(
            longest,
            state.hypotheses().carried(),
            (body, index, carried) -> {
              SearchStep.Result result =
                  step.append(
                      body, body.add(state.made(), index), state.hypotheses().with(carried));
              Tensor going = body.sumOfAll(going(body, result.state()));
              return new Iteration(
                  body.less(tooFew, going), result.state().carried(), result.stacked());
            });
    int carried = state.hypotheses().carried().size();
    State after =
        after(
            g,
            state,
            state.hypotheses().with(results.subList(0, carried)),
            results.subList(carried, results.size()));
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
  private State after(OnnxGraph g, State before, SearchStep.State hypotheses, List<Tensor> chosen) {
    Tensor end = g.cast(g.scalar(settings.endId()), ElementType.INT32);
    Tensor itself = g.cast(SearchSettings.count(g, settings.beamSize()), ElementType.INT32); // [K]
    Choices choices = before.choices();
    Tensor places = before.places();
    Choices after =
        new Choices(
            append(g, choices.tokens(), places, sentencesFirst(g, chosen.get(0)), end),
            append(g, choices.parents(), places, sentencesFirst(g, chosen.get(1)), itself),
            choices
                .attention()
                .map(
                    weights ->
                        append(
                            g,
                            weights,
                            places,
                            g.transpose(chosen.get(2), 1, 0, 2, 3),
                            g.scalar(0f))));
    Tensor made = g.add(before.made(), g.squeeze(g.first(g.shape(chosen.get(0)), g.longs(1)), 0));
    return new State(
        made,
        g.scatter(before.scores(), places, settings.normalised(g, hypotheses.scores(), made)),
        after,
        places,
        before.lastStep(),
        before.encoded(),
        hypotheses);
  }

  /** From the order of the steps, int64 [s, b, K], to int32 [b, s, K]. */
  private static Tensor sentencesFirst(OnnxGraph g, Tensor stacked) {
    return g.cast(g.transpose(stacked, 1, 0, 2), ElementType.INT32);
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

  /** The search without the sentences that are done; no row is theirs. */
  private State without(OnnxGraph g, State state, Tensor kept) {
    SearchStep.State hypotheses = state.hypotheses();
    Tensor live = g.gather(hypotheses.live(), kept);
    Tensor flat = g.longs(-1);
    Tensor tokens = g.reshape(hypotheses.tokens(), g.concat(0, flat, settings.beamSize()));
    return new State(
        state.made(),
        state.scores(),
        state.choices(),
        g.gather(state.places(), kept),
        g.gather(state.lastStep(), kept),
        state.encoded().stream().map(each -> g.gather(each, kept)).toList(),
        new SearchStep.State(
            g.reshape(g.gather(tokens, kept), flat),
            g.gather(hypotheses.scores(), kept),
            live,
            Optional.of(g.places(g.reshape(live, flat))),
            hypotheses.states()));
  }
}
