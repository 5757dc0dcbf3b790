package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * The encoder's last state as context of every step (Cho et al., 2014): {@code c_t = end}. It is
 * projected once a sentence, before the loop.
 */
final class FixedContextGraph implements ContextGraph {

  private final Tensor projected; // [B, G Hd + E]

  FixedContextGraph(ModelGraph model, EncoderGraph encoder) {
    this.projected = ContextGraph.projection(model).of(model.graph(), encoder.end());
  }

  @Override
  public List<Tensor> sentences() {
    return List.of(projected);
  }

  @Override
  public Optional<String> queryMatrix() {
    return Optional.empty();
  }

  @Override
  public Attended append(OnnxGraph body, Tensor query, List<Tensor> sentences, Rows rows) {
    return new Attended(Optional.empty(), rows.fromSentences(body, sentences.get(0)));
  }
}
