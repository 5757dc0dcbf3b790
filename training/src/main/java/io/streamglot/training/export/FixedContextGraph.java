package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.Tensor;
import java.util.Optional;

/**
 * The encoder's last state as context of every step (Cho et al., 2014): {@code c_t = end}. It is
 * projected once a sentence, before the loop.
 */
final class FixedContextGraph implements ContextGraph {

  private final Attended attended;

  FixedContextGraph(ModelGraph model, EncoderGraph encoder, Beam beam) {
    OnnxGraph g = model.graph();
    Tensor projected = g.linear(encoder.end(), ContextGraph.matrix(model)); // [B, G Hd + E]
    Tensor rows = beam.rows(g, projected, ContextGraph.width(model.config()));
    this.attended = new Attended(Optional.empty(), rows);
  }

  @Override
  public Optional<Tensor> queryMatrix() {
    return Optional.empty();
  }

  @Override
  public Attended append(OnnxGraph body, Tensor query) {
    return attended;
  }
}
