package io.streamglot.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamglot.app.topology.LanguagePair;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsTest {
  private static final Path MODELS = Path.of("..", "models");

  @Test
  void aFolderOfBundlesStandsForAllOfThemAndABundleForItself() {
    assertThat(Models.pairs(Models.bundles(List.of(MODELS))))
        .containsExactly(new LanguagePair("en", "de"), new LanguagePair("en", "fr"));
    assertThat(Models.pairs(Models.bundles(List.of(MODELS.resolve("en-fr")))))
        .containsExactly(new LanguagePair("en", "fr"));
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
}
