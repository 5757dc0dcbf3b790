package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.Tensor;
import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.model.ModelWeights;

/**
 * A graph under construction with a model that it computes.
 *
 * @param graph where nodes go
 * @param config sizes of the model
 * @param weights its parameters
 * @param prefix of its parameters' names in the graph, which may hold several models
 */
record ModelGraph(OnnxGraph graph, ModelConfig config, ModelWeights weights, String prefix) {

  /** The initializer of a weight, added when first asked for. */
  Tensor weight(String name) {
    return graph.weight(prefix + name, weights.get(name));
  }
}
