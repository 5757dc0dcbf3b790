package io.streamglot.translator.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CopiesTest {

  private static final Set<String> KNOWN = Set.of("Tom", "English", "Paris");

  private final Copies copies = new Copies(CopiesTest::tokens, true);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Call 0612345678 now.          | Appelle le 0612345678.
          It cost 1,000.50 dollars.     | Ça a coûté 1 000,50 dollars.
          It cost 1,000 dollars.        | Ça a coûté 1000 dollars.
          The train leaves at 10:30.    | Le train part à 10 h 30.
          The 21st century began.       | Le XXIe siècle a commencé.
          I have 2 cats.                | J'ai deux chats.
          I met Katarzyna there.        | J'y ai rencontré Katarzyna.
          I speak English to Tom.       | Je parle anglais à Tom.
          Katarzyna is here.            | Elle est ici.
          """)
  void aTranslationThatHasThemAllLosesNone(String source, String translation) {
    assertThat(copies.ifOneIsLost(sentence(source), translation)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Call 0612345678 now.                | Appelle le 061234.       | 0612345678
          It cost 1,000.50 dollars.           | Ça a coûté 1 000 dollars. | '1,000.50'
          I met Katarzyna there.              | J'y ai rencontré Kara.   | Katarzyna
          I gave Katarzyna 1990 francs, Tom.  | Voici 1990 francs, Tom.  | Katarzyna, 1990
          """)
  void whereOneIsLostAllAreToBeCopied(String source, String translation, String found) {
    assertThat(
            copies.ifOneIsLost(sentence(source), translation).stream()
                .map(span -> source.substring(span.start(), span.end())))
        .containsExactly(found.split(", +"));
  }

  @Test
  void whatIsInASpanIsCopiedAlready() {
    var sentence = new Sentence("", "See #1234 for it.", List.of(new Span(4, 9)));

    assertThat(copies.ifOneIsLost(sentence, "Vois.")).isEmpty();
  }

  @Test
  void namesCountWithPlaceholdersOnly() {
    var numbersOnly = new Copies(CopiesTest::tokens, false);

    assertThat(numbersOnly.ifOneIsLost(sentence("I met Katarzyna in 1990."), "En 1990 Kara."))
        .isEmpty();
  }

  private static int tokens(String word) {
    return KNOWN.contains(word) ? 1 : 4;
  }

  private static Sentence sentence(String text) {
    return new Sentence("", text, List.of());
  }
}
