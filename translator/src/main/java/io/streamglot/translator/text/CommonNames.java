package io.streamglot.translator.text;

import java.time.DayOfWeek;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Names that each language has its own word for: days, months, languages, countries and continents,
 * as Java has them from the <a href="https://cldr.unicode.org">Unicode Common Locale Data
 * Repository</a>.
 *
 * <p>Immutable.
 */
final class CommonNames {

  /** Of the United Nations' M49: Africa, the Americas, Asia, Europe, Oceania. */
  private static final List<String> CONTINENTS = List.of("002", "019", "142", "150", "009");

  private final Map<String, Set<String>> translations = new HashMap<>();

  /**
   * The names of one language in another.
   *
   * @param source language of the names that are looked up
   * @param target language of what they are called
   */
  CommonNames(Locale source, Locale target) {
    List<String> names = names(source);
    List<String> called = names(target);
    for (int i = 0; i < names.size(); i++) {
      translations.computeIfAbsent(names.get(i), name -> new HashSet<>()).add(called.get(i));
    }
  }

  /**
   * What the other language calls it, in the form of a dictionary; empty if it is none of these.
   */
  Set<String> translations(String name) {
    return translations.getOrDefault(name, Set.of());
  }

  /** In the same order for every language. */
  private static List<String> names(Locale language) {
    return Stream.of(
            Arrays.stream(DayOfWeek.values())
                .map(day -> day.getDisplayName(TextStyle.FULL, language)),
            Arrays.stream(Month.values())
                .map(month -> month.getDisplayName(TextStyle.FULL_STANDALONE, language)),
            Arrays.stream(Locale.getISOLanguages())
                .map(code -> Locale.forLanguageTag(code).getDisplayLanguage(language)),
            Stream.concat(Arrays.stream(Locale.getISOCountries()), CONTINENTS.stream())
                .map(code -> Locale.forLanguageTag("und-" + code).getDisplayCountry(language)))
        .flatMap(Function.identity())
        .toList();
  }
}
