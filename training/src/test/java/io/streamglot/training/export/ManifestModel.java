package io.streamglot.training.export;

import io.streamglot.training.model.CellType;
import io.streamglot.training.model.ContextType;
import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.model.Tying;
import io.streamglot.translator.bundle.BundleManifest;
import java.util.Locale;
import java.util.Map;

/** The model that a manifest describes, read back from its architecture. */
final class ManifestModel {

  private ManifestModel() {}

  /** Without an attention size, which only additive attention has, that is 1. */
  static ModelConfig of(BundleManifest manifest) {
    Map<String, String> architecture = manifest.architecture();
    return new ModelConfig(
        choice(CellType.class, architecture.get("cell")),
        manifest.limits().vocabularySize(),
        number(architecture, "embeddingSize"),
        choice(Tying.class, architecture.get("tying")),
        new ModelConfig.Encoder(
            number(architecture, "encoderSize"),
            number(architecture, "encoderLayers"),
            architecture.get("encoderDirection").equals("bidirectional")),
        new ModelConfig.Decoder(
            number(architecture, "decoderSize"), number(architecture, "decoderLayers")),
        choice(ContextType.class, architecture.get("context")),
        architecture.containsKey("attentionSize") ? number(architecture, "attentionSize") : 1);
  }

  private static int number(Map<String, String> architecture, String name) {
    return Integer.parseInt(architecture.get(name));
  }

  private static <E extends Enum<E>> E choice(Class<E> type, String value) {
    return Enum.valueOf(type, value.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
