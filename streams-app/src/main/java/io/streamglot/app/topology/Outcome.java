package io.streamglot.app.topology;

import io.streamglot.schemas.Translation;
import io.streamglot.schemas.TranslationFailure;

/** What became of a source record for one target language: a translation, or why there is none. */
sealed interface Outcome {

  /** Goes to the topic of translations. */
  record Translated(Translation translation) implements Outcome {}

  /** Goes to the topic of failures. */
  record Failed(TranslationFailure failure) implements Outcome {}
}
