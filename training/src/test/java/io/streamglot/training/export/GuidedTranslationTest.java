package io.streamglot.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamglot.training.TatoebaDev;
import io.streamglot.training.corpus.SentencePair;
import io.streamglot.translator.BundleTranslator;
import io.streamglot.translator.Translation;
import io.streamglot.translator.TranslationRequest;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.decode.DecoderSettings;
import io.streamglot.translator.decode.Sampling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Prefixes and lots with the model that ships, on real sentences. */
class GuidedTranslationTest {

  private static final Path SHIPPED = Path.of("..", "models", "en-fr");

  private static ModelBundle bundle;
  private static BundleTranslator translator;
  private static SearchOptions options;
  private static List<String> texts;

  @BeforeAll
  static void open() throws IOException {
    bundle = ModelBundle.open(SHIPPED);
    translator = BundleTranslator.open(bundle, DecoderSettings.DEFAULT);
    options = bundle.manifest().search();
    texts =
        TatoebaDev.read().pairs().stream()
            .map(SentencePair::source)
            .filter(text -> text.length() > 12)
            .limit(60)
            .toList();
  }

  @AfterAll
  static void close() {
    if (translator != null) {
      translator.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Je", "Eh bien, je pens", "« 2,5 % »", "Ça l'éte", "l'œuf 中", "É"})
  void aTranslationBeginsWithItsPrefix(String prefix) {
    List<Translation> translations =
        translator.translate(
            request().withPrefixes(Collections.nCopies(texts.size(), "  " + prefix + "\n")));

    assertThat(translations).allMatch(translation -> translation.text().startsWith(prefix));
    assertThat(translations)
        .filteredOn(translation -> translation.text().length() > prefix.length())
        .hasSizeGreaterThan(texts.size() / 2);
  }

  @Test
  void anEmptyOrBlankPrefixChangesNothing() {
    List<Translation> expected = translator.translate(texts, options);

    assertThat(translator.translate(request().withPrefixes(Collections.nCopies(texts.size(), " "))))
        .isEqualTo(expected);
  }

  @Test
  void aBlankTextIsAnsweredAsItIsWhateverItsPrefix() {
    TranslationRequest blank = new TranslationRequest(List.of(" "), options);

    assertThat(translator.translate(blank.withPrefixes(List.of("Je ".repeat(100)))))
        .containsExactly(new Translation(" ", 0, List.of(), false));
  }

  @Test
  void refusesAPrefixThatIsLongerThanTheTranslationMayGet() {
    TranslationRequest request =
        new TranslationRequest(List.of("Go."), new SearchOptions(4, 1, 1, 1, 0));

    assertThatThrownBy(() -> translator.translate(request.withPrefixes(List.of("Je ".repeat(100)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "prefix of the translation of 'Go.': expected at most \\d tokens, actual 100");
  }

  @Test
  void theSameSeedDrawsTheSameTextsInWhateverCompanyAndThreads() throws IOException {
    Sampling sampling = new Sampling(0.8f, 50, 0.95f, 7);
    List<Translation> expected = translator.translate(request().withSampling(sampling));

    assertThat(expected).isNotEqualTo(translator.translate(texts, options.withBeamSize(1)));
    assertThat(expected)
        .isNotEqualTo(
            translator.translate(request().withSampling(new Sampling(0.8f, 50, 0.95f, 8))));
    try (BundleTranslator another = BundleTranslator.open(bundle, new DecoderSettings(3))) {
      for (int i = 0; i < texts.size(); i++) {
        TranslationRequest alone = new TranslationRequest(List.of(texts.get(i)), options);
        assertThat(another.translate(alone.withSampling(sampling)).get(0).text())
            .isEqualTo(expected.get(i).text());
      }
    }
  }

  private static TranslationRequest request() {
    return new TranslationRequest(texts, options);
  }
}
