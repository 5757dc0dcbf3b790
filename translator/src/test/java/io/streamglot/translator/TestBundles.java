package io.streamglot.translator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamglot.translator.bundle.BundleManifest;
import io.streamglot.translator.bundle.BundleManifest.Evaluation;
import io.streamglot.translator.bundle.BundleManifest.Limits;
import io.streamglot.translator.bundle.BundleWriter;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.bundle.SearchOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Bundles for tests that look at files and not at translations. */
public final class TestBundles {

  private TestBundles() {}

  /** A manifest with a value for each component. */
  public static BundleManifest manifest() {
    Map<String, String> architecture = new LinkedHashMap<>();
    architecture.put("encoder", "bidirectional LSTM, 1 x 256");
    architecture.put("decoder", "LSTM, 1 x 512");
    return new BundleManifest(
        ModelBundle.FORMAT_VERSION,
        "en-fr",
        "1.0.0",
        "en",
        "fr",
        architecture,
        new Limits(738, 128, 2, 3, 0),
        new SearchOptions(4, 1, 1, 1.5f, 8),
        Map.of(),
        Map.of("seed", "17"),
        List.of(new Evaluation("tatoeba-en-fr/dev", "BLEU", 40.5, "nrefs:var|tok:13a")),
        "CC-BY-2.0");
  }

  /** A folder with the files that a bundle needs; only the tokenizer is a real one. */
  public static Path staging(Path folder, byte[] model) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve(ModelBundle.MODEL), model);
    Files.copy(TestResources.tokenizer(), folder.resolve(ModelBundle.TOKENIZER));
    Files.writeString(folder.resolve(ModelBundle.MODEL_CARD), "# en-fr\n\nÀ lire.\n", UTF_8);
    return folder;
  }

  /** A published bundle whose graph has these bytes. */
  public static ModelBundle publish(Path folder, byte[] model) throws IOException {
    return BundleWriter.publish(
        staging(folder.resolve("staging"), model), manifest(), folder.resolve("bundle"));
  }
}
