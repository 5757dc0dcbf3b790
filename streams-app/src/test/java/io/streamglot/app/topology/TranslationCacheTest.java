package io.streamglot.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.schemas.SourceText;
import io.streamglot.translator.Translation;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TranslationCacheTest {

  private static final Translation BONJOUR = new Translation("Bonjour", -0.5f, List.of(), false, 2);

  private final TestTranslator first = new TestTranslator("en", "fr");
  private final TestTranslator second = new TestTranslator("en", "fr");

  @Test
  void whatWasKeptIsFoundForItsTranslatorAlone() {
    var cache = new TranslationCache(10_000);
    cache.keep(first, text("Hello"), BONJOUR);

    assertThat(cache.find(first, text("Hello"))).contains(BONJOUR);
    assertThat(cache.find(second, text("Hello"))).isEmpty();
    assertThat(cache.find(first, text("hello"))).isEmpty();
  }

  @Test
  void otherTermsToKeepAreAnotherTranslation() {
    var cache = new TranslationCache(10_000);
    var plain = text("Hello");
    var kept =
        new SourceText(
            "m2",
            "Hello",
            "en",
            plain.getTargetLanguages(),
            plain.getSentAt(),
            Map.of(),
            List.of("Hello"));
    cache.keep(first, plain, BONJOUR);

    assertThat(cache.find(first, kept)).isEmpty();
  }

  @Test
  void itKeepsNoMoreThanItsBytes() {
    var cache = new TranslationCache(100_000);
    IntStream.range(0, 1_000).forEach(i -> cache.keep(first, text("x".repeat(500) + i), BONJOUR));

    long kept =
        IntStream.range(0, 1_000)
            .filter(i -> cache.find(first, text("x".repeat(500) + i)).isPresent())
            .count();

    assertThat(kept).isBetween(50L, 100L); // of 1,000 bytes and more each
  }

  @Test
  void aTextThatAloneIsLargerIsNotKept() {
    var cache = new TranslationCache(1_000);
    cache.keep(first, text("x".repeat(1_000)), BONJOUR);

    assertThat(cache.find(first, text("x".repeat(1_000)))).isEmpty();
  }

  @Test
  void withoutBytesItIsOff() {
    var cache = new TranslationCache(0);
    cache.keep(first, text(""), BONJOUR);

    assertThat(cache.isOn()).isFalse();
    assertThat(cache.find(first, text(""))).isEmpty();
  }

  private static SourceText text(String text) {
    return Records.text("m1", text, "en", "fr");
  }
}
