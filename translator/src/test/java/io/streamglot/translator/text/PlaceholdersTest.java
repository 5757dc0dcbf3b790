package io.streamglot.translator.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where A and B of the tables stand, there are the placeholders of the first and second span. */
class PlaceholdersTest {

  private static final Path SHIPPED = Path.of("..", "models", "en-fr", "tokenizer.json");

  /** "Ask @tom, then write {0} here." */
  private static final Sentence SENTENCE =
      new Sentence("", "Ask @tom, then write {0} here.", List.of(new Span(4, 8), new Span(21, 24)));

  @TempDir private static Path folder;
  private static Tokenizer tokenizer;
  private static Placeholders two;

  @BeforeAll
  static void openVocabularyWithTwo() throws IOException {
    var json = new JsonMapper();
    var format = (ObjectNode) json.readTree(SHIPPED.toFile());
    var vocabulary = (ObjectNode) format.path("model").path("vocab");
    vocabulary.put("\uE000", vocabulary.size()).put("\uE001", vocabulary.size());
    var file = Files.write(folder.resolve("tokenizer.json"), json.writeValueAsBytes(format));
    tokenizer = Tokenizer.open(file);
    two = Placeholders.of(tokenizer);
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  @Test
  void aModelKnowsThoseThatItsVocabularyHas() throws IOException {
    try (var shipped = Tokenizer.open(SHIPPED)) {
      assertThat(Placeholders.of(shipped).count()).isZero();
    }
    assertThat(two.count()).isEqualTo(2);
  }

  @Test
  void eachSpanIsOneTokenToTheModel() {
    var inserted = two.insert(SENTENCE);

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
    assertThat(two.restore(placed(translation), SENTENCE)).contains(restored);
  }

  @ParameterizedTest
  @CsvSource({"Demande.", "Demande à A.", "Écris B et B à A.", "''"})
  void aTranslationThatLostOrDoubledOneIsNone(String translation) {
    assertThat(two.restore(placed(translation), SENTENCE)).isEmpty();
  }

  @Test
  void aTranslationWithOneThatTheSentenceDoesNotHaveIsNone() {
    var one = new Sentence("", "Ask @tom now.", List.of(new Span(4, 8)));

    assertThat(two.restore(placed("Demande à A B."), one)).isEmpty();
    assertThat(two.restore(placed("Demande à A."), one)).contains("Demande à @tom.");
  }

  @Test
  void aTranslationOfASentenceWithoutSpansHasNone() {
    var plain = new Sentence("", "Ask now.", List.of());

    assertThat(two.restore(placed("Demande A maintenant B."), plain))
        .contains("Demande maintenant.");
  }

  private static String placed(String translation) {
    return translation.replace('A', '\uE000').replace('B', '\uE001');
  }
}
