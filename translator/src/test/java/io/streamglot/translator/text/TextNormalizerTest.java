package io.streamglot.translator.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextNormalizerTest {

  private static final Set<String> WORDS =
      Set.of("Paris", "good", "so", "où", "je", "the", "Wasser", "Boston", "i", "c");

  private final TextNormalizer normalizer = new TextNormalizer("en", WORDS::contains);

  /** The sentence, what the model reads, what it says, and what comes out. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "where is paris  | Where is Paris?  | Où est Paris ?   | où est Paris",
        "where is paris? | Where is Paris?  | OÙ est Paris ?   | OÙ est Paris ?",
        "i think i know. | I think I know.  | Je crois savoir. | je crois savoir.",
        "are you there   | Are you there?   | Es-tu là ?       | Es-tu là",
        "Do it           | Do it.           | Fais-le !        | Fais-le",
        "Thank you!!!    | Thank you!       | Merci !          | Merci !!!",
        "Really?!?!      | Really?          | Vraiment ?       | Vraiment ?!?!",
        "Stop!!          | Stop!            | Arrête.          | Arrête.",
        "WHERE IS PARIS? | Where is Paris?  | Où est Paris ?   | OÙ EST PARIS ?",
        "It is sooo goooood. | It is so good. | C'est bien.    | C'est bien.",
        "water           | Water.           | Wasser.          | Wasser",
        "ich bin da.     | Ich bin da.      | I am there.      | I am there.",
        "es geht         | Es geht.         | I'm fine.        | I'm fine",
        "that is it      | That is it.      | C'est ça.        | c'est ça",
        "and so on...    | And so on...     | Où ça...         | où ça...",
      })
  void readsHastyTextAsItShouldBeAndWritesTheTranslationAsTheTextWas(
      String text, String read, String translated, String written) {
    NormalizedSentence sentence = normalizer.normalize(text);

    assertThat(sentence.text()).isEqualTo(read);
    assertThat(normalizer.restore(translated, sentence)).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Where is the station?",
        "I love NATO and the UN.",
        "OK.",
        "He read chapter XVIII of book III.",
        "\"Yes,\" he said.",
        "你好，世界。",
        "Well...",
      })
  void leavesASentenceAsItIsThatIsWrittenAsUsual(String text) {
    NormalizedSentence sentence = normalizer.normalize(text);

    assertThat(sentence).isEqualTo(NormalizedSentence.asItIs(text));
    assertThat(normalizer.restore("Oui.", sentence)).isEqualTo("Oui.");
  }

  @Test
  void leavesAWordWithThreeLettersInARowThatTheVocabularyHas() {
    TextNormalizer german =
        new TextNormalizer("de", Set.of("Schifffahrt", "Schiffahrt", "so")::contains);

    assertThat(german.normalize("Die Schifffahrt ist sooo schön.").text())
        .isEqualTo("Die Schifffahrt ist so schön.");
  }

  @Test
  void readsLettersAsTheLanguageOfTheTextHasThem() {
    TextNormalizer turkish = new TextNormalizer("tr", word -> false);

    assertThat(turkish.normalize("IRMAK İYİ.").text()).isEqualTo("Irmak iyi.");
    assertThat(turkish.normalize("iyi.").text()).isEqualTo("İyi.");
  }

  @Test
  void takesLittleTimeForAMillionLetters() {
    // A second on an idle machine; 30 leave room for a busy one. In time of the square it takes
    // minutes.
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> normalizer.normalize("ab".repeat(250_000) + "c".repeat(500_000)));
  }
}
