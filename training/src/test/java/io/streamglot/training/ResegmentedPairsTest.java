package io.streamglot.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.training.corpus.EncodedPair;
import io.streamglot.training.corpus.SentencePair;
import io.streamglot.training.tokenizer.BpeDropout;
import io.streamglot.training.tokenizer.BpeLearner;
import io.streamglot.training.tokenizer.Normalization;
import io.streamglot.translator.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResegmentedPairsTest {

  private static final double DROPOUT = 0.2;

  @TempDir private Path folder;
  private Path tokenizerFile;
  private List<SentencePair> texts;
  private List<EncodedPair> usual;

  @BeforeEach
  void encode() throws IOException {
    texts = TatoebaDev.read().pairs().subList(0, 500);
    tokenizerFile = folder.resolve("tokenizer.json");
    BpeLearner.learn(
        texts.stream().flatMap(pair -> Stream.of(pair.source(), pair.target())).toList(),
        Normalization.NFKC,
        1000,
        0,
        tokenizerFile);
    try (Tokenizer tokenizer = Tokenizer.open(tokenizerFile)) {
      usual =
          texts.stream()
              .map(
                  pair ->
                      new EncodedPair(
                          tokenizer.encode(pair.source()), tokenizer.encode(pair.target())))
              .toList();
    }
  }

  @Test
  void anEpochIsTheSameWhateverCameBefore() throws IOException {
    ResegmentedPairs used = pairs(1000, 5);
    used.apply(0);
    used.apply(4);

    assertThat(ids(used.apply(3))).isEqualTo(ids(pairs(1000, 5).apply(3)));
  }

  @Test
  void everyEpochAndSeedSegmentsAnew() throws IOException {
    String first = ids(pairs(1000, 5).apply(0));

    assertThat(first).isNotEqualTo(ids(usual));
    assertThat(ids(pairs(1000, 5).apply(1))).isNotEqualTo(first);
    assertThat(ids(pairs(1000, 6).apply(0))).isNotEqualTo(first);
  }

  @Test
  void whatWouldBecomeTooLongKeepsItsUsualSegmentation() throws IOException {
    int longest =
        usual.stream()
            .mapToInt(pair -> Math.max(pair.source().length, pair.target().length))
            .max()
            .orElseThrow();
    List<EncodedPair> free = pairs(1000, 5).apply(0);
    List<EncodedPair> bound = pairs(longest, 5).apply(0);

    assertThat(free).anyMatch(pair -> pair.target().length > longest);
    assertThat(bound)
        .allMatch(pair -> Math.max(pair.source().length, pair.target().length) <= longest);
    assertThat(IntStream.range(0, texts.size()))
        .allMatch(
            i ->
                Arrays.equals(
                    bound.get(i).target(),
                    free.get(i).target().length <= longest
                        ? free.get(i).target()
                        : usual.get(i).target()));
  }

  private ResegmentedPairs pairs(int longest, long seed) throws IOException {
    return new ResegmentedPairs(
        texts, usual, new BpeDropout(tokenizerFile, DROPOUT), longest, seed);
  }

  private static String ids(List<EncodedPair> pairs) {
    return pairs.stream()
        .map(pair -> Arrays.toString(pair.source()) + Arrays.toString(pair.target()))
        .toList()
        .toString();
  }
}
