package io.streamglot.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.training.tokenizer.Normalization;
import io.streamglot.translator.bundle.ModelBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The recipes in {@code training/recipes}. */
class CommittedRecipesTest {

  static final Path FOLDER = Path.of("recipes");

  @TempDir private Path folder;

  static List<Path> recipes() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList();
    }
  }

  @Test
  void thereIsOneForEachResult() throws IOException {
    assertThat(recipes())
        .extracting(file -> file.getFileName().toString())
        .containsExactly(
            "bottleneck-attention.yaml",
            "bottleneck-fixed.yaml",
            "multi30k-de-en.yaml",
            "multi30k-en-de.yaml",
            "multi30k-en-fr.yaml",
            "tatoeba-en-de.yaml",
            "tatoeba-en-fr.yaml",
            "tatoeba-en-zh.yaml");
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void isCompleteAndComesBackFromTheBundleAsItWas(Path file) throws IOException {
    Recipe recipe = Recipe.read(file);
    Path written = Files.writeString(folder.resolve("recipe.yaml"), recipe.toYaml());

    assertThat(Recipe.read(written)).isEqualTo(recipe);
    assertThat(Recipe.read(written).toYaml()).isEqualTo(recipe.toYaml());
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void isNamedAfterWhatItTranslatesAndItsData(Path file) throws IOException {
    Recipe recipe = Recipe.read(file);
    String languages = recipe.sourceLanguage() + "-" + recipe.targetLanguage();
    String data = recipe.train().get(0).split("/", 2)[0];

    if (data.equals("multi30k")) {
      assertThat(recipe.name() + ".yaml").isEqualTo(file.getFileName().toString());
    } else {
      assertThat(recipe.name()).isEqualTo(languages);
      assertThat(data + ".yaml").isEqualTo(file.getFileName().toString());
    }
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void whatLearnsFromMulti30kIsNotGivenAway(Path file) throws IOException {
    Recipe recipe = Recipe.read(file);

    assertThat(recipe.isRedistributable())
        .isEqualTo(recipe.train().stream().noneMatch(name -> name.startsWith("multi30k/")));
  }

  static List<Path> shipped() throws IOException {
    try (Stream<Path> bundles = Files.list(Path.of("../models"))) {
      return bundles.sorted().toList();
    }
  }

  @Test
  void twoModelsShip() throws IOException {
    assertThat(shipped())
        .extracting(bundle -> bundle.getFileName().toString())
        .containsExactly("en-de", "en-fr");
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void makesWhatShips(Path bundle) throws IOException {
    Recipe recipe = Recipe.read(bundle.resolve(ModelBundle.RECIPE));
    Path committed = FOLDER.resolve("tatoeba-" + bundle.getFileName() + ".yaml");

    assertThat(recipe).isEqualTo(Recipe.read(committed));
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void nothingThatShipsIsBarredFromBeingGivenAway(Path bundle) throws IOException {
    assertThat(Recipe.read(bundle.resolve(ModelBundle.RECIPE)).isRedistributable()).isTrue();
    assertThat(ModelBundle.open(bundle).manifest().license())
        .doesNotContain("not for redistribution");
  }

  @Test
  void theTwoOfTheBottleneckDifferInNothingButNameAndContext() throws IOException {
    RecipeDraft attention = RecipeDraft.read(FOLDER.resolve("bottleneck-attention.yaml"));
    attention.set(Setting.NAME, List.of("bottleneck-fixed"), "--name");
    attention.set(Setting.CONTEXT, List.of("fixed"), "--context");

    assertThat(attention.finish()).isEqualTo(Recipe.read(FOLDER.resolve("bottleneck-fixed.yaml")));
  }

  @Test
  void chineseKeepsItsPunctuation() throws IOException {
    assertThat(Recipe.read(FOLDER.resolve("tatoeba-en-zh.yaml")).normalization())
        .isEqualTo(Normalization.NFC);
  }
}
