package io.streamglot.translator.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CopiesTest {

  private static final Set<String> KNOWN = Set.of("Tom", "English", "Paris");

  private final Copies copies = new Copies("en", "fr", CopiesTest::tokens, true);

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
          It is 30km to Paris.          | Il y a 30 km jusqu'à Paris.
          She came on the 21st.         | Elle est venue le vingt et un.
          Come at 10pm.                 | Viens à 22 h.
          12 or 12 of them.             | 12 ou 12 d'entre eux.
          I arrive on Wednesday.        | J'arrive mercredi.
          My aunt lives in Germany.     | Ma tante vit en Allemagne.
          We read Russian novels.       | Nous lisons des romans russes.
          He flew to Africa.            | Il est parti en Afrique.
          He spoke in Congress.         | Il a parlé au Congrès.
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
          It cost 10 euros.                   | Ça a coûté 2010 euros.   | 10
          There were 12 or 12.                | Il y en avait 12.        | 12, 12
          Then ping 10.0.0.5 again.           | Puis ping 10,0,05.       | 10.0.0.5
          It is 30km away.                    | C'est loin.              | 30km
          I arrive on Wednesday.              | J'arrive vendredi.       | Wednesday
          My aunt lives in Germany.           | Ma tante vit en Gémanie. | Germany
          We met there in May.                | Nous n'y étions jamais.  | May
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
  void theDigitsOfASpanAreNoNumberOfTheTranslation() {
    var sentence = new Sentence("", "Meet at x.org/10 before 10:30.", List.of(new Span(8, 16)));

    assertThat(copies.ifOneIsLost(sentence, "Voir x.org/10 avant 30."))
        .containsExactly(new Span(24, 29));
  }

  @Test
  void aCapitalIsNoNameWhereEveryNounHasOne() {
    var german = new Copies("de", "en", CopiesTest::tokens, true);

    assertThat(german.ifOneIsLost(sentence("Ich sehe den Bahnhof."), "I see the station."))
        .isEmpty();
  }

  @Test
  void namesCountWithPlaceholdersOnly() {
    var numbersOnly = new Copies("en", "fr", CopiesTest::tokens, false);

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
