package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.ElementType;
import io.streamglot.training.export.OnnxGraph.Iteration;
import io.streamglot.training.export.OnnxGraph.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The search of a small batch: one loop that computes every slot until no hypothesis is live. */
record UnphasedSearch(Search search) {

  /** Appends it; gives what {@link PhasedSearch#append} does. */
  List<Tensor> append(OnnxGraph g) {
    SearchSettings settings = search.settings();
    EnsembleGraph models = search.models();
    SearchStep.Sentences sentences =
        SearchStep.Sentences.of(
            g, search.sentences(g), settings.beamSize(), search.lastStep(g), models.sentences());
    List<Tensor> states =
        models.start().stream().map(each -> g.gather(each, sentences.ofSlots())).toList();
    SearchStep.State start = search.start(g, Optional.empty(), states);
    SearchStep step = new SearchStep(models.steps(g), settings, sentences);
    List<Tensor> results =
        g.loop(
            search.longest(),
            start.carried(),
            (body, index, carried) -> {
              SearchStep.Result result = step.append(body, index, start.with(carried));
              Tensor live = body.maximumOfAll(body.cast(result.state().live(), ElementType.INT32));
              return new Iteration(
                  body.cast(live, ElementType.BOOL), result.state().carried(), result.stacked());
            });
    int carried = start.carried().size();
    List<Tensor> stacked = results.subList(carried, results.size());
    Tensor made = g.squeeze(g.first(g.shape(stacked.get(0)), g.longs(1)), 0);
    return Stream.concat(
            Stream.of(
                settings.normalised(g, start.with(results.subList(0, carried)).scores(), made),
                g.cast(stacked.get(0), ElementType.INT32),
                g.cast(stacked.get(1), ElementType.INT32)),
            stacked.stream().skip(2))
        .toList();
  }
}
