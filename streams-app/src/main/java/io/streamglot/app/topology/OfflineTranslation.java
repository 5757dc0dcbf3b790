package io.streamglot.app.topology;

import io.streamglot.app.format.Formats;
import io.streamglot.app.format.MessageReader;
import io.streamglot.app.format.TranslationWriter;
import io.streamglot.app.format.ValueFormat;
import io.streamglot.app.topology.Outcome.Failed;
import io.streamglot.app.topology.Outcome.Translated;
import io.streamglot.app.topology.Translators.Lease;
import io.streamglot.schemas.PendingRecord;
import io.streamglot.schemas.Translation;
import io.streamglot.schemas.TranslationFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Makes of source records what the topology would publish, by the same code, outside of a stream.
 *
 * <p>Two things differ, so that equal records give equal bytes: translations and failures bear the
 * time of their source record, and nothing comes from a cache. Values are in Avro single-object
 * encoding, whatever the settings say of translations.
 *
 * <p>Thread-safe.
 */
public final class OfflineTranslation {

  private final Lease models;
  private final BatchTranslator translator;
  private final OutcomeWriter writer;
  private final Map<String, String> topicsBySink = new HashMap<>();

  /** Source records that were read and made tokens of. */
  public static final class Batch {
    private final List<ReadRecord> records;

    private Batch(List<ReadRecord> records) {
      this.records = records;
    }

    /** How many source records they are. */
    public int size() {
      return records.size();
    }
  }

  /**
   * What would be published.
   *
   * @param topic where
   * @param failed whether it is a failure, and no translation
   * @param source the record that it is of
   * @param record key, value, timestamp and headers
   */
  public record Published(
      String topic, boolean failed, PendingRecord source, Record<byte[], byte[]> record) {}

  /**
   * A translation without a stream.
   *
   * @param settings topics, format of the source, and what to keep; nothing else of them counts
   * @param translators who translates, by the models of now; must stay open as long as this is used
   * @param router to the pairs of the translators, none else
   */
  public OfflineTranslation(TopologySettings settings, Translators translators, Router router) {
    var read = settings.formats();
    var formats = new Formats(read.source(), ValueFormat.AVRO, read.targets(), read.registry());
    var topics = new TopicPattern(settings.translationsTopic());
    models = translators.lease();
    translator =
        new BatchTranslator(
            router,
            MessageReader.of(formats),
            new TranslationCache(0),
            settings.keep(),
            TopologyListener.NONE);
    writer =
        new OutcomeWriter(topics, TranslationWriter.of(formats, topics.topics(router.languages())));
    topicsBySink.put(TranslationTopology.FAILURES, settings.failuresTopic());
    for (var language : router.languages()) {
      topicsBySink.put(TranslationTopology.sink(language), topics.topic(language));
    }
  }

  /** Reads records and makes tokens of their texts. */
  public Batch read(List<PendingRecord> records) {
    return new Batch(
        records.stream().map(record -> translator.read(record, models, timeOf(record))).toList());
  }

  /**
   * Translates a batch.
   *
   * @return the outcomes of each record in the order of its target languages, the records in their
   *     order
   * @throws io.streamglot.translator.decode.DecodingException if a translator fails on every text
   */
  public List<Published> translate(Batch batch) {
    var published = new ArrayList<Published>();
    var outcomes = translator.translate(batch.records, Instant.EPOCH);
    for (int i = 0; i < outcomes.size(); i++) {
      var source = batch.records.get(i).source();
      for (var outcome : outcomes.get(i)) {
        writer.write(
            at(timeOf(source), outcome),
            source,
            (sink, record) ->
                published.add(
                    new Published(
                        topicsBySink.get(sink),
                        sink.equals(TranslationTopology.FAILURES),
                        source,
                        record)));
      }
    }
    return published;
  }

  private static Instant timeOf(PendingRecord record) {
    return Instant.ofEpochMilli(record.getTimestamp());
  }

  private static Outcome at(Instant time, Outcome outcome) {
    if (outcome instanceof Translated translated) {
      return new Translated(
          at(time, translated.translation()),
          translated.pair(),
          translated.others(),
          translated.tokens());
    }
    return new Failed(at(time, ((Failed) outcome).failure()));
  }

  private static Translation at(Instant time, Translation translation) {
    return new Translation(
        translation.getMessageId(),
        translation.getSourceLanguage(),
        translation.getTargetLanguage(),
        translation.getText(),
        translation.getScore(),
        translation.getAlternatives(),
        translation.getTruncated(),
        translation.getModelName(),
        translation.getModelVersion(),
        time,
        translation.getAttributes());
  }

  private static TranslationFailure at(Instant time, TranslationFailure failure) {
    return new TranslationFailure(
        failure.getMessageId(),
        failure.getTargetLanguage(),
        failure.getTopic(),
        failure.getPartition(),
        failure.getOffset(),
        failure.getReason(),
        failure.getMessage(),
        failure.getOriginalKey(),
        failure.getOriginalValue(),
        time);
  }
}
