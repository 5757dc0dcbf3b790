package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.Tensor;
import io.streamglot.training.model.ContextType;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The decoder: where it starts, and its {@linkplain DecoderStep steps}. */
final class DecoderGraph {

  private final ModelGraph model;
  private final ContextGraph context;
  private final Optional<Candidates> candidates;
  private final TokenInput input;
  private final OutputLayer output;
  private final List<CellGraph> layers;

  DecoderGraph(ModelGraph model, ContextGraph context, Optional<Candidates> candidates) {
    this.candidates = candidates;
    this.input = new TokenInput(model);
    this.output = new OutputLayer(model, candidates);
    this.model = model;
    this.context = context;
    this.layers =
        IntStream.rangeClosed(1, model.config().decoder().layers())
            .mapToObj(layer -> new CellGraph(model, layer))
            .toList();
  }

  /**
   * Appends the states before the first step.
   *
   * @param initial float [B, L Hd]: the layers' hidden states side by side
   * @return the states as the loop carries them, those of each {@link CellGraph} in turn; each
   *     float [B, Hd], for a sentence starts with one hypothesis
   */
  List<Tensor> start(Tensor initial) {
    OnnxGraph g = model.graph();
    long units = model.config().decoder().size();
    List<Tensor> hidden = g.split(initial, layers.stream().mapToLong(layer -> units).toArray());
    return IntStream.range(0, layers.size())
        .mapToObj(i -> layers.get(i).start(g, hidden.get(i)))
        .flatMap(List::stream)
        .toList();
  }

  /** Whether its steps give attention. */
  boolean hasAttention() {
    return model.config().context() != ContextType.FIXED;
  }

  /** {@link ContextGraph#sentences}, and the penalties of {@link Candidates} if there are. */
  List<Tensor> sentences() {
    return Stream.concat(
            context.sentences().stream(), candidates.map(Candidates::penalties).stream())
        .toList();
  }

  /** The steps of a loop in a graph. */
  DecoderStep steps(OnnxGraph around) {
    return new DecoderStep(model, context, input, output, layers, around);
  }
}
