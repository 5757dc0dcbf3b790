package io.streamglot.app.language;

import java.util.Optional;

/**
 * What is taken for the language of a text whose sender names none.
 *
 * @param detection whether the text is asked
 * @param minConfidence least confidence of a detection that counts, 0 to 1; see {@link
 *     Detection.Likely}
 * @param defaultLanguage tag of the language that all other texts are in, well-formed; empty to
 *     leave it open
 */
public record LanguageSettings(
    boolean detection, double minConfidence, Optional<String> defaultLanguage) {

  /** Checks the ranges. */
  public LanguageSettings {
    if (!(minConfidence >= 0 && minConfidence <= 1)) {
      throw new IllegalArgumentException(
          "least confidence: expected 0 to 1, actual " + minConfidence);
    }
    if (!defaultLanguage.map(LanguageTags::isWellFormed).orElse(true)) {
      throw new IllegalArgumentException(
          "default language: expected a BCP 47 tag, actual " + defaultLanguage.get());
    }
  }

  /** Texts are asked, a confidence of 0.05 counts, and no language is taken for granted. */
  public static LanguageSettings defaults() {
    return new LanguageSettings(true, 0.05, Optional.empty());
  }

  /** The same without detection. */
  public LanguageSettings withoutDetection() {
    return new LanguageSettings(false, minConfidence, defaultLanguage);
  }
}
