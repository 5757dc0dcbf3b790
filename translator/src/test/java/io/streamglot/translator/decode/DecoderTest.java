package io.streamglot.translator.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.streamglot.translator.TestResources;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.text.Tokenizer;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With the model that ships. */
class DecoderTest {

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

    List<List<Hypothesis>> found = decoder.decode(sources, options);

    for (int i = 0; i < found.size(); i++) {
      int length = sources.get(i).length;
      for (Hypothesis hypothesis : found.get(i)) {
        assertThat(hypothesis.tokens()).allMatch(id -> id >= 0 && id < vocabularySize);
        assertThat(hypothesis.tokens()).doesNotContain(endId);
        assertThat(hypothesis.attention()).hasDimensions(hypothesis.tokens().size(), length);
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

    List<List<Hypothesis>> together = decoder.decode(sources, options);

    for (int i = 0; i < sources.size(); i++) {
      Hypothesis alone = decoder.decode(List.of(sources.get(i)), options).get(0).get(0);
      Hypothesis inBatch = together.get(i).get(0);
      assertThat(inBatch.tokens()).isEqualTo(alone.tokens());
      for (int t = 0; t < alone.attention().length; t++) {
        assertThat(inBatch.attention()[t])
            .containsExactly(alone.attention()[t], Offset.offset(1e-4f));
      }
      assertThat(inBatch.score()).isCloseTo(alone.score(), within(1e-4f));
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
  void findsTheSameWithMoreThreads() throws IOException {
    try (Decoder threads = Decoder.open(bundle, new DecoderSettings(2))) {
      List<List<Hypothesis>> expected = decoder.decode(sources, GREEDY);
      List<List<Hypothesis>> actual = threads.decode(sources, GREEDY);
      for (int i = 0; i < sources.size(); i++) {
        assertThat(actual.get(i).get(0).tokens()).isEqualTo(expected.get(i).get(0).tokens());
      }
    }
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
  void needsAThread() {
    assertThatThrownBy(() -> new DecoderSettings(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("intra-op threads: expected at least 1, actual 0");
  }
}
