package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.Tensor;
import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.model.ModelWeights;

/**
 * A graph under construction with the model that it computes.
 *
 * @param graph where nodes go
 * @param config sizes of the model
 * @param weights its parameters
 */
record ModelGraph(OnnxGraph graph, ModelConfig config, ModelWeights weights) {

  /** The initializer of a weight, added when first asked for. */
  Tensor weight(String name) {
    return graph.weight(name, weights.get(name));
  }
}
