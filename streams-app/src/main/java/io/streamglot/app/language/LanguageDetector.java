package io.streamglot.app.language;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.stream.Stream;
import opennlp.tools.langdetect.LanguageDetectorModel;
import opennlp.tools.langdetect.ThreadSafeLanguageDetectorME;

/**
 * Says which of some languages a text is in, by its character n-grams.
 *
 * <p>Apache OpenNLP and its model of 103 languages do the work; web and e-mail addresses, mentions,
 * emoji and digits count for nothing. The model is read from the class path when the first text is
 * asked for, once in a process.
 *
 * <p>Thread-safe.
 */
public final class LanguageDetector {

  /** Most characters of a text that are looked at: more take longer and say no more. */
  static final int MAX_CHARACTERS = 400;

  /**
   * A text in one of the languages has for it at least this part of what the likeliest of all 103
   * has; else it is in none of them.
   */
  private static final double LEAST_OF_LIKELIEST = 0.8;

  /** Languages that the model has under another code than that of their tag. */
  private static final Map<String, String> CODES = Map.of("zh", "cmn", "no", "nob");

  private final Map<String, String> tagsByCode = new LinkedHashMap<>();

  /**
   * What a text seems to be.
   *
   * @param language one of the languages to choose from
   * @param confidence 0 to 1: how far the next of the languages lies behind, as a part of this one.
   *     No probability
   */
  public record Detection(String language, double confidence) {}

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
   * @param languages tags to choose from. Of several that differ in region or script only, the
   *     first is meant; one that the model does not know is never found
   */
  public LanguageDetector(Collection<String> languages) {
    languages.forEach(tag -> tagsByCode.putIfAbsent(code(tag), tag));
  }

  /**
   * Says which of the languages the text is in.
   *
   * @return empty where the text has no word, or is rather in none of the languages
   */
  public Optional<Detection> detect(String text) {
    var seen = text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS);
    var likeliestFirst = Loaded.MODEL.predictLanguages(seen);
    var ours =
        Stream.of(likeliestFirst).filter(each -> tagsByCode.containsKey(each.getLang())).toList();
    if (ours.isEmpty()) {
      return Optional.empty();
    }
    double best = ours.get(0).getConfidence();
    double next = ours.size() > 1 ? ours.get(1).getConfidence() : 0;
    boolean saysNothing =
        likeliestFirst[0].getConfidence()
            == likeliestFirst[likeliestFirst.length - 1].getConfidence();
    if (saysNothing || best < LEAST_OF_LIKELIEST * likeliestFirst[0].getConfidence()) {
      return Optional.empty();
    }
    return Optional.of(new Detection(tagsByCode.get(ours.get(0).getLang()), 1 - next / best));
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
