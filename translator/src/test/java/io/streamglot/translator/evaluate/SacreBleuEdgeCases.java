package io.streamglot.translator.evaluate;

import java.util.List;
import java.util.stream.Stream;

/**
 * Small corpora at the edges of the definitions, with the scores that sacreBLEU 2.6.0 gives them.
 *
 * <p>Made in Python by the following, {@code None} standing for a reference that a sentence lacks:
 *
 * <pre>
 * streams = list(itertools.zip_longest(*references))
 * BLEU(tokenize="13a").corpus_score(hypotheses, streams).score   # "zh", "none"
 * BLEU(tokenize="13a", lowercase=True).corpus_score(hypotheses, streams).score
 * BLEU(tokenize="13a", effective_order=True).corpus_score(hypotheses, streams).score
 * CHRF().corpus_score(hypotheses, streams).score
 * CHRF(word_order=2).corpus_score(hypotheses, streams).score
 * </pre>
 */
final class SacreBleuEdgeCases {

  private SacreBleuEdgeCases() {}

  /** One corpus and its scores: five of BLEU, two of chrF. */
  record EdgeCase(
      String name,
      List<String> hypotheses,
      List<List<String>> references,
      double v13a,
      double zh,
      double none,
      double lowercase,
      double effectiveOrder,
      double chrf,
      double chrfPlusPlus) {

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<EdgeCase> all() {
    return Stream.of(
        new EdgeCase(
            "an empty hypothesis among others",
            List.of("", "The man had just bitten him."),
            List.of(
                List.of("It was not unexpected."),
                List.of("The man had bitten the dog.", "The man bit him first.")),
            14.2317283946,
            14.2317283946,
            16.6690065806,
            14.2317283946,
            14.2317283946,
            31.0169205488,
            31.6629280937),
        new EdgeCase(
            "nothing but an empty hypothesis",
            List.of(""),
            List.of(List.of("It was not unexpected.")),
            0,
            0,
            0,
            0,
            0,
            0,
            0),
        new EdgeCase(
            "an empty reference",
            List.of("It was not unexpected.", "The dog bit the man."),
            List.of(List.of(""), List.of("The dog bit the man.")),
            56.7740420976,
            56.7740420976,
            59.6949179202,
            56.7740420976,
            56.7740420976,
            100,
            100),
        new EdgeCase(
            "nothing on either side", List.of(""), List.of(List.of("")), 0, 0, 0, 0, 0, 0, 0),
        new EdgeCase(
            "several references, not the same number",
            List.of("The cat sat on the mat today.", "There is a dog in the garden."),
            List.of(
                List.of("A cat sat on the mat.", "The cat was sitting on the mat today."),
                List.of(
                    "A dog is in the garden.",
                    "There is a dog in our garden.",
                    "In the garden there is a dog.")),
            87.3935132505,
            87.3935132505,
            79.5270728767,
            87.3935132505,
            87.3935132505,
            74.9767719801,
            75.1716580196),
        new EdgeCase(
            "far too short",
            List.of("The house is"),
            List.of(List.of("The house is very old and stands on a hill above the river.")),
            0,
            0,
            0,
            0,
            2.5561533207,
            20.0742794667,
            20.5561719442),
        new EdgeCase(
            "too short by half",
            List.of("The house is very old"),
            List.of(List.of("The house is very old and stands on a hill.")),
            30.1194211912,
            30.1194211912,
            36.7879441171,
            30.1194211912,
            30.1194211912,
            51.4410711108,
            50.6486800754),
        new EdgeCase(
            "far too long",
            List.of("The house is very old and stands on a hill above the river."),
            List.of(List.of("The house is old.")),
            12.0110554322,
            12.0110554322,
            11.4987595564,
            12.0110554322,
            12.0110554322,
            47.7309459376,
            49.4773215094),
        new EdgeCase(
            "one word, right",
            List.of("Hello"),
            List.of(List.of("Hello")),
            0,
            0,
            0,
            0,
            100,
            100,
            100),
        new EdgeCase(
            "one word, wrong",
            List.of("Hello"),
            List.of(List.of("Goodbye")),
            0,
            0,
            0,
            0,
            0,
            6.0606060606,
            5.0505050505),
        new EdgeCase(
            "two words, right",
            List.of("Thank you"),
            List.of(List.of("Thank you")),
            0,
            0,
            0,
            0,
            100,
            100,
            100),
        new EdgeCase(
            "three words of which two match",
            List.of("He runs away"),
            List.of(List.of("He runs home")),
            0,
            0,
            0,
            0,
            55.0321208149,
            43.6243386243,
            47.3015873016),
        new EdgeCase(
            "no 4-gram in common",
            List.of("The cat sat in a hat"),
            List.of(List.of("The cat sat on a mat")),
            32.4667915475,
            32.4667915475,
            32.4667915475,
            32.4667915475,
            32.4667915475,
            57.8993228993,
            56.7578255078),
        new EdgeCase(
            "no trigram in common",
            List.of("A man in red walks by"),
            List.of(List.of("A man with red shoes walks on by")),
            14.6261341303,
            14.6261341303,
            14.6261341303,
            14.6261341303,
            14.6261341303,
            27.0648849668,
            30.4422025141),
        new EdgeCase(
            "punctuation only",
            List.of("?! ..."),
            List.of(List.of("?!...")),
            100,
            100,
            0,
            100,
            100,
            100,
            77.8301886792),
        new EdgeCase(
            "case",
            List.of("THE Dog bit The man, John."),
            List.of(List.of("the dog bit the man, john.")),
            13.1345494721,
            13.1345494721,
            9.6524348774,
            100,
            13.1345494721,
            39.3378974397,
            37.5391373655),
        new EdgeCase(
            "Greek, where the small sigma has two forms",
            List.of("Ο ΟΔΥΣΣΕΥΣ ΕΙΔΕ ΤΗΝ ΙΘΑΚΗ."),
            List.of(List.of("ο οδυσσευς ειδε την ιθακη.")),
            8.1166978869,
            8.1166978869,
            0,
            100,
            8.1166978869,
            0.7575757576,
            2.6515151515),
        new EdgeCase(
            "a capital dotted I and a sharp S",
            List.of("İSTANBUL IST GROß, STRASSE 5"),
            List.of(List.of("i\u0307stanbul ist groß, straße 5")),
            9.6524348774,
            9.6524348774,
            10.6821751599,
            53.7284965912,
            9.6524348774,
            2.8079710145,
            6.2726449275),
        new EdgeCase(
            "white space of many kinds",
            List.of("  one\u00a0two\u2028three\u3000four\u001cfive -\u00a0"),
            List.of(List.of("one two three four five -")),
            100,
            100,
            100,
            100,
            100,
            100,
            100),
        new EdgeCase(
            "emoji and combining marks",
            List.of("👩\u200d👩\u200d👧 cafe\u0301 👍🏽 ok?"),
            List.of(List.of("👩\u200d👩\u200d👧 café 👍🏽 ok?")),
            42.7287006396,
            59.6949179202,
            35.3553390593,
            42.7287006396,
            42.7287006396,
            65.4649365711,
            65.3620861748),
        new EdgeCase(
            "numbers and hyphens",
            List.of("In 2019-2020 it rose 3,5 % to 1.234,56 (-4)."),
            List.of(List.of("In 2019 - 2020 it rose 3.5% to 1,234.56 (-4).")),
            57.3122448409,
            57.3122448409,
            10.7292561857,
            57.3122448409,
            57.3122448409,
            70.3137062091,
            63.8671709695),
        new EdgeCase(
            "Chinese",
            List.of("我们昨天去公园散步了。", "他喜欢喝茶。"),
            List.of(List.of("昨天我们去公园散步。"), List.of("他喜欢喝茶。", "他爱喝茶。")),
            0,
            64.1100511769,
            0,
            0,
            50,
            55.8957503709,
            55.0603934669),
        new EdgeCase(
            "Chinese with digits at its end, Latin letters and full-width forms",
            List.of("我在ＫＴＶ花了3.50元,买了iPhone 5."),
            List.of(List.of("我在KTV花了 3.50 元，买了 iPhone 5.")),
            17.4916506264,
            39.0738024945,
            0,
            17.4916506264,
            17.4916506264,
            59.749673371,
            52.8888008398),
        new EdgeCase(
            "Chinese with quotes, dashes and an ideograph beyond the first plane",
            List.of("他说：“𠮷野家——很好吃！”…"),
            List.of(List.of("他说：“𠮷野家很好吃”——真的！…")),
            0,
            49.0788466589,
            0,
            0,
            0,
            43.2705935152,
            37.0890801559),
        new EdgeCase(
            "Chinese with entities",
            List.of("A&amp;B 公司 &lt;北京&gt;"),
            List.of(List.of("A&B公司<北京>")),
            30.7394076476,
            14.3779191001,
            0,
            30.7394076476,
            30.7394076476,
            19.1334812143,
            14.3501109107));
  }
}
