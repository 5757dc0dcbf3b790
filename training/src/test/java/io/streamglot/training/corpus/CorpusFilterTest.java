package io.streamglot.training.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorpusFilterTest {

  private static final ParallelCorpus CORPUS =
      new ParallelCorpus(
          "made up",
          List.of(
              new SentencePair("a b", "x y"),
              new SentencePair("", "x"),
              new SentencePair("a", " \u00a0\t".substring(2)),
              new SentencePair("a b c d e f", "x y z"),
              new SentencePair("a", "x y z"),
              new SentencePair("a b", "x y"),
              new SentencePair("a b", "x z"),
              new SentencePair("a b", "x y z u v")));

  @Test
  void eachPairIsKeptOrCountedUnderOneReason() {
    CorpusFilter.Result result =
        new CorpusFilter(new CorpusFilter.Settings(5, 2.5, true)).filter(CORPUS);

    assertThat(result.kept().pairs())
        .containsExactly(
            new SentencePair("a b", "x y"),
            new SentencePair("a b", "x z"),
            new SentencePair("a b", "x y z u v"));
    assertThat(result.rejected())
        .isEqualTo(
            Map.of(
                RejectionReason.EMPTY, 2,
                RejectionReason.LENGTH, 1,
                RejectionReason.RATIO, 1,
                RejectionReason.DUPLICATE, 1));
    assertThat(result.table().lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "pairs read 8",
            " empty -2",
            " too long -1",
            " length ratio -1",
            " duplicate -1",
            "pairs kept 3");
  }

  @Test
  void duplicatesStayWhereAskedFor() {
    CorpusFilter.Result result =
        new CorpusFilter(new CorpusFilter.Settings(5, 2.5, false)).filter(CORPUS);

    assertThat(result.kept().pairs()).hasSize(4);
    assertThat(result.rejected(RejectionReason.DUPLICATE)).isZero();
  }

  @Test
  void theCallerMayCountTokensItsOwnWay() {
    ParallelCorpus words = new ParallelCorpus("letters", List.of(new SentencePair("Hello", "Bon")));
    CorpusFilter.Settings settings = new CorpusFilter.Settings(4, 9, true);

    assertThat(new CorpusFilter(settings).filter(words).kept().pairs()).hasSize(1);
    assertThat(new CorpusFilter(settings, String::length).filter(words).rejected())
        .isEqualTo(Map.of(RejectionReason.LENGTH, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "' ', 0",
    "a, 1",
    "' a  b ', 2",
    "'a\tb', 2",
    "你好, 2",
    "'a\u00a0b\u202f!', 3",
    "Tom喜欢 cats。, 4",
    "ひらカナ漢, 5"
  })
  void wordsStandBetweenWhiteSpaceAndIdeographsAlone(String text, int words) {
    assertThat(CorpusFilter.words(text)).isEqualTo(words);
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new CorpusFilter.Settings(0, 2, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maximum length: expected at least 1, actual 0");
    assertThatThrownBy(() -> new CorpusFilter.Settings(1, Double.NaN, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maximum ratio: expected at least 1, actual NaN");
  }
}
