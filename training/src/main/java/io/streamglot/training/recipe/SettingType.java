package io.streamglot.training.recipe;

import io.streamglot.translator.bundle.BundleManifest;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The values that a setting may have, in words and as a parser.
 *
 * @param label stands for a value in the help, such as {@code N}
 * @param expected what a value has to be, in words
 * @param kind how a value is written
 * @param parser from the text of a value; gives null, or throws an {@link
 *     IllegalArgumentException}, for what is no value
 */
record SettingType(String label, String expected, Kind kind, Function<String, Object> parser) {

  /** How a value is written in a file. */
  enum Kind {
    /** Text: YAML must not read a number or truth value into it. */
    TEXT,
    /** A number, truth value or name. */
    WORD,
    /** One or two texts. */
    LIST
  }

  private static final Pattern LINE_END = Pattern.compile("\\R");

  /** Most texts in a list. */
  static final int MOST_TEXTS = 2;

  /** A text of any length, also none; its lines end as in YAML, whatever they ended with. */
  static SettingType text() {
    return new SettingType(
        "TEXT", "a text", Kind.TEXT, text -> LINE_END.matcher(text).replaceAll("\n"));
  }

  /** A line that is not blank. */
  static SettingType line() {
    return new SettingType("TEXT", "one line of text", Kind.TEXT, SettingType::asLine);
  }

  private static String asLine(String text) {
    return text.isBlank() || LINE_END.matcher(text).find() ? null : text;
  }

  /** A language. */
  static SettingType language() {
    return new SettingType(
        "TAG",
        "a BCP 47 language tag such as en",
        Kind.TEXT,
        text -> {
          BundleManifest.requireLanguage("language", text);
          return text;
        });
  }

  /** A file of tab-separated pairs, or the two files of source and target. */
  static SettingType files() {
    return new SettingType(
        "FILE", "a tab-separated file, or source and target", Kind.LIST, SettingType::asLine);
  }

  /** A whole number. */
  static SettingType whole(int min) {
    return whole("a whole number of at least " + min, min, Integer.MAX_VALUE);
  }

  /** A whole number. */
  static SettingType whole(int min, int max) {
    return whole("a whole number from %d to %d".formatted(min, max), min, max);
  }

  private static SettingType whole(String expected, int min, int max) {
    return new SettingType(
        "N",
        expected,
        Kind.WORD,
        text -> {
          int number = Integer.parseInt(text);
          return number >= min && number <= max ? number : null;
        });
  }

  /** Any whole number of 64 bits. */
  static SettingType seed() {
    return new SettingType("N", "a whole number", Kind.WORD, Long::parseLong);
  }

  /**
   * A finite number.
   *
   * @param expected the range in words
   * @param range the range
   */
  static SettingType number(String expected, DoublePredicate range) {
    return new SettingType(
        "X",
        "a number, " + expected,
        Kind.WORD,
        text -> {
          double number = Double.parseDouble(text);
          return Double.isFinite(number) && range.test(number) ? number : null;
        });
  }

  /** A probability below 1. */
  static SettingType share() {
    return number("0 to below 1", value -> value >= 0 && value < 1);
  }

  /** One of a few names. */
  static <E extends Enum<E>> SettingType choice(Class<E> names) {
    List<E> choices = Arrays.asList(names.getEnumConstants());
    List<String> written = choices.stream().map(SettingType::nameOf).toList();
    return new SettingType(
        String.join("|", written),
        "one of " + String.join(", ", written),
        Kind.WORD,
        text ->
            choices.stream()
                .filter(choice -> nameOf(choice).equals(nameOf(text)))
                .findFirst()
                .orElse(null));
  }

  /** True or false. */
  static SettingType truth() {
    return new SettingType(
        "true|false",
        "true or false",
        Kind.WORD,
        text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> null;
            });
  }

  /**
   * The value that these texts give.
   *
   * @return null if they give none
   */
  Object parse(List<String> texts) {
    try {
      if (kind == Kind.LIST) {
        List<Object> values = texts.stream().map(parser).toList();
        return values.isEmpty() || values.size() > MOST_TEXTS || values.contains(null)
            ? null
            : values;
      }
      return texts.size() == 1 ? parser.apply(texts.get(0)) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** What {@link #parse} would give the value for. */
  static List<String> texts(Object value) {
    return value instanceof List<?> list
        ? list.stream().map(Objects::toString).toList()
        : List.of(textOf(value));
  }

  private static String textOf(Object value) {
    if (value instanceof Double number) {
      return BigDecimal.valueOf(number).toPlainString();
    }
    return value instanceof Enum<?> name ? nameOf(name) : value.toString();
  }

  private static String nameOf(Enum<?> name) {
    return nameOf(name.name());
  }

  private static String nameOf(String text) {
    return text.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
