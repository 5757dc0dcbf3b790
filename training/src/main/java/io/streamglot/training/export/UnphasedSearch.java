package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.ElementType;
import io.streamglot.training.export.OnnxGraph.Iteration;
import io.streamglot.training.export.OnnxGraph.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One loop that computes every slot until no hypothesis is live: the search of a small batch, and
 * of any on CUDA.
 */
record UnphasedSearch(Search search, GraphTarget target) {

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
    int stateEnd = start.carried().size();
    List<Tensor> initial = counted(start, () -> g.scalar(0L));
    List<Tensor> results =
        g.loop(
            search.longest(),
            initial,
            (body, iteration, carried) -> {
              Tensor index = countsSteps() ? carried.get(stateEnd) : iteration;
              SearchStep.Result result =
                  step.append(body, index, start.with(carried.subList(0, stateEnd)));
              Tensor live = body.maximumOfAll(body.cast(result.state().live(), ElementType.INT32));
              return new Iteration(
                  body.cast(live, ElementType.BOOL),
                  counted(result.state(), () -> body.add(index, body.scalar(1L))),
                  result.stacked());
            });
    List<Tensor> stacked = results.subList(initial.size(), results.size());
    Tensor made = g.squeeze(g.first(g.shape(stacked.get(0)), g.longs(1)), 0);
    return Stream.concat(
            Stream.of(
                settings.normalised(g, start.with(results.subList(0, stateEnd)).scores(), made),
                g.cast(stacked.get(0), ElementType.INT32),
                g.cast(stacked.get(1), ElementType.INT32)),
            stacked.stream().skip(2))
        .toList();
  }

  /** ONNX Runtime has the number of an iteration on the CPU, so CUDA's steps count themselves. */
  private boolean countsSteps() {
    return target == GraphTarget.CUDA;
  }

  /** What the loop carries: the state, and behind it the number of the step if it is counted. */
  private List<Tensor> counted(SearchStep.State state, Supplier<Tensor> index) {
    return countsSteps()
        ? Stream.concat(state.carried().stream(), Stream.of(index.get())).toList()
        : state.carried();
  }
}
