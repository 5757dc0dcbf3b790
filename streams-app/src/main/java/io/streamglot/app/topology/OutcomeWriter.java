package io.streamglot.app.topology;

import io.streamglot.app.topology.Outcome.Failed;
import io.streamglot.app.topology.Outcome.Translated;
import io.streamglot.schemas.AvroSerde;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.FailureReason;
import io.streamglot.schemas.PendingRecord;
import io.streamglot.schemas.Translation;
import io.streamglot.schemas.TranslationFailure;
import java.util.function.BiConsumer;

/**
 * Turns outcomes into bytes that a topic is sure to take.
 *
 * <p>A record that the broker refuses as too large would end the transaction, and the application
 * with it, again after each restart. So what is too large is found here: a translation becomes a
 * failure, and a failure leaves the original bytes out and says so.
 *
 * <p>Thread-safe.
 */
final class OutcomeWriter {

  /**
   * Most bytes of key, headers and value together. Below Kafka's default for a topic ({@code
   * max.message.bytes}, 1,048,588), which counts its own header fields as well.
   */
  static final int MAX_RECORD_BYTES = 1_000_000;

  private final AvroSerde<Translation> translations = AvroSerdes.translation();
  private final AvroSerde<TranslationFailure> failures = AvroSerdes.translationFailure();

  /**
   * Writes an outcome of a source record, whose key and headers the written record will have too.
   *
   * @param sinks takes the name of the sink and the bytes of the value, once
   */
  void write(Outcome outcome, PendingRecord source, BiConsumer<String, byte[]> sinks) {
    int room = MAX_RECORD_BYTES - passedThrough(source);
    if (outcome instanceof Translated translated) {
      var value = translations.serialize(null, translated.translation());
      if (value.length <= room) {
        sinks.accept(TranslationTopology.TRANSLATIONS, value);
      } else {
        var failure = tooLarge(translated.translation(), source, value.length, room);
        sinks.accept(TranslationTopology.FAILURES, bytes(failure, room));
      }
    } else {
      sinks.accept(TranslationTopology.FAILURES, bytes(((Failed) outcome).failure(), room));
    }
  }

  private byte[] bytes(TranslationFailure failure, int room) {
    var value = failures.serialize(null, failure);
    return value.length <= room ? value : failures.serialize(null, withoutOriginal(failure));
  }

  private static TranslationFailure tooLarge(
      Translation translation, PendingRecord source, int actual, int room) {
    return Failures.of(
        source,
        translation.getMessageId(),
        translation.getTargetLanguage(),
        FailureReason.TOO_LARGE,
        "translation with its attributes: expected at most %d bytes, actual %d"
            .formatted(room, actual),
        translation.getTranslatedAt());
  }

  private static TranslationFailure withoutOriginal(TranslationFailure failure) {
    return new TranslationFailure(
        failure.getMessageId(),
        failure.getTargetLanguage(),
        failure.getTopic(),
        failure.getPartition(),
        failure.getOffset(),
        failure.getReason(),
        failure.getMessage() + "; original key and value left out as too large",
        null,
        null,
        failure.getFailedAt());
  }

  private static int passedThrough(PendingRecord source) {
    int bytes = source.getKey() == null ? 0 : source.getKey().remaining();
    for (var header : source.getHeaders()) {
      bytes += 4 * header.getKey().length();
      bytes += header.getValue() == null ? 0 : header.getValue().remaining();
    }
    return bytes;
  }
}
