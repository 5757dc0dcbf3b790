package io.streamglot.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Translations drawn by lot, against a sampler in plain Java that has the same lots. */
class SamplingTest {

  private static final int START = 2;
  private static final int END = 3;
  private static final ModelConfig SMALL = ModelConfig.bahdanau(300, 16, 12, 20, 10);
  private static final SearchOptions OPTIONS = new SearchOptions(4, 2, 0.8f, 1.5f, 2, 0.5f);

  @TempDir private Path folder;

  /** What the graphs are made for. */
  GraphTarget target() {
    return GraphTarget.CPU;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 24, 1.0, 0, 1.0",
    "2, 24, 0.5, 0, 1.0",
    "3, 24, 3.0, 7, 1.0",
    "4, 24, 1.0, 0, 0.6",
    "5, 24, 1.5, 20, 0.3",
    "6, 24, 1.0, 1000, 0.999",
    "7, 3, 1.0, 0, 1.0",
    "8, 3, 1.5, 9, 0.8",
  })
  void drawsWhatASamplerInPlainJavaDraws(
      long seed, int sentences, float temperature, int topK, float topP) throws IOException {
    ModelWeights weights = RandomModels.weights(SMALL, seed, END, 4);
    List<int[]> sources = List.of(RandomModels.sentences(SMALL, seed, sentences, 14, END));
    Sampling sampling = new Sampling(temperature, topK, topP, seed);
    List<int[]> prefixes =
        sources.stream().map(source -> Arrays.copyOf(new int[] {40, 41}, source[0] % 3)).toList();
    PlainSampler plain = new PlainSampler(SMALL, weights, START, END);

    try (Decoder decoder = open(weights)) {
      SearchRequest request =
          new SearchRequest(sources, OPTIONS).withPrefixes(prefixes).withSampling(sampling);
      List<List<Hypothesis>> found = decoder.decode(request);
      for (int i = 0; i < sentences; i++) {
        PlainSampler.Drawn expected =
            plain.draw(sources.get(i), prefixes.get(i), OPTIONS, sampling, null);
        assertThat(found.get(i)).as("sentence %d", i).hasSize(1);
        assertThat(found.get(i).get(0).tokens()).isEqualTo(expected.tokens());
        assertThat((double) found.get(i).get(0).score()).isCloseTo(expected.score(), within(1e-4));
      }
    }
  }

  /** However hot: a batch computes what any of its sentences may use. */
  @ParameterizedTest
  @ValueSource(floats = {1, 10, Sampling.MAX_TEMPERATURE})
  void drawsWhatASamplerInPlainJavaDrawsFromTheShortlistOfTheSentence(float temperature)
      throws IOException {
    ModelWeights weights = RandomModels.weights(SMALL, 41, END, 4);
    List<int[]> sources = List.of(RandomModels.sentences(SMALL, 42, 24, 14, END));
    Shortlist shortlist = SmallShortlists.of(SMALL.vocabularySize(), END);
    Sampling sampling = new Sampling(temperature, 0, 1, 7);
    PlainSampler plain = new PlainSampler(SMALL, weights, START, END);
    GraphForm form = new GraphForm(GraphPrecision.FP32, target(), Optional.of(shortlist));

    try (Decoder decoder = Decoders.open(folder, SMALL, List.of(weights), form, START, END)) {
      List<List<Hypothesis>> found =
          decoder.decode(new SearchRequest(sources, OPTIONS).withSampling(sampling));
      for (int i = 0; i < sources.size(); i++) {
        BitSet candidates = SmallShortlists.candidates(shortlist, sources.get(i));
        PlainSampler.Drawn expected =
            plain.draw(sources.get(i), new int[0], OPTIONS, sampling, candidates);
        assertThat(found.get(i).get(0).tokens()).as("sentence %d", i).isEqualTo(expected.tokens());
        assertThat((double) found.get(i).get(0).score()).isCloseTo(expected.score(), within(1e-4));
      }
    }
  }

  /** Alone, where no step of the batch draws anything, and among sentences that go on. */
  @ParameterizedTest
  @ValueSource(ints = {1, 12})
  void aPrefixThatEndsWithTheEndTokenLeavesNothingToDraw(int sentences) throws IOException {
    List<int[]> sources = List.of(RandomModels.sentences(SMALL, 52, sentences, 9, END));
    List<int[]> prefixes = new ArrayList<>(Collections.nCopies(sentences, new int[0]));
    prefixes.set(0, new int[] {50, 51, END});
    ModelWeights weights = RandomModels.weights(SMALL, 51, END, 0);
    float[][] expected =
        new PlainModel(SMALL, weights, START).logProbabilities(sources.get(0), prefixes.get(0));
    double sum = (double) expected[0][50] + expected[1][51] + expected[2][END];
    SearchRequest request =
        new SearchRequest(sources, OPTIONS)
            .withPrefixes(prefixes)
            .withSampling(new Sampling(3))
            .withAttention();

    try (Decoder decoder = open(weights)) {
      List<List<Hypothesis>> found = decoder.decode(request);

      Hypothesis ended = found.get(0).get(0);
      assertThat(ended.tokens()).containsExactly(50, 51);
      assertThat((double) ended.score())
          .isCloseTo(sum / Math.pow(3, OPTIONS.lengthPenalty()), within(1e-4));
      assertThat(ended.attention()).hasDimensions(2, sources.get(0).length);
      assertThat(found.subList(1, sentences)).allMatch(others -> others.get(0).tokens().length > 0);
    }
  }

  @Test
  void drawsTheSameForASentenceAloneAsAmongOthersAndInAnotherPlace() throws IOException {
    List<int[]> sources = List.of(RandomModels.sentences(SMALL, 12, 24, 14, END));
    Sampling sampling = new Sampling(5);
    try (Decoder decoder = open(RandomModels.weights(SMALL, 11, END, 4))) {
      List<List<Hypothesis>> together =
          decoder.decode(
              new SearchRequest(sources, OPTIONS).withSampling(sampling).withAttention());
      for (int i = 0; i < sources.size(); i++) {
        SearchRequest alone =
            new SearchRequest(List.of(sources.get(i)), OPTIONS)
                .withSampling(sampling)
                .withAttention();
        SearchResults.assertSame(
            "sentence " + i, decoder.decode(alone).get(0), together.get(i), 1e-5f);
      }
    }
  }

  @Test
  void anotherSeedDrawsOthers() throws IOException {
    List<int[]> sources = List.of(RandomModels.sentences(SMALL, 22, 24, 14, END));
    SearchRequest request = new SearchRequest(sources, OPTIONS);
    try (Decoder decoder = open(RandomModels.weights(SMALL, 21, END, 0))) {
      assertThat(decoder.decode(request.withSampling(new Sampling(1))))
          .isNotEqualTo(decoder.decode(request.withSampling(new Sampling(2))));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 1", "1, 1, 1", "0, 5, 0.5", "7, 1, 0.1", "1, 0, 1e-6"})
  void withOneTokenToChooseFromItIsGreedySearch(float temperature, int topK, float topP)
      throws IOException {
    List<int[]> sources = List.of(RandomModels.sentences(SMALL, 32, 24, 14, END));
    Sampling sampling = new Sampling(temperature, topK, topP, 9);
    try (Decoder decoder = open(RandomModels.weights(SMALL, 31, END, 4))) {
      assertThat(decoder.decode(new SearchRequest(sources, OPTIONS).withSampling(sampling)))
          .isEqualTo(decoder.decode(sources, OPTIONS.withBeamSize(1)));
    }
  }

  /**
   * Chi-square of 6,000 sentences of at most two tokens, of a vocabulary of five. With four tokens
   * that may be followed by any of five, and one that ends, there are 21 outcomes: 20 degrees of
   * freedom, of which one sample in a thousand is above 45.3.
   */
  @ParameterizedTest
  @CsvSource({"1.0", "0.6"})
  void drawsEachSentenceAsOftenAsItIsProbable(float temperature) throws IOException {
    ModelConfig config = ModelConfig.bahdanau(5, 4, 3, 5, 4);
    ModelWeights weights = RandomModels.weights(config, 3, END, 0);
    int[] source = {4, END};
    SearchOptions twoTokens = new SearchOptions(1, 1, 1, 1, 0);
    int draws = 6_000;
    Map<List<Integer>, Integer> counts = new HashMap<>();
    try (Decoder decoder = open(config, weights)) {
      SearchRequest request = new SearchRequest(List.of(source), twoTokens);
      for (int seed = 0; seed < draws; seed++) {
        Sampling sampling = new Sampling(temperature, 0, 1, seed);
        int[] tokens = decoder.decode(request.withSampling(sampling)).get(0).get(0).tokens();
        counts.merge(Arrays.stream(tokens).boxed().toList(), 1, Integer::sum);
      }
    }

    double chiSquare = 0;
    PlainModel model = new PlainModel(config, weights, START);
    for (int first = 0; first < 5; first++) {
      float[][] logs = model.logProbabilities(source, new int[] {first, END});
      double[] firsts = tempered(logs[0], temperature);
      double[] seconds = tempered(logs[1], temperature);
      for (int second = 0; second < (first == END ? 1 : 5); second++) {
        double expected = draws * firsts[first] * (first == END ? 1 : seconds[second]);
        List<Integer> outcome =
            first == END ? List.of() : second == END ? List.of(first) : List.of(first, second);
        double difference = counts.getOrDefault(outcome, 0) - expected;
        chiSquare += difference * difference / expected;
      }
    }
    assertThat(chiSquare).isBetween(5.0, 45.3);
  }

  private static double[] tempered(float[] logProbabilities, float temperature) {
    double[] shares = new double[logProbabilities.length];
    Arrays.setAll(shares, i -> Math.exp(logProbabilities[i] / temperature));
    double all = Arrays.stream(shares).sum();
    return Arrays.stream(shares).map(share -> share / all).toArray();
  }

  private Decoder open(ModelWeights weights) throws IOException {
    return open(SMALL, weights);
  }

  private Decoder open(ModelConfig config, ModelWeights weights) throws IOException {
    return Decoders.open(
        folder,
        config,
        List.of(weights),
        new GraphForm(GraphPrecision.FP32, target(), Optional.empty()),
        START,
        END);
  }
}
