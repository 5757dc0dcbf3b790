package io.streamglot.app.topology;

import io.streamglot.schemas.Translation;
import io.streamglot.schemas.TranslationFailure;

/** What became of a source record for one target language: a translation, or why there is none. */
sealed interface Outcome {

  /**
   * Goes to the topic of translations.
   *
   * @param tokens how many tokens the decoder wrote for it, at least 0
   */
  record Translated(Translation translation, int tokens) implements Outcome {

    /** From which language into which. */
    LanguagePair pair() {
      return new LanguagePair(translation.getSourceLanguage(), translation.getTargetLanguage());
    }
  }

  /** Goes to the topic of failures. */
  record Failed(TranslationFailure failure) implements Outcome {}
}
