package io.streamglot.app.topology;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamglot.schemas.Translation;
import io.streamglot.schemas.TranslationFailure;
import java.util.Map;

/**
 * What became of a source record for one target language: a translation, which is the text itself
 * where it was in that language already, or why there is none.
 */
sealed interface Outcome {

  /**
   * Goes to the topic of translations, or to that of its language.
   *
   * @param pair of the models, by which it was served: the languages of the record, or what those
   *     stand for; of a text that passed through, its language twice
   * @param others fields of the source's JSON object, which a JSON object carries on
   * @param tokens how many tokens the decoder wrote for it, at least 0; 0 for one of the cache
   */
  record Translated(
      Translation translation, LanguagePair pair, Map<String, JsonNode> others, int tokens)
      implements Outcome {}

  /** Goes to the topic of failures. */
  record Failed(TranslationFailure failure) implements Outcome {}
}
