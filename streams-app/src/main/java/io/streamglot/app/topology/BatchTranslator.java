package io.streamglot.app.topology;

import io.streamglot.app.format.Message;
import io.streamglot.app.format.MessageReader;
import io.streamglot.app.language.LanguageTags;
import io.streamglot.app.topology.Outcome.Failed;
import io.streamglot.app.topology.Outcome.Translated;
import io.streamglot.app.topology.ReadRecord.Job;
import io.streamglot.app.topology.Translators.Lease;
import io.streamglot.schemas.Alternative;
import io.streamglot.schemas.FailureReason;
import io.streamglot.schemas.PendingRecord;
import io.streamglot.schemas.SourceText;
import io.streamglot.schemas.Translation;
import io.streamglot.translator.EncodedText;
import io.streamglot.translator.Translator;
import io.streamglot.translator.decode.DecodingException;
import io.streamglot.translator.text.Terms;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.utils.Utils;

/**
 * Decodes and translates a batch of source records; knows nothing of stores, timers and topics.
 *
 * <p>Whatever is wrong with a record becomes a failure of that record. What is wrong with the
 * application, such as a translator that was closed or fails on every text, stays an exception: the
 * stream must stop then, rather than turn every record into a failure.
 *
 * <p>Thread-safe.
 */
final class BatchTranslator {

  /** Most distinct target languages of a record; all its outcomes are one transaction. */
  static final int MAX_TARGET_LANGUAGES = 100;

  /** Stands for the name of the model where none translated. */
  static final String NO_MODEL = "none";

  /** A text that every model can translate; one that does not is broken. */
  private static final String PROBE = "Yes.";

  private final Router router;
  private final MessageReader reader;
  private final TranslationCache cache;
  private final Terms keep;
  private final TopologyListener listener;

  /** A job and the record that it is of. */
  private record Task(ReadRecord record, Job job) {

    EncodedText text() {
      return job.encoded();
    }

    void finish(Function<Route.Translate, Outcome> outcome) {
      job.places().forEach((route, place) -> job.answers().set(place, outcome.apply(route)));
    }

    boolean failed() {
      return job.places().values().stream()
          .allMatch(place -> job.answers().get(place) instanceof Failed);
    }

    boolean isShadow() {
      return record.isShadow(job);
    }
  }

  /**
   * A translator of batches.
   *
   * @param keep what to leave as it is in every text
   * @param listener hears of the cache
   */
  BatchTranslator(
      Router router,
      MessageReader reader,
      TranslationCache cache,
      Terms keep,
      TopologyListener listener) {
    this.router = router;
    this.reader = reader;
    this.cache = cache;
    this.keep = keep;
    this.listener = listener;
  }

  /**
   * Reads a record.
   *
   * @param models that translate it; must stay open until it is translated
   * @param now the time that a failure bears
   */
  ReadRecord read(PendingRecord record, Lease models, Instant now) {
    var read = new ReadRecord(record, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    read(read, models, now).ifPresent(read.outcomes()::add);
    return read;
  }

  /**
   * Translates records, with one call to each translator that has some of them, and fills in their
   * shadows.
   *
   * @param now the time that translations and failures bear
   * @return at {@code i} the outcomes of the record at {@code i}: one for each distinct target
   *     language in the record's order, or a single failure where the record failed for all
   * @throws DecodingException if a translator fails on every text, a harmless one of ours too
   */
  List<List<Outcome>> translate(List<ReadRecord> records, Instant now) {
    var tasks = new LinkedHashMap<Translator, List<Task>>();
    for (var record : records) {
      for (var job : record.jobs()) {
        tasks
            .computeIfAbsent(job.translator(), translator -> new ArrayList<>())
            .add(new Task(record, job));
      }
    }
    tasks.forEach((translator, own) -> translate(translator, own, now));
    return records.stream().map(ReadRecord::outcomes).toList();
  }

  /**
   * Adds the outcomes that are known without translating, and jobs that put their own in the place
   * of a null; or gives the failure of the record.
   */
  private Optional<Outcome> read(ReadRecord read, Lease models, Instant now) {
    var record = read.source();
    if (record.getValue() == null) {
      return Optional.of(
          failed(
              record, null, null, FailureReason.NULL_VALUE, "expected a value, actual none", now));
    }
    Message message;
    try {
      message = reader.read(record);
    } catch (SerializationException e) {
      return Optional.of(
          failed(record, null, null, FailureReason.UNDECODABLE, e.getMessage(), now));
    }
    var text = message.text();
    if (text.getTargetLanguages().isEmpty()) {
      return Optional.of(
          failed(
              record,
              text.getMessageId(),
              null,
              FailureReason.NO_TARGET_LANGUAGE,
              "target languages: expected at least one, actual none",
              now));
    }
    var targets = new LinkedHashSet<String>();
    text.getTargetLanguages().forEach(tag -> targets.add(LanguageTags.canonical(tag)));
    if (targets.size() > MAX_TARGET_LANGUAGES) {
      return Optional.of(
          failed(
              record,
              text.getMessageId(),
              null,
              FailureReason.TOO_MANY_TARGET_LANGUAGES,
              "target languages: expected at most %d, actual %d"
                  .formatted(MAX_TARGET_LANGUAGES, targets.size()),
              now));
    }
    var toTranslate = new LinkedHashMap<LanguagePair, Map<Route.Translate, Integer>>();
    for (var route : router.routes(text.getSourceLanguage(), text.getText(), targets)) {
      if (route instanceof Route.Translate translate) {
        toTranslate
            .computeIfAbsent(translate.pair(), pair -> new LinkedHashMap<>())
            .put(translate, read.outcomes().size());
        read.outcomes().add(null);
      } else if (route instanceof Route.PassThrough pass) {
        read.outcomes().add(passedThrough(message, pass, now));
      } else if (route instanceof Route.DeadEnd end) {
        read.outcomes()
            .add(
                failed(
                    record, text.getMessageId(), end.target(), end.reason(), end.message(), now));
      }
    }
    toTranslate.forEach(
        (pair, places) -> {
          var ofPair = models.models(pair);
          plan(read, read.outcomes(), message, ofPair.of(conversation(record, text)), places, now);
          ofPair.shadow().ifPresent(tried -> planShadow(read, message, tried, places, now));
        });
    return Optional.empty();
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
              answers.set(place, translated(translator, route, message, known.get(), 0, now)));
    } else {
      var encoded = translator.encode(text.getText(), keep.and(text.getDoNotTranslate()));
      read.jobs().add(new Job(message, translator, encoded, answers, places));
    }
  }

  private Optional<io.streamglot.translator.Translation> cached(
      Translator translator, SourceText text) {
    if (!cache.isOn()) {
      return Optional.empty();
    }
    var found = cache.find(translator, text);
    listener.cacheLookedUp(found.isPresent());
    return found;
  }

  private void translate(Translator translator, List<Task> tasks, Instant now) {
    try {
      var translations = translate(translator, tasks);
      for (int i = 0; i < tasks.size(); i++) {
        finish(tasks.get(i), translator, translations.get(i), now);
      }
    } catch (DecodingException e) {
      // One text may have spoilt the batch, or all of it took too much memory: translate each
      // alone, and only what cannot be translated fails.
      tasks.forEach(task -> translateAlone(translator, task, now));
      if (tasks.stream().allMatch(Task::failed) && !tasks.stream().allMatch(Task::isShadow)) {
        translator.translate(List.of(PROBE)); // throws where it is not the texts that are bad
      }
    }
  }

  private static List<io.streamglot.translator.Translation> translate(
      Translator translator, List<Task> tasks) {
    return translator.translateEncoded(
        tasks.stream().map(Task::text).toList(), translator.manifest().search());
  }

  private void translateAlone(Translator translator, Task task, Instant now) {
    try {
      finish(task, translator, translate(translator, List.of(task)).get(0), now);
    } catch (DecodingException e) {
      task.finish(
          route ->
              failed(
                  task.record().source(),
                  task.job().message().text().getMessageId(),
                  route.target(),
                  FailureReason.TRANSLATION_FAILED,
                  "model %s %s: %s"
                      .formatted(
                          translator.manifest().name(),
                          translator.manifest().version(),
                          e.getMessage()),
                  now));
    }
  }

  /** Only the first of its outcomes counts what was decoded. */
  private void finish(
      Task task,
      Translator translator,
      io.streamglot.translator.Translation translation,
      Instant now) {
    var message = task.job().message();
    cache.keep(translator, message.text(), translation);
    var first = task.job().places().keySet().iterator().next();
    task.finish(
        route ->
            translated(
                translator,
                route,
                message,
                translation,
                route.equals(first) ? translation.tokens() : 0,
                now));
  }

  private static Outcome translated(
      Translator translator,
      Route.Translate route,
      Message message,
      io.streamglot.translator.Translation translation,
      int tokens,
      Instant now) {
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
            now,
            message.text().getAttributes()),
        route.pair(),
        message.others(),
        tokens);
  }

  /** A text that is in its target language already, untouched. */
  private static Outcome passedThrough(Message message, Route.PassThrough route, Instant now) {
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
            now,
            text.getAttributes()),
        new LanguagePair(route.served(), route.served()),
        message.others(),
        0);
  }

  private static Outcome failed(
      PendingRecord record,
      String messageId,
      String targetLanguage,
      FailureReason reason,
      String message,
      Instant at) {
    return new Failed(Failures.of(record, messageId, targetLanguage, reason, message, at));
  }
}
