package io.streamglot.app.topology;

import io.streamglot.schemas.Translation;
import io.streamglot.schemas.TranslationFailure;

/**
 * What became of a source record for one target language: a translation, which is the text itself
 * where it was in that language already, or why there is none.
 */
sealed interface Outcome {

  /**
   * Goes to the topic of translations, or to that of its language.
   *
   * @param language of the models, as which the translation is served: the target language of the
   *     record, or what that stands for
   * @param tokens how many tokens the decoder wrote for it, at least 0
   */
  record Translated(Translation translation, String language, int tokens) implements Outcome {}

  /** Goes to the topic of failures. */
  record Failed(TranslationFailure failure) implements Outcome {}
}
