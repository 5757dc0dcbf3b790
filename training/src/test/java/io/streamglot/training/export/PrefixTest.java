package io.streamglot.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.model.ModelWeights;
import io.streamglot.training.shortlist.Shortlist;
import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.decode.Decoder;
import io.streamglot.translator.decode.Hypothesis;
import io.streamglot.translator.decode.Sampling;
import io.streamglot.translator.decode.SearchRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Translations that have to begin with given tokens, against a search in plain Java. */
class PrefixTest {

  private static final int START = 2;
  private static final int END = 3;
  private static final int WORDS = 4;
  private static final float TOLERANCE = 1e-4f;
  private static final ModelConfig SMALL = ModelConfig.bahdanau(300, 16, 12, 20, 10);
  private static final Shortlist SHORTLIST = SmallShortlists.of(300, END);

  @TempDir private Path folder;

  /** What the graphs are made for. */
  GraphTarget target() {
    return GraphTarget.CPU;
  }

  // 24 sentences are searched in phases unless the beam is 1 of 5; so are 3 with a beam of 8.
  @ParameterizedTest
  @CsvSource({
    "1, 24, 1, 1.0, 1.3, 0, 4",
    "2, 5, 1, 0.6, 2.0, 2, 3",
    "3, 24, 4, 1.0, 1.3, 1, 5",
    "4, 2, 4, 0.6, 2.0, 5, 4",
    "5, 24, 4, 0.0, 0.6, 0, 0",
    "6, 3, 8, 1.0, 1.3, 3, 5",
    "7, 1, 8, 2.0, 1.0, 2, 6",
  })
  void findsWhatASearchInPlainJavaFindsThatIsForced(
      long seed, int sentences, int beam, float penalty, float factor, int offset, float endBias)
      throws IOException {
    ModelWeights weights = RandomModels.weights(SMALL, seed, END, endBias);
    List<int[]> sources = List.of(RandomModels.sentences(SMALL, seed, sentences, 14, END));
    SearchOptions options = new SearchOptions(beam, beam, penalty, factor, offset);
    List<int[]> prefixes = prefixes(seed, sources, options);
    PlainBeamSearch plain = new PlainBeamSearch(SMALL, weights, START, END);

    try (Decoder decoder = open(weights)) {
      List<List<Hypothesis>> found =
          decoder.decode(
              new SearchRequest(sources, options).withPrefixes(prefixes).withAttention());
      for (int i = 0; i < sentences; i++) {
        List<Hypothesis> expected = plain.search(sources.get(i), options, null, prefixes.get(i));
        SearchResults.assertSame("sentence " + i, found.get(i), expected, TOLERANCE);
        assertThat(found.get(i)).allMatch(beginsWith(prefixes.get(i)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void findsTheSameForASentenceAloneAsAmongOthersWithOtherPrefixes(int beam) throws IOException {
    ModelWeights weights = RandomModels.weights(SMALL, 11, END, 4);
    List<int[]> sources = List.of(RandomModels.sentences(SMALL, 12, 24, 20, END));
    SearchOptions options = new SearchOptions(beam, beam, 1, 1.5f, 2);
    List<int[]> prefixes = prefixes(13, sources, options);

    try (Decoder decoder = open(weights)) {
      List<List<Hypothesis>> together =
          decoder.decode(new SearchRequest(sources, options).withPrefixes(prefixes));
      for (int i = 0; i < sources.size(); i++) {
        List<Hypothesis> alone =
            decoder
                .decode(
                    new SearchRequest(List.of(sources.get(i)), options)
                        .withPrefixes(List.of(prefixes.get(i))))
                .get(0);
        SearchResults.assertSame("sentence " + i, together.get(i), alone, 1e-5f);
      }
    }
  }

  /** Whatever the shortlist says; and the distribution is over the shortlist and the prefix. */
  @ParameterizedTest
  @CsvSource({"1, 24", "4, 24", "4, 2"})
  void aPrefixMayHaveTokensThatTheShortlistLacks(int beam, int sentences) throws IOException {
    ModelWeights weights = RandomModels.weights(SMALL, 21, END, 4);
    List<int[]> sources = List.of(RandomModels.sentences(SMALL, 22, sentences, 9, END));
    SearchOptions options = new SearchOptions(beam, beam, 1, 1.5f, 4);
    List<int[]> prefixes = prefixes(23, sources, options);
    PlainBeamSearch plain = new PlainBeamSearch(SMALL, weights, START, END);

    int lacking = 0;
    try (Decoder decoder = open(weights, GraphPrecision.FP32, Optional.of(SHORTLIST))) {
      List<List<Hypothesis>> found =
          decoder.decode(
              new SearchRequest(sources, options).withPrefixes(prefixes).withAttention());
      for (int i = 0; i < sentences; i++) {
        BitSet allowed = SmallShortlists.candidates(SHORTLIST, sources.get(i));
        lacking += (int) Arrays.stream(prefixes.get(i)).filter(id -> !allowed.get(id)).count();
        Arrays.stream(prefixes.get(i)).forEach(allowed::set);
        List<Hypothesis> expected = plain.search(sources.get(i), options, allowed, prefixes.get(i));
        SearchResults.assertSame("sentence " + i, found.get(i), expected, TOLERANCE);
      }
    }
    assertThat(lacking).isPositive();
  }

  /** So at each precision a prefix is scored, and leaves the decoder, as the same tokens chosen. */
  @ParameterizedTest
  @EnumSource(GraphPrecision.class)
  void theBeginningOfWhatAGreedySearchFindsChangesNothing(GraphPrecision precision)
      throws IOException {
    assumeThat(target() == GraphTarget.CPU || precision.largestWeight().isEmpty()).isTrue();
    ModelWeights weights = RandomModels.weights(SMALL, 31, END, 4);
    List<int[]> sources = List.of(RandomModels.sentences(SMALL, 32, 24, 12, END));
    SearchOptions options = new SearchOptions(1, 1, 1, 1.5f, 3);
    try (Decoder decoder = open(weights, precision, Optional.of(SHORTLIST))) {
      SearchRequest free = new SearchRequest(sources, options).withAttention();
      List<List<Hypothesis>> expected = decoder.decode(free);
      List<int[]> beginnings =
          expected.stream()
              .map(found -> found.get(0).tokens())
              .map(tokens -> Arrays.copyOf(tokens, (tokens.length + 1) / 2))
              .toList();

      List<List<Hypothesis>> found = decoder.decode(free.withPrefixes(beginnings));

      for (int i = 0; i < sources.size(); i++) {
        SearchResults.assertSame("sentence " + i, found.get(i), expected.get(i), 1e-5f);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(GraphPrecision.class)
  void aPrefixThatTheShortlistLacksIsForcedAtEachPrecision(GraphPrecision precision)
      throws IOException {
    assumeThat(target() == GraphTarget.CPU || precision.largestWeight().isEmpty()).isTrue();
    int[] prefix = {290, 291, 292};
    List<int[]> sources =
        Arrays.stream(RandomModels.sentences(SMALL, 62, 24, 12, END))
            .filter(source -> lacksAll(prefix, source))
            .toList();
    assertThat(sources).hasSizeGreaterThan(12);
    SearchRequest free = new SearchRequest(sources, new SearchOptions(4, 4, 1, 1.5f, 5));
    SearchRequest forced = free.withPrefixes(Collections.nCopies(sources.size(), prefix));

    try (Decoder decoder =
        open(RandomModels.weights(SMALL, 61, END, 4), precision, Optional.of(SHORTLIST))) {
      assertThat(decoder.decode(free))
          .allSatisfy(found -> assertThat(found).noneMatch(beginsWith(prefix)));
      assertThat(decoder.decode(forced))
          .allSatisfy(found -> assertThat(found).hasSize(4).allMatch(beginsWith(prefix)));
      assertThat(decoder.decode(forced.withSampling(new Sampling(1))))
          .allSatisfy(found -> assertThat(found).hasSize(1).allMatch(beginsWith(prefix)));
    }
  }

  private static boolean lacksAll(int[] prefix, int[] source) {
    BitSet candidates = SmallShortlists.candidates(SHORTLIST, source);
    return Arrays.stream(prefix).noneMatch(candidates::get);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "4, 1", "1, 12", "4, 12"})
  void anEndTokenInAPrefixEndsTheHypothesis(int beam, int sentences) throws IOException {
    ModelWeights weights = RandomModels.weights(SMALL, 41, END, 0);
    List<int[]> sources =
        IntStream.range(0, sentences).mapToObj(i -> new int[] {7, 9, END}).toList();
    SearchOptions options = new SearchOptions(beam, beam, 1, 2, 4);
    List<int[]> prefixes = sources.stream().map(source -> new int[] {50, 51, END, 52}).toList();
    float[][] expected =
        new PlainModel(SMALL, weights, START)
            .logProbabilities(new int[] {7, 9, END}, new int[] {50, 51, END});
    float score = (expected[0][50] + expected[1][51] + expected[2][END]) / 3;

    try (Decoder decoder = open(weights)) {
      for (List<Hypothesis> found :
          decoder.decode(
              new SearchRequest(sources, options).withPrefixes(prefixes).withAttention())) {
        assertThat(found).hasSize(1);
        assertThat(found.get(0).tokens()).containsExactly(50, 51);
        assertThat(found.get(0).score()).isCloseTo(score, within(TOLERANCE));
        assertThat(found.get(0).attention()).hasDimensions(2, 3);
      }
    }
  }

  @Test
  void refusesAPrefixThatIsLongerThanItsSentenceMayGet() throws IOException {
    SearchOptions options = new SearchOptions(4, 1, 1, 1, 1);
    SearchRequest request = new SearchRequest(List.of(new int[] {7, 9, END}), options);
    try (Decoder decoder = open(RandomModels.weights(SMALL, 51, END, 0))) {
      assertThat(decoder.decode(request.withPrefixes(List.of(new int[] {5, 6, 7, 8}))))
          .singleElement()
          .satisfies(found -> assertThat(found.get(0).tokens()).containsExactly(5, 6, 7, 8));
      assertThatThrownBy(
              () -> decoder.decode(request.withPrefixes(List.of(new int[] {5, 6, 7, 8, 9}))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "prefix length: expected at most the 4 tokens of the sentence's limit, actual 5");
      assertThatThrownBy(() -> decoder.decode(request.withPrefixes(List.of(new int[] {300}))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("prefix token: expected an id of 0 to 299, actual 300");
    }
  }

  /** Of no tokens, of some, and of as many as the sentence may get; some with the end token. */
  private static List<int[]> prefixes(long seed, List<int[]> sources, SearchOptions options) {
    Random random = new Random(seed);
    List<int[]> prefixes = new ArrayList<>();
    for (int[] source : sources) {
      int most = options.maxTargetTokens(source.length);
      int length = random.nextInt(Math.min(most, 6) + 1);
      int[] prefix =
          random
              .ints(random.nextInt(6) == 0 ? most : length, WORDS, SMALL.vocabularySize())
              .toArray();
      if (prefix.length > 0 && random.nextInt(8) == 0) {
        prefix[prefix.length - 1] = END;
      }
      prefixes.add(prefix);
    }
    return prefixes;
  }

  private static Predicate<Hypothesis> beginsWith(int[] prefix) {
    int[] words = Arrays.stream(prefix).filter(id -> id != END).toArray();
    return found -> Arrays.equals(Arrays.copyOf(found.tokens(), words.length), words);
  }

  private Decoder open(ModelWeights weights) throws IOException {
    return open(weights, GraphPrecision.FP32, Optional.empty());
  }

  private Decoder open(
      ModelWeights weights, GraphPrecision precision, Optional<Shortlist> shortlist)
      throws IOException {
    GraphForm form = new GraphForm(precision, target(), shortlist);
    return Decoders.open(folder, SMALL, List.of(weights), form, START, END);
  }
}
