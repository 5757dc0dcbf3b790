package io.streamglot.translator.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairedBootstrapTest {

  private static final int SENTENCES = 300;
  private static final Bleu BLEU = new Bleu();
  private static final Chrf CHRF = new Chrf();
  private static final PairedBootstrap BOOTSTRAP = new PairedBootstrap(2_000, 1);

  private static List<String> hypotheses;
  private static List<List<String>> references;

  @BeforeAll
  static void readSentences() throws IOException {
    DegradedReferences corpus = DegradedReferences.ofTatoebaDev();
    hypotheses = corpus.hypotheses().subList(0, SENTENCES);
    references = corpus.references().subList(0, SENTENCES);
  }

  /**
   * The other system has every so many-th sentence right and, of the rest, every so many-th without
   * its last word. The p-values are sacreBLEU 2.6.0's, by 10,000 draws:
   *
   * <pre>
   * PairedTest([("a", hypotheses), ("b", others)], {"BLEU": BLEU(), "chrF2": CHRF()},
   *            streams, test_type="bs", n_samples=10000)
   * </pre>
   */
  @ParameterizedTest
  @CsvSource({
    "60, 0, 0.0904, 0.0950",
    "20, 5, 0.1687, 0.0001",
    "20, 15, 0.0422, 0.1132",
    "10, 10, 0.0018, 0.2464"
  })
  void agreesWithSacreBleuButForTheLots(int right, int shortened, double bleu, double chrf) {
    List<String> others = others(right, shortened);

    // Three standard deviations of a share drawn 2,000 times are 0.03 at 0.25.
    assertThat(pValue(BOOTSTRAP, BLEU, others)).isCloseTo(bleu, within(0.03));
    assertThat(pValue(BOOTSTRAP, CHRF, others)).isCloseTo(chrf, within(0.03));
  }

  @Test
  void equalSystemsDifferByChance() {
    assertThat(pValue(PairedBootstrap.STANDARD, BLEU, hypotheses)).isEqualTo(1);
    assertThat(pValue(PairedBootstrap.STANDARD, CHRF, hypotheses)).isEqualTo(1);
  }

  @Test
  void aPlantedDifferenceIsNotOfChance() {
    List<String> right = references.stream().map(all -> all.get(all.size() - 1)).toList();

    assertThat(pValue(PairedBootstrap.STANDARD, BLEU, right)).isEqualTo(1 / 1001.0);
  }

  @Test
  void theSameSeedGivesTheSameValueAndTheSystemsMayChangePlaces() {
    List<int[]> first = counts(BLEU, hypotheses);
    List<int[]> second = counts(BLEU, others(20, 5));
    double value = BOOTSTRAP.pValue(BLEU, first, second);

    assertThat(BOOTSTRAP.pValue(BLEU, first, second)).isEqualTo(value);
    assertThat(BOOTSTRAP.pValue(BLEU, second, first)).isEqualTo(value);
    assertThat(new PairedBootstrap(2_000, 2).pValue(BLEU, first, second)).isNotEqualTo(value);
  }

  @Test
  void systemsOfOtherSentencesAreRefused() {
    assertThatThrownBy(
            () -> BOOTSTRAP.pValue(BLEU, counts(BLEU, hypotheses), new ArrayList<int[]>()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "sentences: expected at least 1, and as many of both systems, actual 300 and 0");
    assertThatThrownBy(() -> new PairedBootstrap(0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("draws: expected at least 1, actual 0");
  }

  private static List<String> others(int right, int shortened) {
    List<String> others = new ArrayList<>();
    for (int i = 0; i < SENTENCES; i++) {
      String hypothesis = hypotheses.get(i);
      List<String> sentence = references.get(i);
      if (i % right == 0) {
        others.add(sentence.get(sentence.size() - 1));
      } else if (shortened > 0 && i % shortened == 1) {
        others.add(hypothesis.substring(0, Math.max(0, hypothesis.lastIndexOf(' '))));
      } else {
        others.add(hypothesis);
      }
    }
    return others;
  }

  private static double pValue(
      PairedBootstrap bootstrap, CorpusMetric metric, List<String> others) {
    return bootstrap.pValue(metric, counts(metric, hypotheses), counts(metric, others));
  }

  private static List<int[]> counts(CorpusMetric metric, List<String> texts) {
    List<int[]> counts = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      counts.add(metric.counts(texts.get(i), references.get(i)));
    }
    return counts;
  }
}
