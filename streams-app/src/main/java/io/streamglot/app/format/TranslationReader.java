package io.streamglot.app.format;

import io.streamglot.schemas.AvroSerde;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.PendingRecord;
import io.streamglot.schemas.Translation;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Reads what {@link TranslationWriter} wrote. Avro in single-object encoding is read in every
 * format, for a replay writes nothing else, whatever topic it writes to: no text in UTF-8 and no
 * value with a schema's id begins as it does.
 *
 * <p>Thread-safe, and holds nothing to close.
 */
public final class TranslationReader {

  private static final ByteBuffer SINGLE_OBJECT = ByteBuffer.wrap(new byte[] {(byte) 0xC3, 0x01});

  private static final AvroSerde<Translation> AVRO = AvroSerdes.translation();

  private final Function<PendingRecord, Translation> values;

  private TranslationReader(Function<PendingRecord, Translation> values) {
    this.values = values;
  }

  /**
   * A reader of one format.
   *
   * @param registry must be there if the format {@linkplain ValueFormat#needsRegistry needs one}
   */
  public static TranslationReader of(ValueFormat format, Optional<RegistrySettings> registry) {
    return switch (format) {
      case AVRO -> new TranslationReader(TranslationReader::singleObject);
      case AVRO_REGISTRY -> {
        var avro = new RegistryAvro<>(AVRO, new SchemaRegistry(registry.orElseThrow()));
        yield new TranslationReader(record -> avro.read(record.getValue()));
      }
      case JSON -> new TranslationReader(JsonMessage::readTranslation);
      case TEXT -> new TranslationReader(TranslationReader::text);
    };
  }

  private static Translation singleObject(PendingRecord record) {
    return AVRO.deserialize(record.getTopic(), null, record.getValue().duplicate());
  }

  private static boolean isSingleObject(ByteBuffer value) {
    return value.remaining() >= SINGLE_OBJECT.remaining()
        && value.slice(value.position(), SINGLE_OBJECT.remaining()).equals(SINGLE_OBJECT);
  }

  /** Alternatives and attributes are not told, nor the time: that of the record stands for it. */
  private static Translation text(PendingRecord record) {
    var model = required(record, MessageHeaders.MODEL).split(" ", 2);
    return new Translation(
        required(record, MessageHeaders.MESSAGE_ID),
        required(record, MessageHeaders.SOURCE_LANGUAGE),
        required(record, MessageHeaders.TARGET_LANGUAGE),
        MessageHeaders.utf8("value", record.getValue()),
        score(record),
        List.of(),
        Boolean.parseBoolean(required(record, MessageHeaders.TRUNCATED)),
        model[0],
        model.length > 1 ? model[1] : "",
        Instant.ofEpochMilli(record.getTimestamp()),
        Map.of());
  }

  private static float score(PendingRecord record) {
    var score = required(record, MessageHeaders.SCORE);
    try {
      return Float.parseFloat(score);
    } catch (NumberFormatException e) {
      throw new SerializationException(
          "header %s: expected a number, actual '%s'".formatted(MessageHeaders.SCORE, score), e);
    }
  }

  private static String required(PendingRecord record, String header) {
    return MessageHeaders.find(record, header)
        .orElseThrow(
            () ->
                new SerializationException(
                    "header %s: expected one, actual none".formatted(header)));
  }

  /**
   * Reads a translation.
   *
   * @param record with a value
   * @throws SerializationException if value or headers are not what the format says
   * @throws RegistryException if the format needs a registry, which cannot be asked
   */
  public Translation read(PendingRecord record) {
    return isSingleObject(record.getValue()) ? singleObject(record) : values.apply(record);
  }
}
