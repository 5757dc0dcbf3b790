package io.streamglot.app.topology;

import io.streamglot.app.format.MessageReader;
import io.streamglot.app.topology.Outcome.Failed;
import io.streamglot.app.topology.Outcome.Translated;
import io.streamglot.app.topology.ReadRecord.Job;
import io.streamglot.app.topology.Translators.Lease;
import io.streamglot.schemas.FailureReason;
import io.streamglot.schemas.PendingRecord;
import io.streamglot.translator.EncodedText;
import io.streamglot.translator.Translation;
import io.streamglot.translator.Translator;
import io.streamglot.translator.decode.DecodingException;
import io.streamglot.translator.text.Terms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;

/**
 * Translates a batch of source records, which {@link RecordReader} reads; knows nothing of stores,
 * timers and topics.
 *
 * <p>Whatever is wrong with a record becomes a failure of that record. What is wrong with the
 * application, such as a translator that was closed or fails on every text, stays an exception: the
 * stream must stop then, rather than turn every record into a failure.
 *
 * <p>Thread-safe.
 */
final class BatchTranslator {

  /** A text that every model can translate; one that does not is broken. */
  private static final String PROBE = "Yes.";

  private final RecordReader reader;
  private final TranslationCache cache;

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
      MessageReader messages,
      TranslationCache cache,
      Terms keep,
      TopologyListener listener) {
    this.reader = new RecordReader(router, messages, cache, keep, listener);
    this.cache = cache;
  }

  /**
   * Reads a record.
   *
   * @param models that translate it; must stay open until it is translated
   * @param now the time that an outcome bears
   */
  ReadRecord read(PendingRecord record, Lease models, Instant now) {
    return reader.read(record, models, now);
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

  private static List<Translation> translate(Translator translator, List<Task> tasks) {
    return translator.translateEncoded(
        tasks.stream().map(Task::text).toList(), translator.manifest().search());
  }

  private void translateAlone(Translator translator, Task task, Instant now) {
    try {
      finish(task, translator, translate(translator, List.of(task)).get(0), now);
    } catch (DecodingException e) {
      task.finish(
          route ->
              new Failed(
                  Failures.of(
                      task.record().source(),
                      task.job().message().text().getMessageId(),
                      route.target(),
                      FailureReason.TRANSLATION_FAILED,
                      "model %s %s: %s"
                          .formatted(
                              translator.manifest().name(),
                              translator.manifest().version(),
                              e.getMessage()),
                      now)));
    }
  }

  /** Only the first of its outcomes counts what was decoded. */
  private void finish(Task task, Translator translator, Translation translation, Instant now) {
    var message = task.job().message();
    cache.keep(translator, message.text(), translation);
    var first = task.job().places().keySet().iterator().next();
    task.finish(
        route ->
            Translated.by(
                translator,
                route,
                message,
                translation,
                route.equals(first) ? translation.tokens() : 0,
                now));
  }
}
