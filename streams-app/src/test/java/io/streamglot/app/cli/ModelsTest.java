package io.streamglot.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamglot.app.integration.BundleCopy;
import io.streamglot.app.topology.LanguagePair;
import io.streamglot.app.topology.Translators;
import io.streamglot.translator.decode.DecoderSettings;
import io.streamglot.translator.text.Terms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelsTest {
  private static final Path MODELS = Path.of("..", "models");

  @Test
  void aFolderOfBundlesStandsForAllOfThemAndABundleForItself() {
    assertThat(Models.pairs(Models.bundles(List.of(MODELS))))
        .containsExactly(new LanguagePair("en", "de"), new LanguagePair("en", "fr"));
    assertThat(Models.pairs(Models.bundles(List.of(MODELS.resolve("en-fr")))))
        .containsExactly(new LanguagePair("en", "fr"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aModelSaysWhatItTakesWhenItIsLoadedWhichMayBeWithItsFirstText(boolean lazily) {
    List<String> loads = new ArrayList<>();
    LanguagePair pair = new LanguagePair("en", "fr");

    try (Translators translators =
        Models.translators(
            Models.bundles(List.of(MODELS)), new DecoderSettings(1), lazily, loads::add)) {
      assertThat(loads).hasSize(lazily ? 0 : 2);
      assertThat(translators.models(pair).serving().encode("Stop!", Terms.NONE).length())
          .isPositive();
    }
    assertThat(loads)
        .hasSize(lazily ? 1 : 2)
        .allMatch(
            line ->
                line.matches(
                    "model en-.. \\S+: loaded in \\d+ ms(, resident memory [+-]\\d+ MiB)?"));
  }

  @Test
  void aFolderWithoutABundleIsRefusedInALine(@TempDir Path folder) throws Exception {
    Files.createDirectories(folder.resolve("en-xx"));

    assertThatThrownBy(() -> Models.bundles(List.of(MODELS, folder)))
        .isInstanceOf(UserErrorException.class)
        .hasMessage(
            "%s: expected a model bundle or folders of model bundles, actual no bundle.json in it or in a folder in it",
            folder);
  }

  @Test
  void everyFolderThatIsNoneIsNamedAtOnce(@TempDir Path folder) throws Exception {
    BundleCopy.damaged(folder.resolve("damaged"));
    Path empty = Files.createDirectories(folder.resolve("empty"));

    assertThatThrownBy(() -> Models.bundles(List.of(folder, MODELS, empty)))
        .isInstanceOfSatisfying(
            UserErrorException.class,
            refused ->
                assertThat(refused.lines())
                    .satisfiesExactly(
                        line -> assertThat(line).contains(folder + "/damaged", "model.onnx"),
                        line -> assertThat(line).startsWith(empty + ": expected")));
  }
}
