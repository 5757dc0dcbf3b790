package io.streamglot.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.streamglot.training.TatoebaDev;
import io.streamglot.training.corpus.SentencePair;
import io.streamglot.training.model.ContextType;
import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.model.ModelWeights;
import io.streamglot.training.model.Parameters;
import io.streamglot.training.model.Seq2Seq;
import io.streamglot.training.model.Weight;
import io.streamglot.training.tokenizer.BpeLearner;
import io.streamglot.training.tokenizer.Normalization;
import io.streamglot.training.tokenizer.SpecialTokens;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.decode.Decoder;
import io.streamglot.translator.decode.Hypothesis;
import io.streamglot.translator.decode.Sampling;
import io.streamglot.translator.decode.SearchRequest;
import io.streamglot.translator.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Models of the family with random parameters, as they are exported and served. Each choice of a
 * model (its cell, its context, ...) is a part of the graph, which its neighbours may disturb: any
 * three choices meet in a model here, more do not.
 */
class ModelFamilyTest {

  private static final int START = SpecialTokens.START;
  private static final int END = SpecialTokens.END;
  private static final float END_BIAS = 3;
  private static final float TOLERANCE = 1e-4f;

  /** Of 1 to 5 words, so that a batch has padding. */
  private static final List<String> SENTENCES =
      List.of("Go.", "I am tired.", "Tom is my best friend.");

  private static final ModelDescription DESCRIPTION =
      new ModelDescription(
          "random",
          "1",
          "en",
          "fr",
          60,
          new SearchOptions(2, 1, 1, 1, 2),
          Map.of(),
          List.of(),
          "Apache-2.0",
          "Random weights.\n",
          "recipe: 1\n");

  @TempDir private static Path shared;
  @TempDir private Path folder;

  private static Path tokenizer;
  private static int vocabularySize;

  @BeforeAll
  static void learnVocabulary() throws IOException {
    tokenizer = shared.resolve(ModelBundle.TOKENIZER);
    List<String> text = TatoebaDev.read().pairs().stream().map(SentencePair::source).toList();
    BpeLearner.learn(text, Normalization.NFKC, 400, 0, tokenizer);
    try (Tokenizer opened = Tokenizer.open(tokenizer)) {
      vocabularySize = opened.vocabularySize();
    }
  }

  static Stream<ModelConfig> threeChoicesMeet() {
    return SmallModels.threeChoicesMeet(vocabularySize).stream();
  }

  static Stream<ModelConfig> representative() {
    return SmallModels.representative(vocabularySize).stream();
  }

  static Stream<Arguments> representativeForEachTarget() {
    return representative()
        .flatMap(
            config -> Stream.of(GraphTarget.values()).map(target -> arguments(config, target)));
  }

  /** One of each cell, with all the weights that there are between them. */
  static Stream<ModelConfig> deepest() {
    return representative().filter(config -> config.encoder().layers() == 4);
  }

  @Test
  void anyThreeChoicesMeetInAModel() {
    List<Function<ModelConfig, Object>> choices =
        List.of(
            ModelConfig::cell,
            ModelConfig::context,
            ModelConfig::tying,
            config -> config.encoder().layers(),
            config -> config.encoder().bidirectional(),
            config -> config.decoder().layers());
    List<Integer> values = List.of(3, 4, 3, 4, 2, 2);
    for (int i = 0; i < choices.size(); i++) {
      for (int j = 0; j < i; j++) {
        for (int k = 0; k < j; k++) {
          List<Function<ModelConfig, Object>> three =
              List.of(choices.get(i), choices.get(j), choices.get(k));
          assertThat(
                  threeChoicesMeet()
                      .map(config -> three.stream().map(each -> each.apply(config)).toList())
                      .distinct())
              .as("choices %d, %d and %d", i, j, k)
              .hasSize(values.get(i) * values.get(j) * values.get(k));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("threeChoicesMeet")
  void computesWhatLibtorchComputes(ModelConfig config) throws Exception {
    ModelWeights weights = RandomModels.weights(config, 1, END, END_BIAS);

    BundleExporter.Exported exported = export(config, weights, weights);

    assertThat(exported.parity().sentences()).isEqualTo(SENTENCES.size());
    assertThat(ManifestModel.of(exported.bundle().manifest())).isEqualTo(config);
  }

  @ParameterizedTest
  @MethodSource("deepest")
  void isRefusedIfAnyOfItsWeightsIsNotTheModels(ModelConfig config) {
    ModelWeights weights = RandomModels.weights(config, 2, END, END_BIAS);
    for (String name : weights.asMap().keySet()) {
      assertThatThrownBy(() -> export(config, withOther(weights, name), weights), name)
          .isInstanceOf(ParityException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("representativeForEachTarget")
  void findsWhatASearchInPlainJavaFinds(ModelConfig config, GraphTarget target) throws IOException {
    ModelWeights weights = RandomModels.weights(config, 3, END, END_BIAS);
    List<int[]> sources = List.of(RandomModels.sentences(config, 3, 32, 8, END));
    SearchOptions options = new SearchOptions(4, 4, 1, 1, 2);
    PlainBeamSearch plain = new PlainBeamSearch(config, weights, START, END);

    try (Decoder decoder = open(config, weights, target)) {
      List<List<Hypothesis>> found = decoder.decodeWithAttention(sources, options);
      for (int i = 0; i < sources.size(); i++) {
        List<Hypothesis> expected = plain.search(sources.get(i), options);
        SearchResults.assertSame("sentence " + i, found.get(i), expected, TOLERANCE);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("representativeForEachTarget")
  void findsTheSameForASentenceAloneAsAmongOthers(ModelConfig config, GraphTarget target)
      throws IOException {
    ModelWeights weights = RandomModels.weights(config, 4, END, END_BIAS);
    List<int[]> sources = List.of(RandomModels.sentences(config, 4, 32, 8, END));
    SearchOptions options = new SearchOptions(4, 4, 1, 1, 2);

    try (Decoder decoder = open(config, weights, target)) {
      List<List<Hypothesis>> together = decoder.decodeWithAttention(sources, options);
      for (int i = 0; i < sources.size(); i++) {
        List<Hypothesis> alone =
            decoder.decodeWithAttention(List.of(sources.get(i)), options).get(0);
        SearchResults.assertSame("sentence " + i, together.get(i), alone, TOLERANCE);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("representativeForEachTarget")
  void beginsWithAPrefixAsASearchInPlainJavaDoes(ModelConfig config, GraphTarget target)
      throws IOException {
    ModelWeights weights = RandomModels.weights(config, 7, END, END_BIAS);
    List<int[]> sources = List.of(RandomModels.sentences(config, 7, 6, 8, END));
    List<int[]> prefixes = List.of(new int[0], ids(9), ids(8, 7), ids(6), ids(9, 9), new int[0]);
    SearchOptions options = new SearchOptions(4, 4, 1, 1, 4);
    PlainBeamSearch plain = new PlainBeamSearch(config, weights, START, END);

    try (Decoder decoder = open(config, weights, target)) {
      List<List<Hypothesis>> found =
          decoder.decode(
              new SearchRequest(sources, options).withPrefixes(prefixes).withAttention());
      for (int i = 0; i < sources.size(); i++) {
        List<Hypothesis> expected = plain.search(sources.get(i), options, null, prefixes.get(i));
        SearchResults.assertSame("sentence " + i, found.get(i), expected, TOLERANCE);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("representativeForEachTarget")
  void drawsTheSameLotsForASentenceAloneAsAmongOthers(ModelConfig config, GraphTarget target)
      throws IOException {
    ModelWeights weights = RandomModels.weights(config, 8, END, END_BIAS);
    List<int[]> sources = List.of(RandomModels.sentences(config, 8, 6, 8, END));
    SearchRequest request =
        new SearchRequest(sources, new SearchOptions(1, 1, 1, 1, 4)).withSampling(new Sampling(5));

    try (Decoder decoder = open(config, weights, target)) {
      List<List<Hypothesis>> together = decoder.decode(request);
      for (int i = 0; i < sources.size(); i++) {
        SearchRequest one =
            new SearchRequest(List.of(sources.get(i)), request.options())
                .withSampling(new Sampling(5));
        SearchResults.assertSame(
            "sentence " + i, together.get(i), decoder.decode(one).get(0), TOLERANCE);
      }
    }
  }

  private static int[] ids(int... ids) {
    return ids;
  }

  @ParameterizedTest
  @MethodSource("representative")
  void keepsEveryWeightUnderItsName(ModelConfig config) {
    ModelWeights weights = RandomModels.weights(config, 5, END, END_BIAS);
    ModelProto graph = BeamSearchGraph.build(config, List.of(weights), GraphForm.EXACT, START, END);

    assertThat(OnnxWeights.of(graph, config).asMap()).isEqualTo(weights.asMap());
  }

  @ParameterizedTest
  @MethodSource("representative")
  void hasAnOutputForAttentionUnlessTheContextIsFixed(ModelConfig config) {
    ModelWeights weights = RandomModels.weights(config, 6, END, END_BIAS);
    ModelProto graph = BeamSearchGraph.build(config, List.of(weights), GraphForm.EXACT, START, END);

    List<String> outputs =
        graph.getGraph().getOutputList().stream().map(ValueInfoProto::getName).toList();
    assertThat(outputs.contains("attention")).isEqualTo(config.context() != ContextType.FIXED);
  }

  private Decoder open(ModelConfig config, ModelWeights weights, GraphTarget target)
      throws IOException {
    return Decoders.open(
        folder,
        config,
        List.of(weights),
        new GraphForm(GraphPrecision.FP32, target, Optional.empty()),
        START,
        END);
  }

  /** Exports weights as those of a model that may have others. */
  private BundleExporter.Exported export(
      ModelConfig config, ModelWeights weights, ModelWeights ofModel) throws Exception {
    try (Parameters parameters = Parameters.of(config, ofModel)) {
      Seq2Seq model = new Seq2Seq(parameters, START, SpecialTokens.PAD);
      return new BundleExporter(config, List.of(weights), tokenizer, DESCRIPTION, GraphForm.EXACT)
          .export(folder.resolve("en-fr"), model, SENTENCES);
    }
  }

  private static ModelWeights withOther(ModelWeights weights, String name) {
    Map<String, Weight> changed = new LinkedHashMap<>(weights.asMap());
    Weight weight = changed.get(name);
    float[] values = weight.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = -values[i];
    }
    changed.put(name, new Weight(weight.shape(), values));
    return new ModelWeights(changed);
  }
}
