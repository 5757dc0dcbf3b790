package io.streamglot.translator.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextCleanerTest {

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      quoteCharacter = '"',
      value = {
        "abc,abc",
        " a b ,a b",
        "\" \",\"\"",
        "\"a\tb\nc\r\nd\",a b c d",
        "a\u00a0b,a b",
        "\u3000a\u2003\u2028b\u2029,a b",
        "a\u200bb,a\u200bb", // zero width: no space to see
        "a\ud83d\ude00b,a\ud83d\ude00b",
      })
  void collapsesWhiteSpaceAndLeavesTheRest(String text, String cleaned) {
    assertThat(TextCleaner.clean(text)).isEqualTo(cleaned);
  }

  @ParameterizedTest
  @CsvSource({"d83d", "de00"})
  void replacesEitherHalfOfASurrogatePairThatStandsAlone(String half) {
    char surrogate = (char) Integer.parseInt(half, 16);

    assertThat(TextCleaner.clean("a" + surrogate)).isEqualTo("a\ufffd");
    assertThat(TextCleaner.clean(surrogate + "b")).isEqualTo("\ufffdb");
  }

  @Test
  void replacesSurrogatesInTheWrongOrderOneByOne() {
    assertThat(TextCleaner.clean("\ude00\ud83d")).isEqualTo("\ufffd\ufffd");
  }

  @Property
  void cleaningTwiceChangesNothingMore(@ForAll String text) {
    String cleaned = TextCleaner.clean(text);

    assertThat(TextCleaner.clean(cleaned)).isEqualTo(cleaned);
  }
}
