package io.streamglot.training.export;

import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.model.ModelWeights;
import io.streamglot.translator.bundle.BundleManifest;
import io.streamglot.translator.bundle.BundleManifest.Limits;
import io.streamglot.translator.bundle.BundleWriter;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.decode.Decoder;
import io.streamglot.translator.decode.DecoderSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The decoder that serves, opened with the graph of any models. */
final class Decoders {

  /** Sentences of a test meet in one run of the graph. */
  private static final int ONE_RUN = 4096;

  private Decoders() {}

  /** The decoder takes ids, so the bundle gets a tokenizer file that nobody opens. */
  static Decoder open(
      Path folder, ModelConfig config, List<ModelWeights> members, int start, int end)
      throws IOException {
    return open(folder, config, members, GraphForm.EXACT, start, end);
  }

  /** The same with the graph in another form, and its shortlist used. */
  static Decoder open(
      Path folder,
      ModelConfig config,
      List<ModelWeights> members,
      GraphForm form,
      int start,
      int end)
      throws IOException {
    return open(folder, config, members, form, start, end, true);
  }

  /** The same with or without its shortlist. */
  static Decoder open(
      Path folder,
      ModelConfig config,
      List<ModelWeights> members,
      GraphForm form,
      int start,
      int end,
      boolean shortlist)
      throws IOException {
    Path staging = Files.createDirectories(folder.resolve("staging"));
    byte[] model = BeamSearchGraph.build(config, members, form, start, end).toByteArray();
    Files.write(staging.resolve(ModelBundle.MODEL), model);
    Files.writeString(staging.resolve(ModelBundle.TOKENIZER), "{}");
    Files.writeString(staging.resolve(ModelBundle.MODEL_CARD), "Random weights.\n");
    BundleManifest manifest =
        new BundleManifest(
            ModelBundle.FORMAT_VERSION,
            "random",
            "1",
            "en",
            "fr",
            Map.of(),
            new Limits(config.vocabularySize(), 100, start, end, 0),
            new SearchOptions(4, 1, 1, 1.5f, 2),
            Map.of(),
            Map.of(),
            List.of(),
            "Apache-2.0");
    ModelBundle bundle = BundleWriter.publish(staging, manifest, folder.resolve("bundle"));
    return Decoder.open(
        bundle, DecoderSettings.DEFAULT.withShortlist(shortlist).withHypotheses(ONE_RUN));
  }
}
