package io.streamglot.translator.evaluate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Cuts text at white space and counts n-grams. */
final class Ngrams {

  /** White space as sacreBLEU's language, Python, sees it. */
  private static final Pattern WHITE_SPACE = compile("[\\s\\x1c-\\x1f]+");

  private static final Pattern WHITE_SPACE_AT_START = compile("\\A[\\s\\x1c-\\x1f]+");
  private static final Pattern WHITE_SPACE_AT_END = compile("[\\s\\x1c-\\x1f]+\\z");

  private Ngrams() {}

  private static Pattern compile(String regex) {
    return Pattern.compile(regex, Pattern.UNICODE_CHARACTER_CLASS);
  }

  /** The text without white space at its end. */
  static String stripTrailing(String text) {
    return WHITE_SPACE_AT_END.matcher(text).replaceFirst("");
  }

  /** The text without white space at its start and end. */
  static String strip(String text) {
    return WHITE_SPACE_AT_START.matcher(stripTrailing(text)).replaceFirst("");
  }

  /** The words between white space; none for a blank text. */
  static List<String> words(String text) {
    return WHITE_SPACE.splitAsStream(text).filter(word -> !word.isEmpty()).toList();
  }

  /** The characters (Unicode code points) that are not white space. */
  static List<Integer> characters(String text) {
    return String.join("", words(text)).codePoints().boxed().toList();
  }

  /** How often each n-gram of that order occurs. */
  static <T> Map<List<T>, Integer> count(List<T> items, int order) {
    Map<List<T>, Integer> counts = new HashMap<>();
    for (int i = 0; i + order <= items.size(); i++) {
      counts.merge(items.subList(i, i + order), 1, Integer::sum);
    }
    return counts;
  }

  /** How many n-grams both have, each as often as in the one that has it less. */
  static <T> int matches(Map<List<T>, Integer> hypothesis, Map<List<T>, Integer> reference) {
    int matches = 0;
    for (Map.Entry<List<T>, Integer> ngram : hypothesis.entrySet()) {
      matches += Math.min(ngram.getValue(), reference.getOrDefault(ngram.getKey(), 0));
    }
    return matches;
  }
}
