package io.streamglot.app.compare;

import io.streamglot.app.compare.RecordedOutcome.Failed;
import io.streamglot.app.compare.RecordedOutcome.Translated;
import io.streamglot.app.format.TranslationReader;
import io.streamglot.app.recording.SourceRecords;
import io.streamglot.schemas.AvroSerde;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.RecordedMessage;
import io.streamglot.schemas.Translation;
import io.streamglot.schemas.TranslationFailure;
import java.util.Iterator;
import java.util.OptionalLong;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.utils.Utils;

/**
 * The outcomes that records hold: {@link Translation}s in any format, and {@link
 * TranslationFailure}s, which are always in Avro single-object encoding. Reads one at a time; not
 * thread-safe.
 */
public final class RecordedOutcomes implements Iterator<RecordedOutcome> {

  private static final AvroSerde<TranslationFailure> FAILURES = AvroSerdes.translationFailure();

  private final String name;
  private final Iterator<RecordedMessage> records;
  private final TranslationReader translations;
  private final boolean measured;

  /**
   * Reads nothing yet.
   *
   * @param name of the side, for people
   * @param records in any order; stay the caller's
   * @param translations reads those that are no failures
   * @param measured whether the times in the translations tell how long users waited, which those
   *     of a replay do not
   */
  public RecordedOutcomes(
      String name,
      Iterator<RecordedMessage> records,
      TranslationReader translations,
      boolean measured) {
    this.name = name;
    this.records = records;
    this.translations = translations;
    this.measured = measured;
  }

  /** As it was given. */
  public String name() {
    return name;
  }

  @Override
  public boolean hasNext() {
    return records.hasNext();
  }

  /**
   * The next outcome.
   *
   * @throws ComparisonException if the record holds none
   */
  @Override
  public RecordedOutcome next() {
    RecordedMessage record = records.next();
    if (record.getValue() == null) {
      throw refused(record, "no value");
    }
    try {
      return translated(record, translations.read(SourceRecords.of(record)));
    } catch (SerializationException noTranslation) {
      try {
        return failed(FAILURES.deserialize(record.getTopic(), Utils.toArray(record.getValue())));
      } catch (SerializationException noFailure) {
        throw refused(record, noTranslation.getMessage());
      }
    }
  }

  private RecordedOutcome translated(RecordedMessage record, Translation translation) {
    long latency = translation.getTranslatedAt().toEpochMilli() - record.getTimestamp();
    return new Translated(
        new OutcomeKey(translation.getMessageId(), translation.getTargetLanguage()),
        translation.getText(),
        translation.getScore(),
        (translation.getModelName() + " " + translation.getModelVersion()).strip(),
        measured && record.getTimestamp() >= 0 ? OptionalLong.of(latency) : OptionalLong.empty());
  }

  private static RecordedOutcome failed(TranslationFailure failure) {
    String source =
        "%s-%d-%d".formatted(failure.getTopic(), failure.getPartition(), failure.getOffset());
    return new Failed(
        new OutcomeKey(
            failure.getMessageId() == null ? source : failure.getMessageId(),
            failure.getTargetLanguage() == null ? OutcomeKey.EVERY : failure.getTargetLanguage()),
        failure.getReason().name(),
        failure.getMessage());
  }

  private ComparisonException refused(RecordedMessage record, String actual) {
    return new ComparisonException(
        "%s: record of %s, partition %d, offset %d: expected a translation or a failure, actual: %s"
            .formatted(name, record.getTopic(), record.getPartition(), record.getOffset(), actual));
  }
}
