package io.streamglot.training.recipe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A recipe in the making: what a file says, and what overrides it. All that is wrong is found
 * before any of it is reported. Not thread-safe.
 */
public final class RecipeDraft {

  private static final String DEFAULTS = "default.yaml";

  /** The file, or null where flags are to bring what is missing. */
  private final String file;

  private final Map<Setting, Given> given = new EnumMap<>(Setting.class);
  private final List<String> problems = new ArrayList<>();

  /** The texts of a value, and where they stand, for messages. */
  private record Given(List<String> texts, String where) {}

  private RecipeDraft(String file) {
    this.file = file;
  }

  /**
   * What a file says.
   *
   * @param file YAML in UTF-8
   * @throws RecipeException if it is no YAML or of another format version
   * @throws IOException if it cannot be read
   */
  public static RecipeDraft read(Path file) throws IOException {
    RecipeDraft draft = new RecipeDraft(file.toString());
    new RecipeReader(file.toString(), draft).read(textOf(file));
    return draft;
  }

  /** What the flags have as defaults: everything but name, languages and data. */
  public static RecipeDraft defaults() {
    RecipeDraft draft = empty();
    try (InputStream in = RecipeDraft.class.getResourceAsStream(DEFAULTS)) {
      new RecipeReader(DEFAULTS, draft).read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return draft;
  }

  /** Nothing set yet. */
  public static RecipeDraft empty() {
    return new RecipeDraft(null);
  }

  /** The text of a setting as it stands; empty if it is not set. */
  public Optional<String> textOf(Setting setting) {
    return Optional.ofNullable(given.get(setting)).map(value -> String.join(" ", value.texts()));
  }

  /**
   * Sets a value, or replaces it.
   *
   * @param texts its text, or those of a list
   * @param where names the place in messages, such as {@code --epochs}
   */
  public void set(Setting setting, List<String> texts, String where) {
    given.put(setting, new Given(List.copyOf(texts), where));
  }

  /**
   * Sets a value to the text of a file, or replaces it.
   *
   * @throws RecipeException if the file is not UTF-8
   * @throws IOException if it cannot be read
   */
  public void setToContent(Setting setting, Path file) throws IOException {
    set(setting, List.of(textOf(file)), file.toString());
  }

  /** Notes what is wrong, one line, to be reported with the rest. */
  void problem(String problem) {
    problems.add(problem);
  }

  /**
   * The recipe.
   *
   * @throws RecipeException if anything is missing or wrong
   */
  public Recipe finish() throws RecipeException {
    List<String> found = new ArrayList<>(problems);
    Map<Setting, Object> values = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      Given texts = given.getOrDefault(setting, formerly(setting));
      Object value = texts == null ? null : setting.type().parse(texts.texts());
      if (value == null) {
        found.add(
            "%s: expected %s, actual %s"
                .formatted(
                    texts == null ? where(setting) : texts.where(),
                    setting.expected(),
                    texts == null ? "nothing" : shown(texts.texts())));
      } else {
        values.put(setting, value);
      }
    }
    if (!found.isEmpty()) {
      throw new RecipeException(found.stream().distinct().toList());
    }
    try {
      return new Recipe(values);
    } catch (IllegalArgumentException e) {
      throw new RecipeException(file == null ? e.getMessage() : file + ": " + e.getMessage(), e);
    }
  }

  private Given formerly(Setting setting) {
    return setting.formerly().map(text -> new Given(List.of(text), where(setting))).orElse(null);
  }

  private String where(Setting setting) {
    return file == null ? setting.flag() : file + ": " + setting.key();
  }

  private static String shown(List<String> texts) {
    return texts.size() == 1 ? "'" + texts.get(0) + "'" : "the list " + texts;
  }

  private static String textOf(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new RecipeException(file + ": expected UTF-8, actual other bytes", e);
    }
  }
}
