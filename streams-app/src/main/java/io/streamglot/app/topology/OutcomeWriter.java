package io.streamglot.app.topology;

import io.streamglot.app.format.MessageHeaders;
import io.streamglot.app.format.TranslationWriter;
import io.streamglot.app.topology.Outcome.Failed;
import io.streamglot.app.topology.Outcome.Translated;
import io.streamglot.schemas.AvroSerde;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.FailureReason;
import io.streamglot.schemas.PendingHeader;
import io.streamglot.schemas.PendingRecord;
import io.streamglot.schemas.Translation;
import io.streamglot.schemas.TranslationFailure;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Turns outcomes into records that a topic is sure to take.
 *
 * <p>A record that the broker refuses as too large would end the transaction, and the application
 * with it, again after each restart. So what is too large is found here: a translation becomes a
 * failure, and a failure leaves out, until it fits, the original bytes, then the headers, then the
 * key, and says so. Only a source record that was sent compressed has too large headers or keys.
 *
 * <p>Thread-safe.
 */
final class OutcomeWriter {

  /**
   * Most bytes of key, headers and value together. Below Kafka's default for a topic ({@code
   * max.message.bytes}, 1,048,588), which counts its own header fields as well.
   */
  static final int MAX_RECORD_BYTES = 1_000_000;

  private final TopicPattern topics;
  private final UnaryOperator<String> sinkOfLanguage;
  private final String failuresSink;
  private final TranslationWriter translations;
  private final AvroSerde<TranslationFailure> failures = AvroSerdes.translationFailure();

  /** To the topics of translations and failures. */
  OutcomeWriter(TopicPattern topics, TranslationWriter translations) {
    this(topics, translations, TranslationTopology::sink, TranslationTopology.FAILURES);
  }

  private OutcomeWriter(
      TopicPattern topics,
      TranslationWriter translations,
      UnaryOperator<String> sinkOfLanguage,
      String failuresSink) {
    this.topics = topics;
    this.translations = translations;
    this.sinkOfLanguage = sinkOfLanguage;
    this.failuresSink = failuresSink;
  }

  /** To the shadow topic, whatever the outcome. */
  static OutcomeWriter shadow(String topic, TranslationWriter translations) {
    return new OutcomeWriter(
        new TopicPattern(topic),
        translations,
        language -> TranslationTopology.SHADOW,
        TranslationTopology.SHADOW);
  }

  /**
   * Writes an outcome of a source record, with that record's timestamp, key and headers. A
   * translation has none that {@linkplain MessageHeaders#isOfSourceAlone are for the source alone}.
   *
   * @param sinks takes the name of the sink and the record, once; the record shares no headers with
   *     others, so they may be changed further on
   * @return what was written: the outcome, or the failure that a too large translation became
   */
  Outcome write(
      Outcome outcome, PendingRecord source, BiConsumer<String, Record<byte[], byte[]>> sinks) {
    if (outcome instanceof Translated translated) {
      var translation = translated.translation();
      var language = translated.pair().target();
      var value = translations.value(topics.topic(language), translation, translated.others());
      var carrier = carrier(source, translations.headers(translation));
      if (fits(value, carrier)) {
        sinks.accept(sinkOfLanguage.apply(language), record(value, carrier));
        return translated;
      }
      var failure = tooLarge(translation, source, size(value, carrier));
      sinks.accept(failuresSink, fitting(failure, source));
      return new Failed(failure);
    }
    sinks.accept(failuresSink, fitting(((Failed) outcome).failure(), source));
    return outcome;
  }

  private Record<byte[], byte[]> fitting(TranslationFailure failure, PendingRecord source) {
    var carrier = source;
    var value = failures.serialize(null, failure);
    if (!fits(value, carrier)) {
      value = withoutOriginal(failure, "original key and value");
    }
    if (!fits(value, carrier)) {
      carrier = carrier(source, source.getKey(), List.of());
      value = withoutOriginal(failure, "original key and value, and headers,");
    }
    if (!fits(value, carrier)) {
      carrier = carrier(source, null, List.of());
      value = withoutOriginal(failure, "original key and value, headers, and key");
    }
    return record(value, carrier);
  }

  private static TranslationFailure tooLarge(
      Translation translation, PendingRecord source, long actual) {
    return Failures.of(
        source,
        translation.getMessageId(),
        translation.getTargetLanguage(),
        FailureReason.TOO_LARGE,
        "translation with its attributes, key and headers: expected at most %d bytes, actual %d"
            .formatted(MAX_RECORD_BYTES, actual),
        translation.getTranslatedAt());
  }

  private byte[] withoutOriginal(TranslationFailure failure, String leftOut) {
    return failures.serialize(
        null,
        new TranslationFailure(
            failure.getMessageId(),
            failure.getTargetLanguage(),
            failure.getTopic(),
            failure.getPartition(),
            failure.getOffset(),
            failure.getReason(),
            "%s; %s left out as too large".formatted(failure.getMessage(), leftOut),
            null,
            null,
            failure.getFailedAt()));
  }

  /** What gives a translation its key, with the headers that it takes over and its own. */
  private static PendingRecord carrier(PendingRecord source, List<PendingHeader> own) {
    var names = own.stream().map(PendingHeader::getKey).collect(Collectors.toSet());
    var headers = new ArrayList<PendingHeader>();
    for (var header : source.getHeaders()) {
      if (!names.contains(header.getKey()) && !MessageHeaders.isOfSourceAlone(header.getKey())) {
        headers.add(header);
      }
    }
    headers.addAll(own);
    return carrier(source, source.getKey(), headers);
  }

  private static PendingRecord carrier(
      PendingRecord source, ByteBuffer key, List<PendingHeader> headers) {
    return new PendingRecord(
        source.getTopic(),
        source.getPartition(),
        source.getOffset(),
        source.getTimestamp(),
        key,
        source.getValue(),
        headers);
  }

  private static boolean fits(byte[] value, PendingRecord carrier) {
    return size(value, carrier) <= MAX_RECORD_BYTES;
  }

  private static long size(byte[] value, PendingRecord carrier) {
    return value.length + RecordSize.of(carrier.getKey()) + RecordSize.of(carrier.getHeaders());
  }

  private static Record<byte[], byte[]> record(byte[] value, PendingRecord carrier) {
    return new Record<>(
        Utils.toNullableArray(carrier.getKey()), value, carrier.getTimestamp(), headers(carrier));
  }

  private static Headers headers(PendingRecord record) {
    var headers = new RecordHeaders();
    for (var header : record.getHeaders()) {
      headers.add(header.getKey(), Utils.toNullableArray(header.getValue()));
    }
    return headers;
  }
}
