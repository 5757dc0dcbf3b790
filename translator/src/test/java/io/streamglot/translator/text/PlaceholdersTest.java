package io.streamglot.translator.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where A and B of the tables stand, there are the placeholders of the first and second span. */
class PlaceholdersTest {

  private static final Path MODELS = Path.of("..", "models");

  /** "Ask @tom, then write {0} here." */
  private static final Sentence SENTENCE =
      new Sentence("", "Ask @tom, then write {0} here.", List.of(new Span(4, 8), new Span(21, 24)));

  private static Tokenizer tokenizer;
  private static Placeholders placeholders;

  @BeforeAll
  static void openVocabularyWithFour() throws IOException {
    tokenizer = Tokenizer.open(MODELS.resolve("en-fr/tokenizer.json"));
    placeholders = Placeholders.of(tokenizer);
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  @Test
  void aModelKnowsThoseThatItsVocabularyHas() throws IOException {
    try (var without = Tokenizer.open(MODELS.resolve("en-de/tokenizer.json"))) {
      assertThat(Placeholders.of(without).count()).isZero();
    }
    assertThat(placeholders.count()).isEqualTo(4);
  }

  @Test
  void eachSpanIsOneTokenToTheModel() {
    var inserted = placeholders.insert(SENTENCE);

    assertThat(inserted).isEqualTo("Ask \uE000, then write \uE001 here.");
    assertThat(tokenizer.encode(inserted))
        .containsOnlyOnce(tokenizer.idOf("\uE000"), tokenizer.idOf("\uE001"));
    assertThat(tokenizer.decode(tokenizer.encode(inserted))).isEqualTo(inserted);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Demande à A, puis écris B ici. | Demande à @tom, puis écris {0} ici.
          Écris B ici, A !               | Écris {0} ici, @tom !
          Demande àA, puis écrisBici.    | Demande à @tom, puis écris {0} ici.
          """)
  void spansComeBackWhereTheModelPutThemWithTheirSpaces(String translation, String restored) {
    assertThat(placeholders.restore(placed(translation), SENTENCE)).contains(restored);
  }

  @ParameterizedTest
  @CsvSource({"Demande.", "Demande à A.", "Écris B et B à A.", "''"})
  void aTranslationThatLostOrDoubledOneIsNone(String translation) {
    assertThat(placeholders.restore(placed(translation), SENTENCE)).isEmpty();
  }

  @Test
  void aTranslationWithOneThatTheSentenceDoesNotHaveIsNone() {
    var one = new Sentence("", "Ask @tom now.", List.of(new Span(4, 8)));

    assertThat(placeholders.restore(placed("Demande à A B."), one)).isEmpty();
    assertThat(placeholders.restore(placed("Demande à A."), one)).contains("Demande à @tom.");
  }

  @Test
  void aTranslationOfASentenceWithoutSpansHasNone() {
    var plain = new Sentence("", "Ask now.", List.of());

    assertThat(placeholders.restore(placed("Demande A maintenant B."), plain))
        .contains("Demande maintenant.");
  }

  private static String placed(String translation) {
    return translation.replace('A', '\uE000').replace('B', '\uE001');
  }
}
