package io.streamglot.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;

/** A recipe that is written and read again is the same recipe, whatever its values. */
class RecipeRoundTripTest {

  private static final Path FILE = CommittedRecipesTest.FOLDER.resolve("tatoeba-en-fr.yaml");

  /** What YAML gives a meaning to, and what it cannot hold as it is. */
  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "a", "é", "漢", "🙂", " ", "  ", "\n", "\n\n", "\t", "\r", "\r\n", ":", ": ", " #", "#",
            "-", "- ", "|", ">", "'", "\"", "\\", "{", "[", "]", "}", ",", "&a", "*a", "!!str", "%",
            "@", "`", "~", "null", "true", "no", "1.10", "1e3", "---", "...", "\u0000", "\u0007",
            "\u0085", "\u2028", "\u2029", "\ufeff", "\ufffe")
        .list()
        .ofMaxSize(8)
        .map(pieces -> String.join("", pieces));
  }

  @Property(tries = 200)
  void notesComeBack(@ForAll("texts") String notes) {
    assertComesBack(Setting.NOTES, notes);
  }

  @Property(tries = 200)
  void namesOfFilesComeBack(@ForAll("texts") String name) {
    assertComesBack(Setting.TRAIN, "x" + name.replaceAll("\\R", " "), "y");
  }

  @Property(tries = 200)
  void linesComeBack(@ForAll("texts") String line) {
    assertComesBack(Setting.LICENSE, "x" + line.replaceAll("\\R", " "));
  }

  @Property(tries = 200)
  void numbersComeBack(
      @ForAll long seed, @ForAll @DoubleRange(min = 1e-9, max = 0.99) @Scale(12) double rate) {
    assertComesBack(Setting.SEED, Long.toString(seed));
    assertComesBack(Setting.LEARNING_RATE, Double.toString(rate));
  }

  private static void assertComesBack(Setting setting, String... texts) {
    try {
      RecipeDraft draft = RecipeDraft.read(FILE);
      draft.set(setting, List.of(texts), "test");
      Recipe recipe = draft.finish();
      Path file = Files.createTempFile("recipe", ".yaml");
      Files.writeString(file, recipe.toYaml());

      assertThat(Recipe.read(file)).as(recipe.toYaml()).isEqualTo(recipe);
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
