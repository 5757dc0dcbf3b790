package io.streamglot.app.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageTagsTest {

  @ParameterizedTest
  @CsvSource({
    "en, en",
    "EN-us, en-US en",
    "zh-hant-tw, zh-Hant-TW zh-Hant zh",
    "zh-Hant-CN-x-private1-private2, zh-Hant-CN-x-private1-private2 zh-Hant-CN-x-private1 zh-Hant-CN zh-Hant zh",
    "de-CH-1996, de-CH-1996 de-CH de",
  })
  void aTagFallsBackAsTheLookupOfRfc4647Says(String tag, String expected) {
    assertThat(LanguageTags.fallbacks(tag)).containsExactly(expected.split(" ", -1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "en_US", "not a tag!\n", "en--US", "abcdefghi", "-", "😀"})
  void whatIsNoTagStaysAsItIsAndHasNoFallback(String noTag) {
    assertThat(LanguageTags.isWellFormed(noTag)).isFalse();
    assertThat(LanguageTags.canonical(noTag)).isEqualTo(noTag);
    assertThat(LanguageTags.fallbacks(noTag)).isEqualTo(List.of(noTag));
  }

  @Test
  void aTagOfAThousandSubtagsHasNoFallbackEither() {
    var endless = "x" + "-a".repeat(1_000);

    assertThat(LanguageTags.fallbacks(endless)).containsExactly(endless);
  }
}
