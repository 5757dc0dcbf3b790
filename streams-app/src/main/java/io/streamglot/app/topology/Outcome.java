package io.streamglot.app.topology;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamglot.schemas.Translation;
import io.streamglot.schemas.TranslationFailure;
import java.util.Map;

/** What became of a source record for one target language: a translation, or why there is none. */
sealed interface Outcome {

  /**
   * Goes to the topic of translations.
   *
   * @param others fields of the source's JSON object, which a JSON object carries on
   * @param tokens how many tokens the decoder wrote for it, at least 0
   */
  record Translated(Translation translation, Map<String, JsonNode> others, int tokens)
      implements Outcome {

    /** From which language into which. */
    LanguagePair pair() {
      return new LanguagePair(translation.getSourceLanguage(), translation.getTargetLanguage());
    }
  }

  /** Goes to the topic of failures. */
  record Failed(TranslationFailure failure) implements Outcome {}
}
