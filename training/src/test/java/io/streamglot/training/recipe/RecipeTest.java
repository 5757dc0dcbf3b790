package io.streamglot.training.recipe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.streamglot.training.corpus.PlaceholderCopies;
import io.streamglot.training.model.ContextType;
import io.streamglot.training.model.Dropout;
import io.streamglot.training.model.Precision;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recipes as files: what is right in them, and what is said of what is wrong. */
class RecipeTest {

  /** What the defaults leave open. */
  private static final String REST =
      """

      name: en-fr
      source: en
      target: fr
      data:
        train: train.tsv.gz
        dev: [dev.en, dev.fr]
      """;

  @TempDir private Path folder;

  @Test
  void everySettingReachesItsPlace() throws IOException {
    Recipe recipe =
        read(
            right()
                .replace("seed: 1", "seed: -7")
                .replace("embedding: 0.15", "embedding: 0.1")
                .replace("context: 0.15", "context: 0.2")
                .replace("output: 0.15", "output: 0.3")
                .replace("context: additive", "context: general")
                .replace("precision: float32", "precision: bfloat16")
                .replace("length-penalty: 1.0", "length-penalty: 0.5"));

    assertThat(recipe.name()).isEqualTo("en-fr");
    assertThat(recipe.sourceLanguage()).isEqualTo("en");
    assertThat(recipe.targetLanguage()).isEqualTo("fr");
    assertThat(recipe.train()).containsExactly("train.tsv.gz");
    assertThat(recipe.dev()).containsExactly("dev.en", "dev.fr");
    assertThat(recipe.training().seed()).isEqualTo(-7);
    assertThat(recipe.training().dropout()).isEqualTo(new Dropout(0.1, 0.2, 0.3));
    assertThat(recipe.training().precision()).isEqualTo(Precision.BFLOAT16);
    assertThat(recipe.model().context()).isEqualTo(ContextType.GENERAL);
    assertThat(recipe.search().lengthPenalty()).isEqualTo(0.5f);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"PLACEHOLDERS", "PLACEHOLDER_SHARE"})
  void whatIsLeftOutIsReportedWithItsKey(Setting setting) throws IOException {
    List<String> path = List.of(setting.key().split("\\.", -1));
    String name = "  ".repeat(path.size() - 1) + path.get(path.size() - 1) + ":";
    // Of settings with one name, such as the size of encoder and decoder, all go.
    String without =
        right().lines().filter(line -> !line.startsWith(name)).collect(Collectors.joining("\n"));

    assertThat(problems(without))
        .contains(
            "FILE: %s: expected %s, actual nothing".formatted(setting.key(), setting.expected()));
  }

  @Test
  void aRecipeFromBeforeThereWerePlaceholdersHasNone() throws IOException {
    String before = right().replaceFirst("placeholders:\n.*\n.*\n", "");

    assertThat(before).doesNotContain("placeholders");
    assertThat(read(before)).isEqualTo(read(right()));
    assertThat(read(before).placeholders()).isEqualTo(new PlaceholderCopies.Settings(0, 0));
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          recipe: 1         | recipe: 2          | FILE:LINE: recipe: expected 1, the version of the format, actual 2
          recipe: 1         | rezept: 1          | FILE: recipe: expected 1, the version of the format, actual nothing
          epochs: 10        | epoch: 10          | FILE:LINE: training.epoch: expected one of seed, members, epochs, batch-tokens
          epochs: 10        | epochs: many       | FILE:LINE: training.epochs: expected a whole number from 1 to 10000, actual 'many'
          epochs: 10        | epochs: 10.5       | FILE:LINE: training.epochs: expected a whole number from 1 to 10000, actual '10.5'
          epochs: 10        | epochs: 0          | FILE:LINE: training.epochs: expected a whole number from 1 to 10000, actual '0'
          epochs: 10        | 'epochs:'          | FILE:LINE: training.epochs: expected a whole number from 1 to 10000, actual ''
          epochs: 10        | epochs: [1, 2]     | FILE:LINE: training.epochs: expected a whole number from 1 to 10000, actual the list [1, 2]
          epochs: 10        | 'epochs: {n: 1}'   | FILE:LINE: training.epochs: expected a whole number from 1 to 10000, actual a nested value
          epochs: 10        | seed: 2            | FILE:LINE: training.seed: expected once, actual twice
          rate: 0.0015      | rate: 1            | FILE:LINE: training.learning-rate: expected a number, above 0, below 1, actual '1'
          max-ratio: 4.0    | max-ratio: .nan    | FILE:LINE: filter.max-ratio: expected a number, at least 1, actual '.nan'
          max-ratio: 4.0    | max-ratio: Infinity | FILE:LINE: filter.max-ratio: expected a number, at least 1, actual 'Infinity'
          cell: lstm        | cell: lstn         | FILE:LINE: model.cell: expected one of rnn, gru, lstm, actual 'lstn'
          bidirectional: true | bidirectional: yes | FILE:LINE: model.encoder.bidirectional: expected true or false, actual 'yes'
          context: additive | context: dot       | FILE: decoder size: expected 512, as wide as an annotation, for dot attention, actual 384
          count: 0          | count: 9           | FILE:LINE: placeholders.count: expected a whole number from 0 to 8, actual '9'
          count: 0          | count: 2           | FILE: placeholders: expected count and share both 0 or both above, actual 2 and 0.0
          share: 0.0        | share: 1           | FILE:LINE: placeholders.share: expected a number, 0 to below 1, actual '1'
          source: en        | source: e_n        | FILE:LINE: source: expected a BCP 47 language tag such as en, actual 'e_n'
          license: unspecified | license: ''     | FILE:LINE: license: expected one line of text, actual ''
          train: train.tsv.gz | train: [a, b, c] | FILE:LINE: data.train: expected a tab-separated file, or source and target, actual the list [a, b, c]
          data:             | date:              | FILE:LINE: date: expected one of name, version, source
          name: en-fr       | name en-fr         | FILE:
          """)
  void whatIsWrongIsReportedInOneLine(String good, String wrong, String problem)
      throws IOException {
    int start = right().indexOf(good);
    String before = right().substring(0, start);
    String after = right().substring(start + good.length());
    String line = Long.toString(before.lines().count() + (before.endsWith("\n") ? 1 : 0));

    List<String> problems = problems(before + wrong + after);

    assertThat(problems)
        .anySatisfy(found -> assertThat(found).contains(problem.replace("LINE", line)))
        .allSatisfy(found -> assertThat(found).contains("expected ", ", actual ").hasLineCount(1));
  }

  @Test
  void whatIsNoYamlIsReportedWithItsLine() throws IOException {
    assertThat(problems("recipe: 1\nname: [en-fr\n"))
        .singleElement()
        .asString()
        .startsWith("FILE:3: expected YAML, actual ");
    assertThat(problems("recipe: 1\u0000\n"))
        .singleElement()
        .asString()
        .startsWith("FILE: expected YAML, actual special characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "words", "- a\n- b\n"})
  void textWithoutSettingsIsRefused(String text) throws IOException {
    assertThat(problems(text))
        .containsExactly("FILE: expected settings such as 'recipe: 1', actual something else");
  }

  @Test
  void otherBytesThanUtf8AreRefused() throws IOException {
    Path file = folder.resolve("recipe.yaml");
    Files.write(file, "recipe: 1\nname: é\n".getBytes(ISO_8859_1));

    assertThat(problemsOf(file)).containsExactly("FILE: expected UTF-8, actual other bytes");
  }

  @Test
  void aValueInPlaceOfASectionIsReportedWithWhatBelongsThere() throws IOException {
    String text = right().replaceFirst("dropout:\n.*\n.*\n.*", "dropout: 0.15");

    assertThat(problems(text))
        .anySatisfy(
            line ->
                assertThat(line)
                    .endsWith(
                        "training.dropout: expected the settings embedding, context, output,"
                            + " actual a value"));
  }

  @Test
  void linesOfNotesEndInOneWay() throws IOException {
    RecipeDraft draft = draft(right());
    draft.set(Setting.NOTES, List.of("a\r\nb\rc\n"), "test");

    assertThat(draft.finish().notes()).isEqualTo("a\nb\nc\n");
  }

  @Test
  void aSectionThatContainsItselfIsRefused() throws IOException {
    String cyclic =
        right()
            .replace("\ntraining:", "\ntraining: &all")
            .replace("  dropout:", "  dropout: *all #");

    assertThat(problems(cyclic)).isNotEmpty();
  }

  @Test
  void everythingWrongIsReportedAtOnce() throws IOException {
    String text =
        right()
            .replace("epochs: 10", "epochs: 0")
            .replace("cell: lstm", "cell: lstn")
            .replace("beam: 4", "bean: 4");

    assertThat(problems(text))
        .hasSize(4)
        .anySatisfy(line -> assertThat(line).contains("search.bean: expected one of beam"))
        .anySatisfy(line -> assertThat(line).contains("search.beam: expected a whole number"))
        .anySatisfy(line -> assertThat(line).contains("model.cell"))
        .anySatisfy(line -> assertThat(line).contains("training.epochs"));
  }

  @Test
  void textIsTakenAsItStandsWhateverYamlWouldReadIntoIt() throws IOException {
    Recipe recipe =
        read(
            right().replace("version: 1.0.0", "version: 1.10").replace("target: fr", "target: no"));

    assertThat(recipe.version()).isEqualTo("1.10");
    assertThat(recipe.targetLanguage()).isEqualTo("no");
    assertThat(read(recipe.toYaml())).isEqualTo(recipe);
  }

  @Test
  void anOverrideReplacesOneValueAndNothingElse() throws IOException {
    RecipeDraft draft = draft(right());
    draft.set(Setting.CONTEXT, List.of("FIXED"), "--context");
    Recipe fixed = draft.finish();

    assertThat(fixed).isEqualTo(read(right().replace("context: additive", "context: fixed")));
    assertThat(fixed).isNotEqualTo(read(right()));
  }

  @Test
  void anOverrideIsReportedByItsFlag() throws IOException {
    RecipeDraft draft = draft(right());
    draft.set(Setting.EPOCHS, List.of("many"), "--epochs");

    assertThat(catchThrowableOfType(RecipeException.class, draft::finish).problems())
        .containsExactly("--epochs: expected a whole number from 1 to 10000, actual 'many'");
  }

  @Test
  void theDefaultsLackOnlyWhatNobodyCanKnow() {
    assertThat(
            Arrays.stream(Setting.values())
                .filter(setting -> RecipeDraft.defaults().textOf(setting).isEmpty()))
        .containsExactly(Setting.NAME, Setting.SOURCE, Setting.TARGET, Setting.TRAIN, Setting.DEV);
    assertThat(
            catchThrowableOfType(RecipeException.class, () -> RecipeDraft.defaults().finish())
                .problems())
        .hasSize(5)
        .contains("--source: expected a BCP 47 language tag such as en, actual nothing");
  }

  @Test
  void whatMayNotBeGivenAwaySaysSoInItsLicence() throws IOException {
    Recipe free = read(right().replace("redistributable: false", "redistributable: true"));

    assertThat(free.license()).isEqualTo("unspecified");
    assertThat(read(right()).license()).isEqualTo("unspecified (not for redistribution)");
  }

  private static String right() throws IOException {
    try (InputStream defaults = RecipeDraft.class.getResourceAsStream("default.yaml")) {
      return new String(defaults.readAllBytes(), UTF_8) + REST;
    }
  }

  private Recipe read(String text) throws IOException {
    return draft(text).finish();
  }

  private RecipeDraft draft(String text) throws IOException {
    return RecipeDraft.read(Files.writeString(folder.resolve("recipe.yaml"), text));
  }

  private List<String> problems(String text) throws IOException {
    return problemsOf(Files.writeString(folder.resolve("recipe.yaml"), text));
  }

  private static List<String> problemsOf(Path file) {
    return catchThrowableOfType(RecipeException.class, () -> Recipe.read(file)).problems().stream()
        .map(line -> line.replace(file.toString(), "FILE"))
        .toList();
  }
}
