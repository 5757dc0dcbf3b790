package io.streamglot.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.streamglot.training.model.CellType;
import io.streamglot.training.model.ContextType;
import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.model.ModelWeights;
import io.streamglot.training.model.Tying;
import io.streamglot.training.shortlist.Shortlist;
import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.decode.Decoder;
import io.streamglot.translator.decode.Hypothesis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a graph gains by not being exact: integers, halves, a shortlist, pruning. */
class ServedFormsTest {

  private static final int START = 2;
  private static final int END = 3;
  private static final ModelConfig SMALL = ModelConfig.bahdanau(300, 16, 12, 20, 10);
  private static final ModelConfig DEEP =
      new ModelConfig(
          CellType.GRU,
          300,
          16,
          Tying.NONE,
          new ModelConfig.Encoder(10, 2, true),
          new ModelConfig.Decoder(20, 2),
          ContextType.GENERAL,
          10);

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"FP16, 1", "FP16, 4", "INT8, 1", "INT8, 4", "INT8_VNNI, 4"})
  void findsWhatASearchInPlainJavaFindsWithTheWeightsOfTheFile(GraphPrecision precision, int beam)
      throws IOException {
    assumeTrue(
        precision != GraphPrecision.INT8_VNNI || hasVnni(),
        "expected a CPU with VNNI (a flag of /proc/cpuinfo), for which alone this is made");
    for (ModelConfig config : List.of(SMALL, DEEP)) {
      ModelWeights weights = RandomModels.weights(config, 7, END, 4);
      GraphForm form = new GraphForm(precision, Optional.empty());
      ModelProto file = BeamSearchGraph.build(config, List.of(weights), form, START, END);
      PlainModel model =
          new PlainModel(
              config,
              OnnxWeights.of(file, config),
              OnnxWeights.output(file, config),
              START,
              precision.largestWeight().isPresent());
      PlainBeamSearch plain = new PlainBeamSearch(model, START, END);
      SearchOptions options = new SearchOptions(beam, 1, 1, 1.5f, 2);
      List<int[]> sources = sources(config, 60);

      int same = 0;
      try (Decoder decoder = open(config, weights, form)) {
        List<List<Hypothesis>> found = decoder.decode(sources, options);
        for (int i = 0; i < sources.size(); i++) {
          Hypothesis expected = plain.search(sources.get(i), options).get(0);
          Hypothesis actual = found.get(i).get(0);
          if (Arrays.equals(actual.tokens(), expected.tokens())) {
            same++;
            assertThat(actual.score()).isCloseTo(expected.score(), within(5e-3f));
          }
        }
      }
      // A sum that lies on the edge between two integers may fall on either side.
      assertThat(same).as("%s, %s", precision, config.cell()).isGreaterThanOrEqualTo(57);
    }
  }

  @Test
  void integersChangeWhatIsComputed() throws IOException {
    ModelWeights weights = RandomModels.weights(SMALL, 7, END, 4);
    SearchOptions options = new SearchOptions(4, 1, 1, 1.5f, 2);
    List<int[]> sources = sources(SMALL, 10);
    try (Decoder exact = open(SMALL, weights, GraphForm.EXACT);
        Decoder integers =
            open(SMALL, weights, new GraphForm(GraphPrecision.INT8, Optional.empty()))) {
      assertThat(exact.decode(sources, options).get(0).get(0).score())
          .isNotCloseTo(integers.decode(sources, options).get(0).get(0).score(), within(1e-5f));
    }
  }

  @ParameterizedTest
  @EnumSource(GraphPrecision.class)
  void theCompanyOfASentenceDoesNotMatterWhateverTheForm(GraphPrecision precision)
      throws IOException {
    ModelWeights weights = RandomModels.weights(SMALL, 9, END, 4);
    List<int[]> sources = sources(SMALL, 40);
    SearchOptions options = new SearchOptions(4, 1, 1, 1.5f, 2, 0.8f);
    try (Decoder decoder =
        open(SMALL, weights, new GraphForm(precision, Optional.of(SmallShortlists.of(300, END))))) {
      List<List<Hypothesis>> together = decoder.decode(sources, options);
      for (int i = 0; i < sources.size(); i++) {
        Hypothesis alone = decoder.decode(List.of(sources.get(i)), options).get(0).get(0);
        assertThat(alone.tokens()).isEqualTo(together.get(i).get(0).tokens());
        assertThat(alone.score()).isCloseTo(together.get(i).get(0).score(), within(1e-5f));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 20})
  void aShortlistLeavesTheSearchAmongItsTokens(int beam) throws IOException {
    Shortlist shortlist = SmallShortlists.of(300, END);
    ModelWeights weights = RandomModels.weights(SMALL, 5, END, 4);
    PlainBeamSearch plain = new PlainBeamSearch(SMALL, weights, START, END);
    SearchOptions options = new SearchOptions(beam, beam, 1, 1.5f, 2);
    List<int[]> sources = sources(SMALL, 30);
    GraphForm form = new GraphForm(GraphPrecision.FP32, Optional.of(shortlist));

    try (Decoder decoder = open(SMALL, weights, form)) {
      List<List<Hypothesis>> found = decoder.decodeWithAttention(sources, options);
      for (int i = 0; i < sources.size(); i++) {
        List<Hypothesis> expected =
            plain.search(
                sources.get(i), options, SmallShortlists.candidates(shortlist, sources.get(i)));
        SearchResults.assertSame("sentence " + i, found.get(i), expected, 1e-4f);
      }
    }
  }

  @Test
  void aShortlistThatIsNotWantedChangesNothing() throws IOException {
    ModelWeights weights = RandomModels.weights(SMALL, 5, END, 4);
    PlainBeamSearch plain = new PlainBeamSearch(SMALL, weights, START, END);
    SearchOptions options = new SearchOptions(4, 4, 1, 1.5f, 2);
    GraphForm form = new GraphForm(GraphPrecision.FP32, Optional.of(SmallShortlists.of(300, END)));

    try (Decoder decoder =
        Decoders.open(folder, SMALL, List.of(weights), form, START, END, false)) {
      for (int[] source : sources(SMALL, 10)) {
        SearchResults.assertSame(
            "all tokens",
            decoder.decodeWithAttention(List.of(source), options).get(0),
            plain.search(source, options),
            1e-4f);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 0.5", "1, 0.9", "40, 0.5", "40, 0.9"})
  void prunesAsASearchInPlainJava(int batch, float pruning) throws IOException {
    ModelWeights weights = RandomModels.weights(SMALL, 3, END, 6);
    PlainBeamSearch plain = new PlainBeamSearch(SMALL, weights, START, END);
    SearchOptions options = new SearchOptions(4, 1, 1, 2, 5, pruning);
    List<int[]> sources = sources(SMALL, 40);

    try (Decoder decoder = open(SMALL, weights, GraphForm.EXACT)) {
      List<List<Hypothesis>> found = new ArrayList<>();
      for (int from = 0; from < sources.size(); from += batch) {
        found.addAll(decoder.decodeWithAttention(sources.subList(from, from + batch), options));
      }
      for (int i = 0; i < sources.size(); i++) {
        List<Hypothesis> expected = plain.search(sources.get(i), options).subList(0, 1);
        SearchResults.assertSame("sentence " + i, found.get(i), expected, 1e-4f);
      }
    }
  }

  @Test
  void pruningSavesRows() throws IOException {
    ModelWeights weights = RandomModels.weights(SMALL, 3, END, 6);
    List<int[]> sources = sources(SMALL, 40);
    SearchOptions all = new SearchOptions(4, 1, 1, 2, 5);
    try (Decoder decoder = open(SMALL, weights, GraphForm.EXACT)) {
      assertThat(rows(decoder, sources, all.withPruning(0.9f)))
          .isLessThan(rows(decoder, sources, all));
    }
  }

  private static boolean hasVnni() throws IOException {
    return Files.readString(Path.of("/proc/cpuinfo")).contains("_vnni");
  }

  private static int rows(Decoder decoder, List<int[]> sources, SearchOptions options) {
    return (int) decoder.liveRows(sources, options);
  }

  private Decoder open(ModelConfig config, ModelWeights weights, GraphForm form)
      throws IOException {
    return Decoders.open(folder, config, List.of(weights), form, START, END);
  }

  private static List<int[]> sources(ModelConfig config, int count) {
    return List.of(RandomModels.sentences(config, 12, count, 14, END));
  }
}
