package io.streamglot.app.topology;

import io.streamglot.app.format.Message;
import io.streamglot.app.format.MessageReader;
import io.streamglot.app.language.LanguageTags;
import io.streamglot.app.topology.Outcome.Failed;
import io.streamglot.app.topology.Outcome.Translated;
import io.streamglot.app.topology.ReadRecord.Job;
import io.streamglot.app.topology.Translators.Lease;
import io.streamglot.schemas.FailureReason;
import io.streamglot.schemas.PendingRecord;
import io.streamglot.schemas.SourceText;
import io.streamglot.translator.Translation;
import io.streamglot.translator.Translator;
import io.streamglot.translator.text.Terms;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.utils.Utils;

/**
 * Reads source records: decodes each, finds the model for each of its target languages, and makes
 * tokens of its text. What needs no model has its outcome at once: what is wrong with the record, a
 * text in its target language, and what the cache holds.
 *
 * <p>Thread-safe.
 */
final class RecordReader {

  /** Most distinct target languages of a record; all its outcomes are one transaction. */
  static final int MAX_TARGET_LANGUAGES = 100;

  private final Router router;
  private final MessageReader messages;
  private final TranslationCache cache;
  private final Terms keep;
  private final TopologyListener listener;

  /**
   * A reader of records.
   *
   * @param keep what to leave as it is in every text
   * @param listener hears of the cache
   */
  RecordReader(
      Router router,
      MessageReader messages,
      TranslationCache cache,
      Terms keep,
      TopologyListener listener) {
    this.router = router;
    this.messages = messages;
    this.cache = cache;
    this.keep = keep;
    this.listener = listener;
  }

  /**
   * Reads a record.
   *
   * @param models that translate it; must stay open until it is translated
   * @param now the time that an outcome bears
   * @return with the outcomes that are known without translating, and jobs that put their own in
   *     the place of a null; or with the one failure of a record that failed for all languages
   */
  ReadRecord read(PendingRecord record, Lease models, Instant now) {
    if (record.getValue() == null) {
      return failed(record, null, FailureReason.NULL_VALUE, "expected a value, actual none", now);
    }
    Message message;
    try {
      message = messages.read(record);
    } catch (SerializationException e) {
      return failed(record, null, FailureReason.UNDECODABLE, e.getMessage(), now);
    }
    var text = message.text();
    var targets = new LinkedHashSet<String>();
    text.getTargetLanguages().forEach(tag -> targets.add(LanguageTags.canonical(tag)));
    if (targets.isEmpty()) {
      return failed(
          record,
          text.getMessageId(),
          FailureReason.NO_TARGET_LANGUAGE,
          "target languages: expected at least one, actual none",
          now);
    }
    if (targets.size() > MAX_TARGET_LANGUAGES) {
      return failed(
          record,
          text.getMessageId(),
          FailureReason.TOO_MANY_TARGET_LANGUAGES,
          "target languages: expected at most %d, actual %d"
              .formatted(MAX_TARGET_LANGUAGES, targets.size()),
          now);
    }
    return routed(record, message, targets, models, now);
  }

  /** For all its target languages. */
  private static ReadRecord failed(
      PendingRecord record, String messageId, FailureReason reason, String message, Instant now) {
    var failure = new Failed(Failures.of(record, messageId, null, reason, message, now));
    return new ReadRecord(record, List.of(failure), List.of(), List.of());
  }

  private ReadRecord routed(
      PendingRecord record, Message message, Set<String> targets, Lease models, Instant now) {
    var text = message.text();
    var read = new ReadRecord(record, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    var toTranslate = new LinkedHashMap<LanguagePair, Map<Route.Translate, Integer>>();
    for (var route : router.routes(text.getSourceLanguage(), text.getText(), targets)) {
      if (route instanceof Route.Translate translate) {
        toTranslate
            .computeIfAbsent(translate.pair(), pair -> new LinkedHashMap<>())
            .put(translate, read.outcomes().size());
        read.outcomes().add(null);
      } else if (route instanceof Route.PassThrough pass) {
        read.outcomes().add(Translated.untouched(message, pass, now));
      } else if (route instanceof Route.DeadEnd end) {
        read.outcomes()
            .add(
                new Failed(
                    Failures.of(
                        record,
                        text.getMessageId(),
                        end.target(),
                        end.reason(),
                        end.message(),
                        now)));
      }
    }
    toTranslate.forEach(
        (pair, places) -> {
          var ofPair = models.models(pair);
          plan(read, read.outcomes(), message, ofPair.of(conversation(record, text)), places, now);
          ofPair.shadow().ifPresent(tried -> planShadow(read, message, tried, places, now));
        });
    return read;
  }

  /** The key; a record without one is a conversation of its own. */
  private static byte[] conversation(PendingRecord record, SourceText text) {
    return record.getKey() == null
        ? text.getMessageId().getBytes(StandardCharsets.UTF_8)
        : Utils.toArray(record.getKey());
  }

  private void planShadow(
      ReadRecord read,
      Message message,
      Translator tried,
      Map<Route.Translate, Integer> places,
      Instant now) {
    var own = new LinkedHashMap<Route.Translate, Integer>();
    for (var route : places.keySet()) {
      own.put(route, read.shadows().size());
      read.shadows().add(null);
    }
    plan(read, read.shadows(), message, tried, own, now);
  }

  /** Answers from the cache, or leaves it to a job. */
  private void plan(
      ReadRecord read,
      List<Outcome> answers,
      Message message,
      Translator translator,
      Map<Route.Translate, Integer> places,
      Instant now) {
    var text = message.text();
    var known = cached(translator, text);
    if (known.isPresent()) {
      places.forEach(
          (route, place) ->
              answers.set(place, Translated.by(translator, route, message, known.get(), 0, now)));
    } else {
      var encoded = translator.encode(text.getText(), keep.and(text.getDoNotTranslate()));
      read.jobs().add(new Job(message, translator, encoded, answers, places));
    }
  }

  private Optional<Translation> cached(Translator translator, SourceText text) {
    if (!cache.isOn()) {
      return Optional.empty();
    }
    var found = cache.find(translator, text);
    listener.cacheLookedUp(found.isPresent());
    return found;
  }
}
