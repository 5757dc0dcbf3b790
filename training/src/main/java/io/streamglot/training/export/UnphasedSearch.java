package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.ElementType;
import io.streamglot.training.export.OnnxGraph.Iteration;
import io.streamglot.training.export.OnnxGraph.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * One loop that computes every slot until no hypothesis is live: the search of a small batch, and
 * of any on CUDA.
 */
record UnphasedSearch(Search search, GraphTarget target) {

  /** Appends it. */
  Search.Found append(OnnxGraph g) {
    Rows rows = search.allRows(g);
    SearchStep.State start = search.start(g, rows);
    SearchStep step = search.steps(g, search.sentences(), Optional.of(rows));
    List<Tensor> results =
        target.loop(
            g,
            search.longest(),
            start.carried(),
            (body, index, carried) -> {
              SearchStep.Result result = step.append(body, index, start.with(carried));
              Tensor live = body.maximumOfAll(body.cast(result.state().live(), ElementType.INT32));
              return new Iteration(
                  body.cast(live, ElementType.BOOL),
                  result.state().carried(),
                  result.choices().tensors());
            });
    int carried = start.carried().size();
    Choices choices = Choices.of(results.subList(carried, results.size()), search.isBeam());
    Tensor made = g.squeeze(g.first(g.shape(choices.tokens()), g.longs(1)), 0);
    Tensor scores = start.with(results.subList(0, carried)).scores();
    return new Search.Found(
        search.settings().normalised(g, scores, g.add(search.sentences().given(), made)),
        choices.map(each -> g.cast(each, ElementType.INT32), each -> each));
  }
}
