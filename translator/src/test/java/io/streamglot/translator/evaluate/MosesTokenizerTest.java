package io.streamglot.translator.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MosesTokenizerTest {

  /**
   * What Moses' scripts made: {@code lowercase.perl | normalize-punctuation.perl -l LANGUAGE |
   * tokenizer.perl -l LANGUAGE -no-escape}, without lists of abbreviations.
   */
  static Stream<Arguments> sentences() {
    return Stream.of(
        arguments(
            "en",
            "A man's dog, two boys' bikes and the 1990's: it's 3,000.50 \"fun,\" he said.",
            "a man 's dog , two boys ' bikes and the 1990 's : it 's 3,000.50 \" fun , \" he said ."),
        arguments(
            "en",
            "“Rock’n’roll – now…” said Mr. Smith at 5 p.m. to Dr. No (again).",
            "\" rock 'n \" roll - now ... \" said mr. smith at 5 p.m. to dr. no ( again ) ."),
        arguments(
            "en", "He said ``yes'' and left—twice.'", "he said \" yes \" and left - twice . '"),
        arguments("en", "Well...done A,B,C; 5,", "well ... done a , b , c ; 5 ,"),
        arguments("en", "10\u00a0000 & 20\u00a0%", "10.000 & 20 %"),
        arguments(
            "de",
            "Ein Mann sagt: „Hallo,“ und geht's an.",
            "ein mann sagt : \" hallo \" , und geht ' s an ."),
        arguments(
            "de",
            "Das U-Boot von ca. 120 m, z.B. \"Nr. 5.\"",
            "das u-boot von ca . 120 m , z.b. \" nr . 5 \" ."),
        arguments(
            "de",
            "Es kostet 1.234,56 € bzw. 10\u00a0000 $.",
            "es kostet 1.234,56 € bzw . 10,000 $ ."),
        arguments("de", "‚Ja‘, sagt er’s.", "\" ja \" , sagt er ' s ."),
        arguments(
            "fr",
            "L’homme qu'il a vu aujourd'hui\u00a0: «\u00a0Non\u00a0!\u00a0»",
            "l' homme qu' il a vu aujourd' hui : \" non ! \""),
        arguments(
            "fr",
            "C'est d'art, «bien sûr.» Et l'eau\u00a0?",
            "c' est d' art , \" bien sûr \" . et l' eau ?"),
        arguments(
            "fr", "Les années '90, 10\u00a0000 gens...", "les années ' 90 , 10,000 gens ..."));
  }

  @ParameterizedTest
  @MethodSource("sentences")
  void makesTheWordsThatMosesMakes(String language, String sentence, String words) {
    assertThat(Tokenization.moses(language).tokenize(sentence.toLowerCase(Locale.ROOT)))
        .containsExactly(words.split(" "));
  }

  @Test
  void aBlankSentenceHasNoWords() {
    assertThat(Tokenization.MOSES_EN.tokenize("")).isEmpty();
    assertThat(Tokenization.MOSES_FR.tokenize(" \u00a0 ")).isEmpty();
  }

  @Test
  void aRegionDoesNotMatterAndOtherLanguagesAreRefused() {
    assertThat(Tokenization.moses("de-AT")).isEqualTo(Tokenization.MOSES_DE);
    assertThatThrownBy(() -> Tokenization.moses("zh"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("language of Moses' tokenization: expected en, de or fr, actual zh");
  }
}
