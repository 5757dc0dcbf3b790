package io.streamglot.training.export;

import io.streamglot.training.model.ContextType;
import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.model.ModelWeights;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a bundle computes in words: for its manifest, and for people.
 *
 * @param config sizes of each model
 * @param members models that decide together, at least 1
 */
public record Architecture(ModelConfig config, int members) {

  /**
   * All that tells it from others, by name; values as in a recipe. The vocabulary is among the
   * manifest's limits.
   */
  Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("members", Integer.toString(members));
    properties.put("cell", lowerCase(config.cell()));
    properties.put("embeddingSize", Integer.toString(config.embeddingSize()));
    properties.put("tying", lowerCase(config.tying()));
    properties.put(
        "encoderDirection", config.encoder().bidirectional() ? "bidirectional" : "unidirectional");
    properties.put("encoderLayers", Integer.toString(config.encoder().layers()));
    properties.put("encoderSize", Integer.toString(config.encoder().size()));
    properties.put("context", lowerCase(config.context()));
    if (config.context() == ContextType.ADDITIVE) {
      properties.put("attentionSize", Integer.toString(config.attentionSize()));
    }
    properties.put("decoderLayers", Integer.toString(config.decoder().layers()));
    properties.put("decoderSize", Integer.toString(config.decoder().size()));
    properties.put("parameters", Long.toString(parameters()));
    return properties;
  }

  /**
   * The layers as a list, such as "a bidirectional LSTM encoder of 1 x 256 units, additive
   * attention of 256, an LSTM decoder of 1 x 384, embeddings of 256 for 6,000 tokens".
   */
  public String summary() {
    return members == 1 ? member() : members + " models that decide together, each of " + member();
  }

  private String member() {
    return String.format(
        Locale.ROOT,
        "a %s %s encoder of %d x %d units, %s, %s decoder of %d x %d, embeddings of %d for %,d tokens",
        config.encoder().bidirectional() ? "bidirectional" : "unidirectional",
        config.cell(),
        config.encoder().layers(),
        config.encoder().size(),
        context(),
        cellWithArticle(),
        config.decoder().layers(),
        config.decoder().size(),
        config.embeddingSize(),
        config.vocabularySize());
  }

  private String context() {
    return switch (config.context()) {
      case FIXED -> "a fixed context";
      case ADDITIVE -> "additive attention of " + config.attentionSize();
      case DOT -> "dot-product attention";
      case GENERAL -> "general attention";
    };
  }

  private String cellWithArticle() {
    return switch (config.cell()) {
      case RNN -> "an RNN";
      case GRU -> "a GRU";
      case LSTM -> "an LSTM";
    };
  }

  private long parameters() {
    return members
        * ModelWeights.shapes(config).values().stream()
            .mapToLong(shape -> Arrays.stream(shape).reduce(1, Math::multiplyExact))
            .sum();
  }

  private static String lowerCase(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
