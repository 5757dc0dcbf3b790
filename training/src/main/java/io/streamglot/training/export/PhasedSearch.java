package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.ElementType;
import io.streamglot.training.export.OnnxGraph.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The search of a large batch: a loop of {@linkplain SearchPhase phases}. */
record PhasedSearch(Search search) {

  /**
   * Appends it.
   *
   * @return scores float [B, K], tokens and parents int32 [T, B, K], and, unless the context is
   *     fixed, attention float [T, B, K, S or 0] of each slot before the choice
   */
  List<Tensor> append(OnnxGraph g) {
    SearchPhase phase = new SearchPhase(search.models(), search.settings(), search.longest());
    SearchPhase.State start = start(g);
    List<Tensor> results =
        g.loop(
            search.longest(),
            start.carried(),
            (body, index, carried) -> phase.append(body, start.with(carried)));
    SearchPhase.State end = start.with(results);
    SearchPhase.Choices choices = end.choices();
    return Stream.concat(
            Stream.of(
                end.scores(),
                g.transpose(choices.tokens(), 1, 0, 2),
                g.transpose(choices.parents(), 1, 0, 2)),
            choices.attention().map(weights -> g.transpose(weights, 1, 0, 2, 3)).stream())
        .toList();
  }

  private SearchPhase.State start(OnnxGraph g) {
    Tensor beamSize = search.settings().beamSize();
    Tensor sentences = search.sentences(g);
    Tensor sentence = SearchSettings.count(g, sentences); // [B]
    Tensor noSteps = g.concat(0, sentences, g.longs(0), beamSize);
    Tensor none = g.expand(g.cast(g.scalar(0L), ElementType.INT32), noSteps);
    Optional<Tensor> noAttention =
        search.models().hasAttention()
            ? Optional.of(
                g.expand(g.scalar(0f), g.concat(0, noSteps, search.settings().attentionWidth())))
            : Optional.empty();
    return new SearchPhase.State(
        g.scalar(0L),
        g.expand(g.scalar(0f), g.concat(0, sentences, beamSize)),
        new SearchPhase.Choices(none, none, noAttention),
        sentence,
        search.lastStep(g),
        search.models().sentences(),
        search.start(g, Optional.of(g.multiply(sentence, beamSize)), search.models().start()));
  }
}
