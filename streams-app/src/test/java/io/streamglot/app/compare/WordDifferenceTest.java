package io.streamglot.app.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.app.compare.WordDifference.Part;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordDifferenceTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Il fait beau.       | Il fait très beau.  | Il fait beau.           | Il fait [très ]beau.
          l'homme dort        | l'enfant dort       | l'[homme] dort          | l'[enfant] dort
          我们去公园            | 我们去花园           | 我们去[公]园              | 我们去[花]园
          ok 👩‍👩‍👧 !            | ok 👩‍👧 !            | ok [👩‍👩‍👧] !              | ok [👩‍👧] !
          3.50 euros          | 3.80 euros          | 3.[50] euros            | 3.[80] euros
          """)
  void marksTheWordsThatTheOtherLacks(String old, String candidate, String marked, String other) {
    WordDifference words = WordDifference.of(old, candidate);

    assertThat(marked(words.old())).isEqualTo(marked);
    assertThat(marked(words.candidate())).isEqualTo(other);
  }

  @Test
  void everyTextIsItsPartsJoined() {
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      String old = text(random);
      String candidate = text(random);

      WordDifference words = WordDifference.of(old, candidate);

      assertThat(joined(words.old())).isEqualTo(old);
      assertThat(joined(words.candidate())).isEqualTo(candidate);
      assertThat(same(words.old())).isEqualTo(same(words.candidate()));
    }
  }

  private static String text(Random random) {
    List<String> pieces = List.of("a", "né", " ", "\n", "👍🏽", "\u202e", "公", "<b>", "\r\n", "'");
    return random
        .ints(random.nextInt(12), 0, pieces.size())
        .mapToObj(pieces::get)
        .collect(Collectors.joining());
  }

  private static String marked(List<Part> parts) {
    return parts.stream()
        .map(part -> part.changed() ? "[" + part.text() + "]" : part.text())
        .collect(Collectors.joining());
  }

  private static String joined(List<Part> parts) {
    return parts.stream().map(Part::text).collect(Collectors.joining());
  }

  private static String same(List<Part> parts) {
    return parts.stream()
        .filter(part -> !part.changed())
        .map(Part::text)
        .collect(Collectors.joining());
  }
}
