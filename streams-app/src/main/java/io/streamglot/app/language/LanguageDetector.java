package io.streamglot.app.language;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import opennlp.tools.langdetect.LanguageDetectorModel;
import opennlp.tools.langdetect.ThreadSafeLanguageDetectorME;

/**
 * Says which of some languages a text is in, or that it is in none of them: by the script of its
 * letters, and among the languages that are written in it by character n-grams.
 *
 * <p>Apache OpenNLP and its model of 103 languages do the latter; web and e-mail addresses,
 * mentions, emoji and digits count for nothing. The model is read from the class path when the
 * first text is asked for, once in a process.
 *
 * <p>Thread-safe.
 */
public final class LanguageDetector {

  /** Most characters of a text that are looked at: more take longer and say no more. */
  static final int MAX_CHARACTERS = 400;

  /**
   * A text in one of the languages has for it at least this part of what the likeliest of all 103
   * has; else it is in none of them. Chosen by the table of docs/decisions/0020.
   */
  private static final double LEAST_OF_LIKELIEST = 0.8;

  /** Languages that the model has under another code than that of their tag. */
  private static final Map<String, String> CODES = Map.of("zh", "cmn", "no", "nob");

  private final List<Language> languages;

  /**
   * A language to choose from.
   *
   * @param code under which the model has it, if it does
   * @param scripts that it is written in; empty where that is not known
   */
  private record Language(String tag, String code, Optional<Set<Integer>> scripts) {

    boolean isWrittenIn(Letters letters) {
      return scripts.map(letters::areMostlyOf).orElse(true);
    }
  }

  /** The model, when it is first asked for. */
  private static final class Loaded {
    static final ThreadSafeLanguageDetectorME MODEL = load();

    private static ThreadSafeLanguageDetectorME load() {
      try (var file = LanguageDetector.class.getResourceAsStream("/langdetect-183.bin")) {
        return new ThreadSafeLanguageDetectorME(new LanguageDetectorModel(file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Loads nothing yet.
   *
   * @param languages tags to choose from. Of several that differ in region only, the first is
   *     meant; one that the model does not know is never found
   */
  public LanguageDetector(Collection<String> languages) {
    this.languages =
        languages.stream()
            .map(tag -> new Language(tag, code(tag), Letters.scriptsOf(tag)))
            .toList();
  }

  /** Says which of the languages the text is in, if it shows that. */
  public Detection detect(String text) {
    var seen = text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS);
    var letters = Letters.of(seen);
    var tagsByCode = new LinkedHashMap<String, String>();
    languages.stream()
        .filter(language -> language.isWrittenIn(letters))
        .forEach(language -> tagsByCode.putIfAbsent(language.code(), language.tag()));
    if (tagsByCode.isEmpty()) {
      return languages.isEmpty()
          ? new Detection.Unknown()
          : new Detection.Foreign(letters.mainScript() + " letters");
    }
    var likeliestFirst = Loaded.MODEL.predictLanguages(seen);
    var ours =
        Stream.of(likeliestFirst).filter(each -> tagsByCode.containsKey(each.getLang())).toList();
    var likeliest = likeliestFirst[0];
    boolean saysNothing =
        likeliest.getConfidence() == likeliestFirst[likeliestFirst.length - 1].getConfidence();
    if (saysNothing || ours.isEmpty()) {
      return new Detection.Unknown();
    }
    double best = ours.get(0).getConfidence();
    if (best < LEAST_OF_LIKELIEST * likeliest.getConfidence()) {
      boolean allAreKnown = ours.size() == tagsByCode.size();
      return allAreKnown
          ? new Detection.Foreign("'%s'".formatted(likeliest.getLang()))
          : new Detection.Unknown();
    }
    double next = ours.size() > 1 ? ours.get(1).getConfidence() : 0;
    return new Detection.Likely(tagsByCode.get(ours.get(0).getLang()), 1 - next / best);
  }

  private static String code(String tag) {
    var locale = Locale.forLanguageTag(tag);
    try {
      return CODES.getOrDefault(locale.getLanguage(), locale.getISO3Language());
    } catch (MissingResourceException e) {
      return tag; // known to nobody
    }
  }
}
