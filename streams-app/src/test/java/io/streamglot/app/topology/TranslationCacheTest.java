package io.streamglot.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.translator.Translation;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TranslationCacheTest {

  private static final Translation BONJOUR = new Translation("Bonjour", -0.5f, List.of(), false, 2);

  private final TestTranslator first = new TestTranslator("en", "fr");
  private final TestTranslator second = new TestTranslator("en", "fr");

  @Test
  void whatWasKeptIsFoundForItsTranslatorAlone() {
    var cache = new TranslationCache(10_000);
    cache.keep(first, "Hello", BONJOUR);

    assertThat(cache.find(first, "Hello")).contains(BONJOUR);
    assertThat(cache.find(second, "Hello")).isEmpty();
    assertThat(cache.find(first, "hello")).isEmpty();
  }

  @Test
  void itKeepsNoMoreThanItsBytes() {
    var cache = new TranslationCache(100_000);
    IntStream.range(0, 1_000).forEach(i -> cache.keep(first, "x".repeat(500) + i, BONJOUR));

    long kept =
        IntStream.range(0, 1_000)
            .filter(i -> cache.find(first, "x".repeat(500) + i).isPresent())
            .count();

    assertThat(kept).isBetween(50L, 100L); // of 1,000 bytes and more each
  }

  @Test
  void aTextThatAloneIsLargerIsNotKept() {
    var cache = new TranslationCache(1_000);
    cache.keep(first, "x".repeat(1_000), BONJOUR);

    assertThat(cache.find(first, "x".repeat(1_000))).isEmpty();
  }

  @Test
  void withoutBytesItIsOff() {
    var cache = new TranslationCache(0);
    cache.keep(first, "", BONJOUR);

    assertThat(cache.isOn()).isFalse();
    assertThat(cache.find(first, "")).isEmpty();
  }
}
