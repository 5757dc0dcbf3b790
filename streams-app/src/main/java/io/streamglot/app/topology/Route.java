package io.streamglot.app.topology;

import io.streamglot.schemas.FailureReason;

/** What is to become of a text for one target language. */
sealed interface Route {

  /** Canonical tag of the target language, as the record names it. */
  String target();

  /**
   * A model translates it.
   *
   * @param source canonical tag of the text's language, as the record names it or as it was found
   * @param pair the languages of the model, which may be shorter tags
   */
  record Translate(String source, String target, LanguagePair pair) implements Route {}

  /**
   * It is in the target language already.
   *
   * @param source as in {@link Translate}
   * @param served the language of the models that the target language is taken for
   */
  record PassThrough(String source, String target, String served) implements Route {}

  /** Nothing can be done. */
  record DeadEnd(String target, FailureReason reason, String message) implements Route {}
}
