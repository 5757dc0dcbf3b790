package io.streamglot.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.streamglot.training.TatoebaDev;
import io.streamglot.translator.BundleTranslator;
import io.streamglot.translator.Translator;
import io.streamglot.translator.bundle.BundleManifest;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.decode.DecoderSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bundles that ship keep what their manifests promise. */
class ShippedModelScoreTest {

  /** Processors sum in different orders, which may turn a few close decisions. */
  private static final double MACHINE_TOLERANCE = 0.3;

  /** In the model card: {@code `source` became `translation`}. */
  private static final Pattern EXAMPLE = Pattern.compile("`([^`]+)`\\s+became\\s+`([^`]+)`");

  @ParameterizedTest
  @CsvSource({"en-fr, 1500, 48", "en-de, 1500, 42"})
  void scoresOnTheDevelopmentDataWhatItsManifestSays(
      String languages, int sentences, double atLeast) throws IOException {
    ModelBundle bundle = ModelBundle.open(Path.of("../models", languages));
    List<BundleManifest.Evaluation> promised = bundle.manifest().evaluation();
    try (Translator translator = BundleTranslator.open(bundle, DecoderSettings.DEFAULT)) {
      Evaluator.Evaluation found = new Evaluator(translator).evaluate(TatoebaDev.read(languages));

      assertThat(found.sentences()).isEqualTo(sentences);
      assertThat(found.bleu().score())
          .isGreaterThan(atLeast)
          .isCloseTo(promised.get(0).score(), within(MACHINE_TOLERANCE));
      assertThat(found.chrf().score())
          .isCloseTo(promised.get(1).score(), within(MACHINE_TOLERANCE));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"en-fr", "en-de"})
  void translatesTheExamplesOfItsCardAsTheCardSays(String languages) throws IOException {
    ModelBundle bundle = ModelBundle.open(Path.of("../models", languages));
    String card = Files.readString(bundle.folder().resolve(ModelBundle.MODEL_CARD));
    List<MatchResult> examples = EXAMPLE.matcher(card).results().toList();
    SearchOptions search = bundle.manifest().search();

    assertThat(examples).hasSizeGreaterThan(3);
    try (Translator translator = BundleTranslator.open(bundle, DecoderSettings.DEFAULT)) {
      for (MatchResult example : examples) {
        assertThat(translator.translate(List.of(example.group(1)), search).get(0).text())
            .as(example.group(1))
            .isEqualTo(example.group(2));
      }
    }
  }
}
