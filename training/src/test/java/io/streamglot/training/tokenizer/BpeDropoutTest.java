package io.streamglot.training.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.streamglot.training.TatoebaDev;
import io.streamglot.translator.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BpeDropoutTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"400, NFKC", "3000, NFKC", "400, NFC"})
  void withoutDropoutTheIdsAreThoseOfTheTokenizer(int vocabularySize, Normalization normalization)
      throws IOException {
    List<String> texts =
        Stream.concat(
                sentences().stream(),
                Stream.of(
                    "",
                    " \t ",
                    "漢字かな交じり文。？ 3 ½ ﬁn",
                    "🙂👩‍👩‍👧 ok 👍🏽",
                    "a_b <b>bold</b> </s> {{name}} C:\\dir #1 @x ^^ ``",
                    "où\u00a0?\u202f! l'été d’œufs est-ce -x- '",
                    "aaaaaaaaaa llllll …… \ud800"))
            .toList();
    Path file = learn(sentences(), normalization, vocabularySize);
    BpeDropout none = new BpeDropout(file, 0);
    try (Tokenizer tokenizer = Tokenizer.open(file)) {
      for (String text : texts) {
        assertThat(none.segment(none.spell(text), new Random(1)))
            .as(text)
            .isEqualTo(tokenizer.encode(text));
      }
    }
  }

  @Test
  void eachStepDropsAMergeWithTheGivenProbability() throws IOException {
    // Two merges: a b, and then ▁ ab.
    BpeDropout dropout = new BpeDropout(learn(List.of("ab ab ab"), 260 + 3 + 2), 0.3);
    Random random = new Random(1);

    int[] ofLength = new int[5];
    for (int i = 0; i < 20_000; i++) {
      ofLength[dropout.segment(dropout.spell("ab"), random).length]++;
    }
    assertThat(ofLength[4] / 20_000.0).as("▁ a b").isCloseTo(0.3, within(0.01));
    assertThat(ofLength[3] / 20_000.0).as("▁ ab").isCloseTo(0.7 * 0.3, within(0.01));
    assertThat(ofLength[2] / 20_000.0).as("▁ab").isCloseTo(0.7 * 0.7, within(0.01));
  }

  @Test
  void theTextStaysTheSameInMoreTokens() throws IOException {
    Path file = learn(sentences(), 3000);
    BpeDropout dropout = new BpeDropout(file, 0.1);
    Random random = new Random(1);
    int usual = 0;
    int dropped = 0;
    try (Tokenizer tokenizer = Tokenizer.open(file)) {
      for (String text : sentences()) {
        int[] ids = dropout.segment(dropout.spell(text), random);
        int[] expected = tokenizer.encode(text);
        assertThat(tokenizer.decode(ids)).isEqualTo(tokenizer.decode(expected));
        usual += expected.length;
        dropped += ids.length;
      }
    }
    assertThat((double) dropped / usual).isBetween(1.1, 1.6);
  }

  @Test
  void theSameSeedDropsTheSameMerges() throws IOException {
    Path file = learn(sentences(), 3000);

    assertThat(segmented(file, 7)).isDeepEqualTo(segmented(file, 7));
    assertThat(Arrays.deepToString(segmented(file, 8)))
        .isNotEqualTo(Arrays.deepToString(segmented(file, 7)));
  }

  @Test
  void placeholdersStandAloneWhicheverMergesAreDropped() throws IOException {
    Path file = folder.resolve("tokenizer.json");
    BpeLearner.learn(List.of("ab ab ab"), Normalization.NFKC, 300, 2, file);
    BpeDropout dropout = new BpeDropout(file, 0.5);
    Random random = new Random(1);
    int first = SpecialTokens.FIRST_CHARACTER;

    for (int i = 0; i < 50; i++) {
      assertThat(dropout.segment(dropout.spell("ab\uE000ab \uE001 ab"), random))
          .containsOnlyOnce(first, first + 1)
          .doesNotContain(SpecialTokens.bytes("\uE000").toArray());
    }
  }

  private static int[][] segmented(Path file, long seed) throws IOException {
    BpeDropout dropout = new BpeDropout(file, 0.1);
    Random random = new Random(seed);
    return sentences().stream()
        .map(text -> dropout.segment(dropout.spell(text), random))
        .toArray(int[][]::new);
  }

  private Path learn(List<String> lines, int vocabularySize) throws IOException {
    return learn(lines, Normalization.NFKC, vocabularySize);
  }

  private Path learn(List<String> lines, Normalization normalization, int vocabularySize)
      throws IOException {
    Path file = folder.resolve("tokenizer.json");
    BpeLearner.learn(lines, normalization, vocabularySize, 0, file);
    return file;
  }

  /** Both sides of the development data. */
  private static List<String> sentences() throws IOException {
    return TatoebaDev.read().pairs().stream()
        .flatMap(pair -> Stream.of(pair.source(), pair.target()))
        .distinct()
        .toList();
  }
}
