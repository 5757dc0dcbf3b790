package io.streamglot.app.topology;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamglot.app.format.Message;
import io.streamglot.schemas.Alternative;
import io.streamglot.schemas.Translation;
import io.streamglot.schemas.TranslationFailure;
import io.streamglot.translator.Translator;
import java.time.Instant;
import java.util.List;
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
      implements Outcome {

    /** Stands for the name of the model where none translated. */
    private static final String NO_MODEL = "none";

    /** What a model made of a text, for one of the languages that it serves. */
    static Translated by(
        Translator translator,
        Route.Translate route,
        Message message,
        io.streamglot.translator.Translation translation,
        int tokens,
        Instant at) {
      var alternatives =
          translation.alternatives().stream()
              .map(alternative -> new Alternative(alternative.text(), alternative.score()))
              .toList();
      return new Translated(
          new Translation(
              message.text().getMessageId(),
              route.source(),
              route.target(),
              translation.text(),
              translation.score(),
              alternatives,
              translation.truncated(),
              translator.manifest().name(),
              translator.manifest().version(),
              at,
              message.text().getAttributes()),
          route.pair(),
          message.others(),
          tokens);
    }

    /** A text that is in its target language already. */
    static Translated untouched(Message message, Route.PassThrough route, Instant at) {
      var text = message.text();
      return new Translated(
          new Translation(
              text.getMessageId(),
              route.source(),
              route.target(),
              text.getText(),
              0f,
              List.of(),
              false,
              NO_MODEL,
              "",
              at,
              text.getAttributes()),
          new LanguagePair(route.served(), route.served()),
          message.others(),
          0);
    }
  }

  /** Goes to the topic of failures. */
  record Failed(TranslationFailure failure) implements Outcome {}
}
