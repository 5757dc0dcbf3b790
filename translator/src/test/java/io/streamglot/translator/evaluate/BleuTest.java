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

class BleuTest {

  private static final Offset<Double> SIX_DECIMALS = within(1e-6);
  private static final Offset<Double> TEN_DECIMALS = within(1e-10);
  private static final Bleu BLEU = new Bleu();
  private static final Bleu UNTOKENIZED = new Bleu(Tokenization.NONE, false, false);

  /** sacreBLEU's own example: its README, and test/test_bleu.py with these scores. */
  @Test
  void scoresSacreBleusExampleAsPublished() {
    Bleu.Score score = BLEU.score(SacreBleuExample.HYPOTHESES, SacreBleuExample.REFERENCES);

    assertThat(score.score()).isEqualTo(48.530827, SIX_DECIMALS);
    assertThat(score)
        .hasToString(
            "BLEU = 48.53 82.4/50.0/45.5/37.5 (BP = 0.943 ratio = 0.944 hyp_len = 17 ref_len = 18)");
    assertThat(score.signature())
        .isEqualTo("nrefs:2|case:mixed|eff:no|tok:13a|smooth:exp|impl:streamglot-0.1.0");
    assertThat(UNTOKENIZED.score(SacreBleuExample.HYPOTHESES, SacreBleuExample.REFERENCES).score())
        .isEqualTo(49.1919566, SIX_DECIMALS);
  }

  /** test/test_bleu.py. */
  @Test
  void emptyHypothesesCountAndScoreNothing() {
    Bleu.Score score = BLEU.score(List.of("", "", ""), SacreBleuExample.REFERENCES);

    assertThat(score.score()).isZero();
    assertThat(score.brevityPenalty()).isZero();
    assertThat(score.referenceLength()).isPositive();
  }

  /** test/test_sentence_bleu.py; neither trigrams nor 4-grams match. */
  @Test
  void ordersWithoutMatchAreSmoothedExponentially() {
    List<String> hypothesis =
        List.of("Producția de zahăr primă va fi exprimată în ceea ce privește zahărul alb;");
    List<List<String>> reference =
        List.of(List.of("producţia de zahăr brut se exprimă în zahăr alb;"));

    assertThat(BLEU.score(hypothesis, reference).score()).isEqualTo(8.493, within(1e-3));
    assertThat(UNTOKENIZED.score(hypothesis, reference).score()).isEqualTo(7.347, within(1e-3));
    // 5/14, 2/13, then 1/2 of 1/12 and 1/4 of 1/11, as the formula has it.
    assertThat(BLEU.score(hypothesis, reference).score())
        .isEqualTo(100 * Math.pow(5 / 14.0 * 2 / 13 / 24 / 44, 0.25), SIX_DECIMALS);
  }

  /** test/test_sentence_bleu.py. */
  @Test
  void withoutAnyMatchTheScoreIsZero() {
    assertThat(BLEU.score(List.of("this is a cat"), List.of(List.of("okay thanks"))).score())
        .isZero();
  }

  /** Scores by sacreBLEU 2.6.0: tokenization 13a, then none. */
  static Stream<Arguments> scoresOfSacreBleu() {
    return Stream.of(
        arguments(
            "It costs &quot;3,000.50&quot; &amp; more.",
            List.of("It costs \"3,000.50\" & more."),
            100.0,
            23.643540),
        arguments("a &lt;b&gt; c d e", List.of("a < b > c d e f"), 86.687790, 23.450008),
        arguments("a<skipped>b c d e f", List.of("ab c d e f"), 100.0, 66.874030),
        arguments(
            "In 1990-1991, e.g. at 5.30 p.m., 10%.",
            List.of("In 1990 - 1991 , e.g. at 5.30 p.m. , 10 % .", "In 1990-1991 at 5.30, 10%."),
            100.0,
            27.776190),
        arguments(
            "l'homme qu'il a vu aujourd'hui -- non!",
            List.of("L'homme qu'il a vu aujourd'hui, non !"),
            41.113362,
            24.446151),
        arguments(
            "Il y a\u00a020\u202f000 «\u00a0mots\u00a0» ici.",
            List.of("Il y a 20 000 « mots » ici."),
            100.0,
            100.0),
        arguments(
            "naïve café, déjà-vu; 3-4 x_y [z] {w}",
            List.of("naive café, déjà-vu; 3-4 x_y [z] {w}"),
            93.513348,
            80.910671),
        arguments("🙂🙂 ok (hi) \"x\"", List.of("🙂 ok (hi) \"x\" !"), 74.208848, 46.307772),
        // Papineni et al. 2002: all but two of "the" are clipped, and their example of a good
        // candidate.
        arguments(
            "the the the the the the the",
            List.of("the cat is on the mat", "there is a cat on the mat"),
            7.809850,
            7.809850),
        arguments(
            "It is a guide to action which ensures that the military always obeys the commands of"
                + " the party",
            List.of(
                "It is a guide to action that ensures that the military will forever heed Party"
                    + " commands",
                "It is the guiding principle which guarantees the military forces always being"
                    + " under the command of the Party",
                "It is the practical guide for the army always to heed the directions of the"
                    + " party"),
            50.456668,
            50.456668),
        // Two references are as close: the shorter one counts, so nothing is too short.
        arguments(
            "one two three four five",
            List.of("one two three four five six", "one two three four"),
            100.0,
            100.0),
        arguments("a b", List.of("a b"), 0.0, 0.0));
  }

  @ParameterizedTest
  @MethodSource("scoresOfSacreBleu")
  void agreesWithSacreBleuOnOneSentence(
      String hypothesis, List<String> references, double v13a, double none) {
    assertThat(BLEU.score(List.of(hypothesis), List.of(references)).score())
        .isEqualTo(v13a, SIX_DECIMALS);
    assertThat(UNTOKENIZED.score(List.of(hypothesis), List.of(references)).score())
        .isEqualTo(none, SIX_DECIMALS);
  }

  /** Scores by sacreBLEU 2.6.0 on the same 1,500 hypotheses with 1 to 8 references each. */
  @Test
  void agreesWithSacreBleuOnACorpusWithVaryingNumbersOfReferences() throws IOException {
    DegradedReferences corpus = DegradedReferences.ofTatoebaDev();

    Bleu.Score score = BLEU.score(corpus.hypotheses(), corpus.references());

    assertThat(score.score()).isEqualTo(35.08482470894983, SIX_DECIMALS);
    assertThat(score)
        .hasToString(
            "BLEU = 35.08 100.0/79.9/50.6/9.8"
                + " (BP = 0.786 ratio = 0.806 hyp_len = 9157 ref_len = 11364)");
    assertThat(score.signature())
        .isEqualTo("nrefs:var|case:mixed|eff:no|tok:13a|smooth:exp|impl:streamglot-0.1.0");
    assertThat(UNTOKENIZED.score(corpus.hypotheses(), corpus.references()).score())
        .isEqualTo(17.512861231978956, SIX_DECIMALS);
  }

  @ParameterizedTest
  @MethodSource("io.streamglot.translator.evaluate.SacreBleuEdgeCases#all")
  void agreesWithSacreBleuAtTheEdges(SacreBleuEdgeCases.EdgeCase edge) {
    assertThat(score(edge, Tokenization.V13A, false, false)).isEqualTo(edge.v13a(), TEN_DECIMALS);
    assertThat(score(edge, Tokenization.ZH, false, false)).isEqualTo(edge.zh(), TEN_DECIMALS);
    assertThat(score(edge, Tokenization.NONE, false, false)).isEqualTo(edge.none(), TEN_DECIMALS);
    assertThat(score(edge, Tokenization.V13A, true, false))
        .isEqualTo(edge.lowercase(), TEN_DECIMALS);
    assertThat(score(edge, Tokenization.V13A, false, true))
        .isEqualTo(edge.effectiveOrder(), TEN_DECIMALS);
  }

  private static double score(
      SacreBleuEdgeCases.EdgeCase edge,
      Tokenization tokenization,
      boolean lowercase,
      boolean effectiveOrder) {
    return new Bleu(tokenization, lowercase, effectiveOrder)
        .score(edge.hypotheses(), edge.references())
        .score();
  }

  /** All but the last field as sacreBLEU 2.6.0 prints them; it ends with version:2.6.0. */
  @Test
  void theSignatureNamesEverySetting() {
    List<String> hypotheses = List.of("a b");
    List<List<String>> references = List.of(List.of("a b", "a c"));

    assertThat(BLEU.score(hypotheses, references).signature())
        .isEqualTo("nrefs:2|case:mixed|eff:no|tok:13a|smooth:exp|impl:streamglot-0.1.0");
    assertThat(new Bleu(Tokenization.ZH, true, false).score(hypotheses, references).signature())
        .isEqualTo("nrefs:2|case:lc|eff:no|tok:zh|smooth:exp|impl:streamglot-0.1.0");
    assertThat(new Bleu(Tokenization.NONE, false, true).score(hypotheses, references).signature())
        .isEqualTo("nrefs:2|case:mixed|eff:yes|tok:none|smooth:exp|impl:streamglot-0.1.0");
  }

  /**
   * Hypotheses and references went through Moses' lowercase.perl, normalize-punctuation.perl and
   * tokenizer.perl (French, no list of abbreviations), then sacreBLEU 2.6.0 scored them with
   * tokenization none.
   */
  @Test
  void lowerCasedNormalisedTokenisedBleuIsThatOfMosesWords() throws IOException {
    DegradedReferences corpus = DegradedReferences.ofTatoebaDev();

    Bleu.Score score =
        new Bleu(Tokenization.MOSES_FR, true, false)
            .score(corpus.hypotheses(), corpus.references());

    assertThat(score.score()).isEqualTo(43.88037280117297, TEN_DECIMALS);
    assertThat(score.hypothesisLength()).isEqualTo(9847);
    assertThat(score.referenceLength()).isEqualTo(12155);
    assertThat(score.signature())
        .isEqualTo(
            "nrefs:var|case:lc|eff:no|norm:moses-fr|tok:moses-fr|smooth:exp"
                + "|impl:streamglot-0.1.0");
  }

  @Test
  void chineseIsComparedByCharacterAndAllElseByWord() {
    assertThat(Bleu.standard("zh-Hant-TW")).isEqualTo(new Bleu(Tokenization.ZH, false, false));
    assertThat(Bleu.standard("cmn").tokenization()).isEqualTo(Tokenization.ZH);
    assertThat(Bleu.standard("fr")).isEqualTo(new Bleu());
    assertThat(Tokenization.ZH.tokenize("我有2本iPhone书。"))
        .containsExactly("我", "有", "2", "本", "iPhone", "书", "。");
  }

  @Test
  void countsOfSentencesAddUpToTheScoreOfTheCorpus() throws IOException {
    DegradedReferences corpus = DegradedReferences.ofTatoebaDev();
    long[] sums = new long[BLEU.counts("", List.of("")).length];
    for (int i = 0; i < corpus.hypotheses().size(); i++) {
      CorpusMetric.add(sums, BLEU.counts(corpus.hypotheses().get(i), corpus.references().get(i)));
    }

    assertThat(BLEU.score(sums))
        .isEqualTo(BLEU.score(corpus.hypotheses(), corpus.references()).score());
  }

  @Test
  void aHypothesisWithoutReferenceIsRefused() {
    assertThatThrownBy(() -> BLEU.score(List.of("a", "b"), List.of(List.of("a"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("lists of references: expected 2, one for each hypothesis, actual 1");
    assertThatThrownBy(() -> BLEU.score(List.of("a", "b"), List.of(List.of("a"), List.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("references of hypothesis 1: expected at least 1, actual 0");
    assertThatThrownBy(() -> BLEU.score(List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("hypotheses: expected at least 1, actual 0");
  }
}
