package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.ElementType;
import io.streamglot.training.export.OnnxGraph.Tensor;
import java.util.List;
import java.util.Optional;

/** The search of a large batch: a loop of {@linkplain SearchPhase phases}. */
record PhasedSearch(Search search) {

  /** Appends it. */
  Search.Found append(OnnxGraph g) {
    SearchPhase phase = new SearchPhase(search);
    SearchPhase.State start = start(g);
    List<Tensor> results =
        g.loop(
            search.longest(),
            start.carried(),
            (body, index, carried) -> phase.append(body, start.with(carried)));
    SearchPhase.State end = start.with(results);
    return new Search.Found(
        end.scores(),
        end.choices()
            .map(each -> g.transpose(each, 1, 0, 2), each -> g.transpose(each, 1, 0, 2, 3)));
  }

  private SearchPhase.State start(OnnxGraph g) {
    Tensor beamSize = search.settings().beamSize();
    Tensor sentences = search.number(g);
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
        new Choices(none, search.isBeam() ? Optional.of(none) : Optional.empty(), noAttention),
        SearchSettings.count(g, sentences),
        search.sentences(),
        search.startLive(g));
  }
}
