package io.streamglot.translator.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChrfTest {

  private static final Offset<Double> SIX_DECIMALS = within(1e-6);
  private static final Chrf CHRF = new Chrf();
  private static final Chrf CHRF_PLUS_PLUS = new Chrf(6, 2, 2);

  /** sacreBLEU's README; chrF2++ and the second pair by sacreBLEU 2.6.0. */
  @Test
  void scoresSacreBleusExampleAsPublished() {
    Chrf.Score score = CHRF.score(SacreBleuExample.HYPOTHESES, SacreBleuExample.REFERENCES);

    assertThat(score).hasToString("chrF2 = 59.73");
    assertThat(score.signature())
        .isEqualTo("nrefs:2|case:mixed|eff:yes|nc:6|nw:0|space:no|impl:streamglot-0.1.0");
    assertThat(CHRF_PLUS_PLUS.score(SacreBleuExample.HYPOTHESES, SacreBleuExample.REFERENCES))
        .hasToString("chrF2++ = 59.15");
  }

  @Test
  void eachSentenceIsHeldAgainstItsBestReference() {
    Chrf.Score score = CHRF.score(SacreBleuExample.HYPOTHESES, SacreBleuExample.VARYING_REFERENCES);

    assertThat(score.score()).isEqualTo(55.80159128024612, SIX_DECIMALS);
    assertThat(score.signature()).startsWith("nrefs:var|");
    assertThat(
            CHRF_PLUS_PLUS
                .score(SacreBleuExample.HYPOTHESES, SacreBleuExample.VARYING_REFERENCES)
                .score())
        .isEqualTo(56.90442406280545, SIX_DECIMALS);
  }

  /** test/test_chrf.py of sacreBLEU: beta 3, effective order. */
  static Stream<Arguments> publishedScores() {
    return Stream.of(
        arguments(List.of("a"), List.of("a"), 100.0),
        arguments(List.of(""), List.of("reference"), 0.0),
        arguments(List.of(""), List.of("c"), 0.0),
        arguments(List.of("a b c"), List.of("a b c"), 100.0),
        arguments(List.of("a b c"), List.of("abc"), 100.0),
        arguments(List.of("a", "b"), List.of("a", "c"), 50.0),
        arguments(List.of("aa"), List.of("ab"), 25.0),
        arguments(List.of("abcdefg"), List.of("hijklmnop"), 0.0),
        arguments(
            List.of(
                " risk assessment must be made of those who are qualified and expertise in the"
                    + " sector - these are the scientists ."),
            List.of(
                "risk assessment has to be undertaken by those who are qualified and expert in"
                    + " that area - that is the scientists ."),
            63.361730),
        arguments(
            List.of(
                " Die    Beziehung zwischen  Obama und Netanjahu ist nicht gerade  freundlich. "),
            List.of(
                "Das Verhältnis zwischen Obama und Netanyahu ist nicht gerade"
                    + " freundschaftlich."),
            64.1302698),
        arguments(
            List.of("Niemand hat die Absicht, eine Mauer zu errichten"),
            List.of("Niemand hat die Absicht, eine Mauer zu errichten"),
            100.0));
  }

  @ParameterizedTest
  @MethodSource("publishedScores")
  void agreesWithPublishedScores(List<String> hypotheses, List<String> references, double score) {
    assertThat(
            new Chrf(6, 0, 3).score(hypotheses, references.stream().map(List::of).toList()).score())
        .isEqualTo(score, SIX_DECIMALS);
  }

  /** Scores by sacreBLEU 2.6.0: chrF2, then chrF2++. */
  static Stream<Arguments> scoresOfSacreBleu() {
    return Stream.of(
        arguments(
            "l'homme qu'il a vu aujourd'hui -- non!",
            List.of("L'homme qu'il a vu aujourd'hui, non !"),
            83.845253,
            78.992069),
        arguments("🙂🙂 ok (hi) \"x\"", List.of("🙂 ok (hi) \"x\" !"), 87.724266, 83.667450),
        arguments(
            "Il y a\u00a020\u202f000 «\u00a0mots\u00a0» ici.",
            List.of("Il y a 20 000 « mots » ici."),
            100.0,
            100.0),
        arguments(
            "one two three four five",
            List.of("one two three four", "one two three four five six"),
            93.903288,
            94.057784),
        arguments(
            "In 1990-1991, e.g. at 5.30 p.m., 10%.",
            List.of("In 1990 - 1991 , e.g. at 5.30 p.m. , 10 % .", "In 1990-1991 at 5.30, 10%."),
            100.0,
            85.981766),
        arguments(
            "naïve café, déjà-vu; 3-4 x_y [z] {w}",
            List.of("naive café, déjà-vu; 3-4 x_y [z] {w}"),
            90.734376,
            90.664418));
  }

  @ParameterizedTest
  @MethodSource("scoresOfSacreBleu")
  void agreesWithSacreBleuOnOneSentence(
      String hypothesis, List<String> references, double chrf, double chrfPlusPlus) {
    assertThat(CHRF.score(List.of(hypothesis), List.of(references)).score())
        .isEqualTo(chrf, SIX_DECIMALS);
    assertThat(CHRF_PLUS_PLUS.score(List.of(hypothesis), List.of(references)).score())
        .isEqualTo(chrfPlusPlus, SIX_DECIMALS);
  }

  @ParameterizedTest
  @MethodSource("io.streamglot.translator.evaluate.SacreBleuEdgeCases#all")
  void agreesWithSacreBleuAtTheEdges(SacreBleuEdgeCases.EdgeCase edge) {
    assertThat(CHRF.score(edge.hypotheses(), edge.references()).score())
        .isEqualTo(edge.chrf(), within(1e-10));
    assertThat(CHRF_PLUS_PLUS.score(edge.hypotheses(), edge.references()).score())
        .isEqualTo(edge.chrfPlusPlus(), within(1e-10));
  }

  /** Scores by sacreBLEU 2.6.0 on the same 1,500 hypotheses. */
  @Test
  void agreesWithSacreBleuOnACorpusWithVaryingNumbersOfReferences() throws IOException {
    DegradedReferences corpus = DegradedReferences.ofTatoebaDev();

    assertThat(CHRF.score(corpus.hypotheses(), corpus.references()).score())
        .isEqualTo(73.06202044987764, SIX_DECIMALS);
    assertThat(CHRF_PLUS_PLUS.score(corpus.hypotheses(), corpus.references()).score())
        .isEqualTo(73.20235094436393, SIX_DECIMALS);
  }

  @Test
  void countsOfSentencesAddUpToTheScoreOfTheCorpus() throws IOException {
    DegradedReferences corpus = DegradedReferences.ofTatoebaDev();
    long[] sums = new long[CHRF.counts("", List.of("")).length];
    for (int i = 0; i < corpus.hypotheses().size(); i++) {
      CorpusMetric.add(sums, CHRF.counts(corpus.hypotheses().get(i), corpus.references().get(i)));
    }

    assertThat(CHRF.score(sums))
        .isEqualTo(CHRF.score(corpus.hypotheses(), corpus.references()).score());
  }

  @Test
  void ordersOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new Chrf(0, 0, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "chrF: expected character order and beta of at least 1 and word order of at least 0,"
                + " actual 0, 2, 0");
  }
}
