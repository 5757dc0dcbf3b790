package io.streamglot.training.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamglot.training.TatoebaDev;
import io.streamglot.translator.text.Placeholders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceholderCopiesTest {

  /** All copies that a pair has with some luck, A for the first placeholder and so on. */
  private static List<String> copies(String source, String target, int count) {
    SentencePair pair = new SentencePair(source, target);
    return new PlaceholderCopies(new PlaceholderCopies.Settings(count, 0.9), 1)
        .of(Collections.nCopies(200, pair)).stream()
            .map(copy -> lettered(copy.source()) + " = " + lettered(copy.target()))
            .distinct()
            .sorted()
            .toList();
  }

  private static String lettered(String text) {
    return text.replace(Placeholders.character(0), 'A').replace(Placeholders.character(1), 'B');
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          told Tom that   | dit à Tom que    | told A that = dit à A que
          it is Tom's     | c'est à Tom      | it is A's = c'est à A
          has 25 cats     | a 25 chats       | has A cats = a A chats
          at 7 or 7       | vers 7           |
          on a table      | sur la table     |
          yes, they won   | oui, bravo       | yes A, they won = oui A, bravo
          so, yes, no     | oui, non         |
          a dog?          | un chien ?       | a dog A? = un chien A ?
          we won!!        | c'est gagné.     | we won A!! = c'est gagné A.
          we won          | c'est gagné.     |
          """)
  void aPlaceholderTakesThePlaceOfWhatBothSidesHave(String source, String target, String copy) {
    assertThat(copies(source, target, 1)).isEqualTo(copy == null ? List.of() : List.of(copy));
  }

  @Test
  void severalAreNumberedInTheOrderOfTheSource() {
    assertThat(copies("to Ann from Bob", "de Bob pour Ann", 2))
        .containsExactly(
            "to A from B = de B pour A",
            "to A from Bob = de Bob pour A",
            "to Ann from A = de A pour Ann");
  }

  @Test
  void aPairWithPrivateUseCharactersOfItsOwnHasNoCopy() {
    assertThat(copies("to Ann \uE000", "pour Ann", 2)).isEmpty();
    assertThat(copies("to Ann", "pour Ann \uF8FF", 2)).isEmpty();
  }

  @Test
  void copiesOfRealPairsHaveEachPlaceholderOnceOnBothSidesFromTheFirst() throws IOException {
    List<SentencePair> pairs = TatoebaDev.read().pairs();
    List<SentencePair> copies = copies(pairs, 0.5, 7);

    assertThat(copies).hasSizeBetween(pairs.size() * 4 / 10, pairs.size() * 6 / 10);
    assertThat(copies)
        .allSatisfy(
            copy -> {
              List<Integer> source = placeholders(copy.source());
              List<Integer> target = new ArrayList<>(placeholders(copy.target()));
              Collections.sort(target);
              assertThat(source).isNotEmpty().isEqualTo(target);
              assertThat(source)
                  .isEqualTo(IntStream.range(0, source.size()).mapToObj(i -> 0xE000 + i).toList());
            });
  }

  @Test
  void theSeedDecides() throws IOException {
    List<SentencePair> pairs = TatoebaDev.read().pairs();

    assertThat(copies(pairs, 0.5, 7)).isEqualTo(copies(pairs, 0.5, 7));
    assertThat(copies(pairs, 0.5, 7)).isNotEqualTo(copies(pairs, 0.5, 8));
    assertThat(new PlaceholderCopies(new PlaceholderCopies.Settings(0, 0), 7).of(pairs)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"-1, 0.5", "9, 0.5", "2, 1", "2, NaN", "2, 0", "0, 0.5"})
  void refusesWhatCannotBe(int count, double share) {
    assertThatThrownBy(() -> new PlaceholderCopies.Settings(count, share))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected");
  }

  private static List<SentencePair> copies(List<SentencePair> pairs, double share, long seed) {
    return new PlaceholderCopies(new PlaceholderCopies.Settings(4, share), seed).of(pairs);
  }

  private static List<Integer> placeholders(String text) {
    return text.chars().filter(c -> c >= 0xE000 && c <= 0xF8FF).boxed().toList();
  }
}
