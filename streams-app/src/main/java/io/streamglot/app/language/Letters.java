package io.streamglot.app.language;

import com.ibm.icu.lang.UScript;
import com.ibm.icu.util.ULocale;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import opennlp.tools.util.normalizer.TwitterCharSequenceNormalizer;
import opennlp.tools.util.normalizer.UrlCharSequenceNormalizer;

/**
 * The letters of a text, counted by script (Unicode Standard Annex 24). Those of web and e-mail
 * addresses and of mentions do not count, nor those that many scripts share.
 */
record Letters(Map<Integer, Integer> counts) {

  static Letters of(String text) {
    var words =
        TwitterCharSequenceNormalizer.getInstance()
            .normalize(UrlCharSequenceNormalizer.getInstance().normalize(text));
    var counts = new HashMap<Integer, Integer>();
    words
        .codePoints()
        .filter(Character::isLetter)
        .map(UScript::getScript)
        .filter(script -> script != UScript.COMMON && script != UScript.INHERITED)
        .forEach(script -> counts.merge(script, 1, Integer::sum));
    return new Letters(counts);
  }

  /**
   * The scripts that a language is written in, by the Unicode Common Locale Data Repository.
   *
   * @return empty where it is not known
   */
  static Optional<Set<Integer>> scriptsOf(String tag) {
    var locale = ULocale.forLanguageTag(tag);
    return locale.getLanguage().isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(UScript.getCode(locale))
            .map(scripts -> Arrays.stream(scripts).boxed().collect(Collectors.toUnmodifiableSet()));
  }

  /** Whether at least half of them are of the scripts; true where there are none. */
  boolean areMostlyOf(Set<Integer> scripts) {
    int own = scripts.stream().mapToInt(script -> counts.getOrDefault(script, 0)).sum();
    return 2 * own >= counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The name of the script of most of them, such as {@code Cyrillic}; there must be some. */
  String mainScript() {
    return UScript.getName(
        Collections.max(counts.entrySet(), Map.Entry.comparingByValue()).getKey());
  }
}
