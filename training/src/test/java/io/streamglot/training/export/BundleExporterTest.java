package io.streamglot.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamglot.training.TatoebaDev;
import io.streamglot.training.corpus.SentencePair;
import io.streamglot.training.export.BundleExporter.Exported;
import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.model.ModelWeights;
import io.streamglot.training.model.Parameters;
import io.streamglot.training.model.Seq2Seq;
import io.streamglot.training.model.TeacherForcing;
import io.streamglot.training.model.Weight;
import io.streamglot.training.tokenizer.BpeLearner;
import io.streamglot.training.tokenizer.Normalization;
import io.streamglot.training.tokenizer.SpecialTokens;
import io.streamglot.translator.bundle.BundleManifest;
import io.streamglot.translator.bundle.BundleManifest.Evaluation;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A libtorch model with its first, random parameters, a learned vocabulary, real sentences. */
class BundleExporterTest {

  private static final SearchOptions SEARCH = new SearchOptions(4, 1, 0.6f, 1.2f, 3);

  @TempDir private static Path shared;
  @TempDir private Path folder;

  private static Path tokenizer;
  private static List<String> sentences;
  private static ModelConfig config;
  private static ModelWeights weights;
  private static Parameters parameters;
  private static Seq2Seq model;

  @BeforeAll
  static void prepare() throws IOException {
    List<SentencePair> pairs = TatoebaDev.read().pairs();
    sentences = pairs.stream().map(SentencePair::source).distinct().limit(100).toList();
    tokenizer = shared.resolve(ModelBundle.TOKENIZER);
    BpeLearner.learn(
        pairs.stream().map(SentencePair::target).toList(), Normalization.NFKC, 600, 0, tokenizer);
    config = ModelConfig.bahdanau(vocabularySize(), 24, 16, 20, 12);
    weights = RandomModels.weights(config, 1, SpecialTokens.END, 3);
    parameters = Parameters.of(config, weights);
    model = new Seq2Seq(parameters, SpecialTokens.START, SpecialTokens.PAD);
  }

  @AfterAll
  static void release() {
    parameters.close();
  }

  @Test
  void publishesABundleThatComputesWhatLibtorchComputes() throws Exception {
    Path target = folder.resolve("models/en-fr");
    Exported exported = exporter(weights).export(target, model, sentences);

    assertThat(exported.parity().sentences()).isEqualTo(100);
    assertThat(exported.parity().hypotheses()).isEqualTo(400);
    assertThat(exported.parity().greedyTokens()).isGreaterThan(100);
    assertThat(exported.parity().largestDifference()).isLessThan(ParityCheck.TOLERANCE);

    BundleManifest manifest = ModelBundle.open(target).manifest();
    assertThat(manifest.name()).isEqualTo("en-fr");
    assertThat(manifest.limits())
        .isEqualTo(new BundleManifest.Limits(config.vocabularySize(), 60, 2, 3, 0));
    assertThat(manifest.search()).isEqualTo(SEARCH);
    assertThat(manifest.architecture())
        .containsAllEntriesOf(new Architecture(config, 1).properties())
        .containsEntry("precision", "fp32");
    assertThat(manifest.training()).containsEntry("data", "none");
    assertThat(manifest.evaluation()).hasSize(1);
    assertThat(Files.readString(target.resolve(ModelBundle.MODEL_CARD))).isEqualTo("# Random\n");
    assertThat(Files.readString(target.resolve(ModelBundle.RECIPE))).isEqualTo("recipe: 1\n");
    assertThat(manifest.files()).containsKey(ModelBundle.RECIPE);
    assertThat(list(target.getParent())).containsExactly("en-fr");
  }

  static Stream<String> refusesAGraphWithOneWeightThatIsNotTheModels() {
    return ModelWeights.shapes(ModelConfig.bahdanau(1, 1, 1, 1, 1)).keySet().stream();
  }

  @ParameterizedTest
  @MethodSource
  void refusesAGraphWithOneWeightThatIsNotTheModels(String name) throws IOException {
    Path target = folder.resolve("en-fr");
    BundleExporter exporter = exporter(withOneChange(name));

    assertThatThrownBy(() -> exporter.export(target, model, sentences))
        .isInstanceOf(ParityException.class)
        .hasMessageMatching("'.*': .*: expected .*, actual .*");
    assertThat(list(folder)).isEmpty();
  }

  @Test
  void leavesAnOlderBundleInPlaceWhenItRefuses() throws IOException {
    Path target = folder.resolve("en-fr");
    ModelBundle older = exporter(weights).exportUnchecked(target);
    BundleExporter exporter = exporter(withOneChange("output.b"));

    assertThatThrownBy(() -> exporter.export(target, model, sentences))
        .isInstanceOf(ParityException.class);
    assertThat(ModelBundle.open(target).manifest()).isEqualTo(older.manifest());
  }

  @Test
  void refusesASearchThatDoesNotChooseTheMostProbableToken() {
    // Gives the chosen tokens what the graph gives them, and every other token more.
    TeacherForcing other =
        (source, target) -> {
          float[][] rows = model.logProbabilities(source, target);
          for (int t = 0; t < target.length; t++) {
            float chosen = rows[t][target[t]];
            Arrays.fill(rows[t], 0);
            rows[t][target[t]] = chosen;
          }
          return rows;
        };
    assertThatThrownBy(() -> exporter(weights).export(folder.resolve("en-fr"), other, sentences))
        .isInstanceOf(ParityException.class)
        .hasMessageContaining("token 1 of greedy search, after []");
  }

  @Test
  void refusesAModelThatComputesNoNumbers() {
    TeacherForcing broken =
        (source, target) -> {
          float[][] rows = new float[target.length][config.vocabularySize()];
          for (float[] row : rows) {
            Arrays.fill(row, Float.NaN);
          }
          return rows;
        };
    assertThatThrownBy(() -> exporter(weights).export(folder.resolve("en-fr"), broken, sentences))
        .isInstanceOf(ParityException.class)
        .hasMessageContaining("expected NaN");
  }

  @Test
  void refusesATokenizerOfAnotherVocabulary() {
    ModelConfig smaller = ModelConfig.bahdanau(config.vocabularySize() - 1, 24, 16, 20, 12);
    BundleExporter exporter =
        new BundleExporter(
            smaller,
            List.of(RandomModels.weights(smaller, 1, 3, 0)),
            tokenizer,
            description(),
            GraphForm.EXACT);
    assertThatThrownBy(() -> exporter.exportUnchecked(folder.resolve("en-fr")))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "%s: vocabulary size: expected %d (the model's), actual %d"
                .formatted(tokenizer, smaller.vocabularySize(), config.vocabularySize()));
  }

  @Test
  void refusesToCompareOnNothing() {
    assertThatThrownBy(
            () -> exporter(weights).export(folder.resolve("en-fr"), model, List.of("a".repeat(99))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected at least one of at most 60 tokens, actual none of 1");
  }

  private static BundleExporter exporter(ModelWeights weights) {
    return new BundleExporter(config, List.of(weights), tokenizer, description(), GraphForm.EXACT);
  }

  private static ModelDescription description() {
    return new ModelDescription(
        "en-fr",
        "1.0.0",
        "en",
        "fr",
        60,
        SEARCH,
        Map.of("data", "none"),
        List.of(new Evaluation("tatoeba-en-fr/dev", "BLEU", 0.1, "nrefs:var")),
        "CC-BY-2.0",
        "# Random\n",
        "recipe: 1\n");
  }

  private static ModelWeights withOneChange(String name) {
    Map<String, Weight> changed = new LinkedHashMap<>(weights.asMap());
    Weight weight = changed.get(name);
    float[] values = weight.values().clone();
    values[values.length / 2] += 1;
    changed.put(name, new Weight(weight.shape(), values));
    return new ModelWeights(changed);
  }

  private static int vocabularySize() throws IOException {
    try (Tokenizer opened = Tokenizer.open(tokenizer)) {
      return opened.vocabularySize();
    }
  }

  private static List<String> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
