package io.streamglot.app.topology;

import io.streamglot.app.topology.Outcome.Failed;
import io.streamglot.app.topology.Outcome.Translated;
import io.streamglot.app.topology.ReadRecord.Job;
import io.streamglot.schemas.Alternative;
import io.streamglot.schemas.AvroSerde;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.FailureReason;
import io.streamglot.schemas.PendingRecord;
import io.streamglot.schemas.SourceText;
import io.streamglot.schemas.Translation;
import io.streamglot.translator.EncodedText;
import io.streamglot.translator.Translator;
import io.streamglot.translator.decode.DecodingException;
import io.streamglot.translator.text.Terms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;

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

  /** A text that every model can translate; one that does not is broken. */
  private static final String PROBE = "Yes.";

  private final Translators translators;
  private final Terms keep;
  private final AvroSerde<SourceText> sourceTexts = AvroSerdes.sourceText();

  /** A job and the record that it is of. */
  private record Task(ReadRecord record, Job job) {

    EncodedText text() {
      return job.encoded();
    }

    void finish(Outcome outcome) {
      record.outcomes().set(job.place(), outcome);
    }

    boolean failed() {
      return record.outcomes().get(job.place()) instanceof Failed;
    }
  }

  /**
   * A translator of batches.
   *
   * @param keep what to leave as it is in every text
   */
  BatchTranslator(Translators translators, Terms keep) {
    this.translators = translators;
    this.keep = keep;
  }

  /**
   * Reads a record.
   *
   * @param now the time that a failure bears
   */
  ReadRecord read(PendingRecord record, Instant now) {
    var jobs = new ArrayList<Job>();
    var outcomes = outcomes(record, jobs, now);
    return new ReadRecord(record, outcomes, jobs);
  }

  /**
   * Translates records, with one call to a translator for each language pair among them.
   *
   * @param now the time that translations and failures bear
   * @return at {@code i} the outcomes of the record at {@code i}: one for each distinct target
   *     language in the record's order, or a single failure where the record failed for all
   * @throws DecodingException if a translator fails on every text, a harmless one of ours too
   */
  List<List<Outcome>> translate(List<ReadRecord> records, Instant now) {
    var jobs = new LinkedHashMap<LanguagePair, List<Task>>();
    for (var record : records) {
      for (var job : record.jobs()) {
        jobs.computeIfAbsent(job.pair(), pair -> new ArrayList<>()).add(new Task(record, job));
      }
    }
    jobs.forEach((pair, ofPair) -> translate(pair, ofPair, now));
    return records.stream().map(ReadRecord::outcomes).toList();
  }

  /** The outcomes known without translating; a job puts its own in the place of a null. */
  private List<Outcome> outcomes(PendingRecord record, List<Job> jobs, Instant now) {
    if (record.getValue() == null) {
      return List.of(
          failed(
              record, null, null, FailureReason.NULL_VALUE, "expected a value, actual none", now));
    }
    SourceText text;
    try {
      text = decode(record);
    } catch (SerializationException e) {
      return List.of(failed(record, null, null, FailureReason.UNDECODABLE, e.getMessage(), now));
    }
    if (text.getTargetLanguages().isEmpty()) {
      return List.of(
          failed(
              record,
              text.getMessageId(),
              null,
              FailureReason.NO_TARGET_LANGUAGE,
              "target languages: expected at least one, actual none",
              now));
    }
    var targets = new LinkedHashSet<String>();
    text.getTargetLanguages().forEach(tag -> targets.add(LanguagePair.canonical(tag)));
    if (targets.size() > MAX_TARGET_LANGUAGES) {
      return List.of(
          failed(
              record,
              text.getMessageId(),
              null,
              FailureReason.TOO_MANY_TARGET_LANGUAGES,
              "target languages: expected at most %d, actual %d"
                  .formatted(MAX_TARGET_LANGUAGES, targets.size()),
              now));
    }
    var outcomes = new ArrayList<Outcome>(targets.size());
    for (var target : targets) {
      var sources = sources(text, target);
      if (sources.size() != 1) {
        outcomes.add(
            failed(
                record,
                text.getMessageId(),
                target,
                FailureReason.SOURCE_LANGUAGE_NOT_DETERMINED,
                "source language: expected one in the record, since the models into %s read %s"
                    .formatted(target, sources),
                now));
        continue;
      }
      var pair = new LanguagePair(sources.get(0), target);
      var translator = translators.find(pair);
      if (translator.isEmpty()) {
        outcomes.add(
            failed(
                record,
                text.getMessageId(),
                target,
                FailureReason.UNSUPPORTED_LANGUAGE_PAIR,
                "languages: expected one of %s, actual %s".formatted(translators.pairs(), pair),
                now));
        continue;
      }
      var encoded = translator.get().encode(text.getText(), keep.and(text.getDoNotTranslate()));
      jobs.add(new Job(pair, text, encoded, outcomes.size()));
      outcomes.add(null);
    }
    return outcomes;
  }

  private SourceText decode(PendingRecord record) {
    var bytes = new byte[record.getValue().remaining()];
    record.getValue().duplicate().get(bytes);
    return sourceTexts.deserialize(record.getTopic(), bytes);
  }

  /** The languages that the text may be in: its own, or all that lead to the target. */
  private List<String> sources(SourceText text, String target) {
    return text.getSourceLanguage() != null
        ? List.of(text.getSourceLanguage())
        : translators.pairs().stream()
            .filter(pair -> pair.target().equals(target))
            .map(LanguagePair::source)
            .toList();
  }

  private void translate(LanguagePair pair, List<Task> tasks, Instant now) {
    var translator = translators.find(pair).orElseThrow();
    try {
      var translations = translate(translator, tasks);
      for (int i = 0; i < tasks.size(); i++) {
        var task = tasks.get(i);
        task.finish(translated(translator, task.job(), translations.get(i), now));
      }
    } catch (DecodingException e) {
      // One text may have spoilt the batch, or all of it took too much memory: translate each
      // alone, and only what cannot be translated fails.
      for (var task : tasks) {
        task.finish(translateAlone(translator, task, now));
      }
      if (tasks.stream().allMatch(Task::failed)) {
        translator.translate(List.of(PROBE)); // throws where it is not the texts that are bad
      }
    }
  }

  private static List<io.streamglot.translator.Translation> translate(
      Translator translator, List<Task> tasks) {
    return translator.translateEncoded(
        tasks.stream().map(Task::text).toList(), translator.manifest().search());
  }

  private static Outcome translateAlone(Translator translator, Task task, Instant now) {
    try {
      var translation = translate(translator, List.of(task)).get(0);
      return translated(translator, task.job(), translation, now);
    } catch (DecodingException e) {
      return failed(
          task.record().source(),
          task.job().text().getMessageId(),
          task.job().pair().target(),
          FailureReason.TRANSLATION_FAILED,
          "model %s %s: %s"
              .formatted(
                  translator.manifest().name(), translator.manifest().version(), e.getMessage()),
          now);
    }
  }

  private static Outcome translated(
      Translator translator,
      Job job,
      io.streamglot.translator.Translation translation,
      Instant now) {
    var alternatives =
        translation.alternatives().stream()
            .map(alternative -> new Alternative(alternative.text(), alternative.score()))
            .toList();
    return new Translated(
        new Translation(
            job.text().getMessageId(),
            job.pair().source(),
            job.pair().target(),
            translation.text(),
            translation.score(),
            alternatives,
            translation.truncated(),
            translator.manifest().name(),
            translator.manifest().version(),
            now,
            job.text().getAttributes()),
        translation.tokens());
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
