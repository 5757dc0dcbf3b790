package io.streamglot.translator.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamglot.translator.TestResources;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With the model that ships. */
class DecoderTest {

  /** Where integers round to the other side among other sentences, values differ so much. */
  private static final float ROUNDING = 2e-3f;

  private static final SearchOptions GREEDY = new SearchOptions(1, 1, 1, 1.5f, 8);

  private static ModelBundle bundle;
  private static Decoder decoder;
  private static List<int[]> sources;

  @BeforeAll
  static void open() throws IOException {
    bundle = TestResources.shippedModel();
    decoder = Decoder.open(bundle, DecoderSettings.DEFAULT);
    try (Tokenizer tokenizer = Tokenizer.open(bundle.tokenizerFile())) {
      sources = TestResources.sentences().subList(0, 32).stream().map(tokenizer::encode).toList();
    }
  }

  @AfterAll
  static void close() {
    decoder.close();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "4, 4", "8, 2", "64, 64"})
  void givesDifferentHypothesesBestFirst(int beamSize, int nBest) {
    SearchOptions options = new SearchOptions(beamSize, nBest, 1, 1.5f, 8);

    List<List<Hypothesis>> found = decoder.decode(sources, options);

    assertThat(found).hasSameSizeAs(sources);
    for (List<Hypothesis> hypotheses : found) {
      assertThat(hypotheses).hasSize(nBest);
      assertThat(hypotheses).extracting(h -> -h.score()).isSorted();
      assertThat(hypotheses).extracting(Hypothesis::tokens).doesNotHaveDuplicates();
    }
  }

  @Test
  void givesTokensOfTheVocabularyAndSharesOfTheSource() {
    SearchOptions options = new SearchOptions(4, 4, 1, 1.5f, 8);
    int vocabularySize = bundle.manifest().limits().vocabularySize();
    int endId = bundle.manifest().limits().endId();

    List<List<Hypothesis>> found = decoder.decodeWithAttention(sources, options);

    for (int i = 0; i < found.size(); i++) {
      int length = sources.get(i).length;
      for (Hypothesis hypothesis : found.get(i)) {
        for (int id : hypothesis.tokens()) {
          assertThat(id).isBetween(0, vocabularySize - 1).isNotEqualTo(endId);
        }
        assertThat(hypothesis.attention()).hasDimensions(hypothesis.tokens().length, length);
        for (float[] row : hypothesis.attention()) {
          assertThat(IntStream.range(0, length).mapToDouble(j -> row[j]).sum())
              .isCloseTo(1, within(1e-5));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void findsTheSameAloneAndInABatch(int beamSize) {
    SearchOptions options = GREEDY.withBeamSize(beamSize);

    List<List<Hypothesis>> together = decoder.decodeWithAttention(sources, options);

    for (int i = 0; i < sources.size(); i++) {
      Hypothesis alone =
          decoder.decodeWithAttention(List.of(sources.get(i)), options).get(0).get(0);
      Hypothesis inBatch = together.get(i).get(0);
      assertThat(inBatch.tokens()).isEqualTo(alone.tokens());
      for (int t = 0; t < alone.attention().length; t++) {
        assertThat(inBatch.attention()[t])
            .containsExactly(alone.attention()[t], Offset.offset(ROUNDING));
      }
      assertThat(inBatch.score()).isCloseTo(alone.score(), within(ROUNDING));
    }
  }

  @ParameterizedTest
  @CsvSource({"0.5, 0", "0.1, 0", "0.5, 3", "1.0, 1"})
  void endsEachSentenceAtItsOwnLimit(float factor, int offset) {
    SearchOptions options = new SearchOptions(4, 4, 1, factor, offset);

    List<List<Hypothesis>> found = decoder.decode(sources, options);

    for (int i = 0; i < found.size(); i++) {
      int limit = Math.max(1, (int) Math.floor(factor * sources.get(i).length + offset));
      for (Hypothesis hypothesis : found.get(i)) {
        assertThat(hypothesis.tokens()).hasSizeLessThanOrEqualTo(limit);
      }
    }
  }

  @Test
  void findsTheSameWithoutAttention() {
    SearchOptions options = new SearchOptions(4, 4, 1, 1.5f, 8);
    List<List<Hypothesis>> expected =
        decoder.decodeWithAttention(sources, options).stream()
            .map(hypotheses -> hypotheses.stream().map(DecoderTest::withoutAttention).toList())
            .toList();

    assertThat(decoder.decode(sources, options)).isEqualTo(expected);
  }

  /** The buffers of one search are the next one's: what a larger batch left must not be read. */
  @Test
  void findsTheSameAfterBatchesOfOtherShapesAndWithOtherOptions() {
    List<int[]> few = sources.subList(0, 3);
    List<List<Hypothesis>> expected = decoder.decode(few, GREEDY);

    decoder.decode(sources, new SearchOptions(8, 8, 0, 3, 20));
    decoder.decode(sources.subList(5, 6), GREEDY);

    assertThat(decoder.decode(few, GREEDY)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 7, 1024})
  void findsTheSameHoweverManyHypothesesARunSearches(int hypotheses) throws IOException {
    SearchOptions options = new SearchOptions(4, 4, 1, 2, 10);
    try (Decoder other = Decoder.open(bundle, DecoderSettings.DEFAULT.withHypotheses(hypotheses))) {
      assertThat(other.sentencesInARun(4)).isEqualTo(Math.max(1, hypotheses / 4));
      assertThat(tokens(other.decode(sources, options)))
          .isDeepEqualTo(tokens(decoder.decode(sources, options)));
      assertThat(other.liveRows(sources, options)).isEqualTo(decoder.liveRows(sources, options));
    }
  }

  @Test
  void runsSixteenSentencesWithABeamOfFourOnTheCpu() {
    assertThat(decoder.sentencesInARun(4)).isEqualTo(16);
    assertThat(decoder.sentencesInARun(64)).isEqualTo(1);
  }

  @Test
  void moreCallersThanThreadsWaitAndFindTheSame() throws Exception {
    List<List<Hypothesis>> expected = decoder.decode(sources, GREEDY);
    ExecutorService callers = Executors.newFixedThreadPool(6);
    try (Decoder two = Decoder.open(bundle, new DecoderSettings(2))) {
      List<Future<List<List<Hypothesis>>>> found = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        found.add(callers.submit(() -> two.decode(sources, GREEDY)));
      }
      for (Future<List<List<Hypothesis>>> each : found) {
        assertThat(each.get()).isEqualTo(expected);
      }
    } finally {
      callers.shutdownNow();
    }
  }

  @ParameterizedTest
  @CsvSource({"2.0, 10", "0.5, 0"})
  void aGreedySearchNeedsARowForEachTokenAndOneForTheEnd(float factor, int offset) {
    SearchOptions greedy = new SearchOptions(1, 1, 1, factor, offset);
    List<List<Hypothesis>> found = decoder.decode(sources, greedy);
    long expected = 0;
    for (int i = 0; i < sources.size(); i++) {
      int tokens = found.get(i).get(0).tokens().length;
      expected += Math.min(tokens + 1, greedy.maxTargetTokens(sources.get(i).length));
    }

    assertThat(decoder.liveRows(sources, greedy)).isEqualTo(expected);
    assertThat(decoder.liveRows(List.of(), greedy)).isZero();
  }

  @Test
  void answersNoSentencesWithNothing() {
    assertThat(decoder.decode(List.of(), GREEDY)).isEmpty();
  }

  @Test
  void refusesASentenceWithoutTokens() {
    assertThatThrownBy(() -> decoder.decode(List.of(new int[0]), GREEDY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("source length: expected at least the end token, actual 0");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1_000_000})
  void refusesATokenThatTheVocabularyLacks(int id) {
    assertThatThrownBy(() -> decoder.decode(List.of(new int[] {id, 3}), GREEDY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("source token: expected an id of 0 to ")
        .hasMessageEndingWith("actual " + id);
  }

  @Test
  void closesTwice() throws IOException {
    Decoder closed = Decoder.open(bundle, DecoderSettings.DEFAULT);
    closed.close();
    closed.close();

    assertThatThrownBy(() -> closed.decode(sources, GREEDY))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void hasAThreadForEachProcessorUnlessToldOtherwise() {
    assertThat(DecoderSettings.DEFAULT.threads())
        .isEqualTo(Runtime.getRuntime().availableProcessors());
  }

  @Test
  void aClosedDecoderLeavesAProfileOfItsRuns(@TempDir Path folder) throws IOException {
    Path profile = folder.resolve("run");
    try (Decoder profiled = Decoder.open(bundle, new DecoderSettings(1).withProfile(profile))) {
      assertThat(profiled.decode(sources, GREEDY)).isEqualTo(decoder.decode(sources, GREEDY));
    }

    try (Stream<Path> files = Files.list(folder)) {
      Path written = files.findFirst().orElseThrow();
      assertThat(written.getFileName().toString()).startsWith("run").endsWith(".json");
      assertThat(new ObjectMapper().readTree(written.toFile()).findValuesAsText("op_name"))
          .contains("LogSoftmax");
    }
  }

  @Test
  void needsAThreadAndAHypothesis() {
    assertThatThrownBy(() -> new DecoderSettings(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threads: expected at least 1, actual 0");
    assertThatThrownBy(() -> DecoderSettings.DEFAULT.withHypotheses(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("hypotheses: expected at least 1, actual 0");
  }

  private static int[][] tokens(List<List<Hypothesis>> found) {
    return found.stream().flatMap(List::stream).map(Hypothesis::tokens).toArray(int[][]::new);
  }

  private static Hypothesis withoutAttention(Hypothesis hypothesis) {
    return new Hypothesis(hypothesis.tokens(), hypothesis.score(), new float[0][]);
  }
}
