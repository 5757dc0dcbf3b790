package io.streamglot.app.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamglot.schemas.AvroSerde;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.PendingHeader;
import io.streamglot.schemas.Translation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Writes translations in the format of {@link Formats#translations}. Thread-safe, and holds nothing
 * to close.
 */
public final class TranslationWriter {

  private final ValueWriter values;
  private final boolean inHeaders;

  /** Writes the values of one format. */
  private interface ValueWriter {
    byte[] write(String topic, Translation translation, Map<String, JsonNode> others);
  }

  private TranslationWriter(ValueWriter values, boolean inHeaders) {
    this.values = values;
    this.inHeaders = inHeaders;
  }

  /**
   * A writer for topics.
   *
   * @param topics that will be written to: where a registry is used, their schema is looked up
   *     here, so that what is wrong with it is known before the first text
   * @throws RegistryException if the registry lacks the schema, refuses it or cannot be asked
   */
  public static TranslationWriter of(Formats formats, List<String> topics) {
    return switch (formats.translations()) {
      case AVRO -> avro();
      case AVRO_REGISTRY -> registry(formats.registry().orElseThrow(), topics);
      case JSON ->
          new TranslationWriter(
              (topic, translation, others) -> JsonMessage.write(translation, others), false);
      case TEXT ->
          new TranslationWriter(
              (topic, translation, others) ->
                  translation.getText().getBytes(StandardCharsets.UTF_8),
              true);
    };
  }

  private static TranslationWriter avro() {
    AvroSerde<Translation> serde = AvroSerdes.translation();
    return new TranslationWriter(
        (topic, translation, others) -> serde.serialize(topic, translation), false);
  }

  private static TranslationWriter registry(RegistrySettings settings, List<String> topics) {
    var avro = new RegistryAvro<>(AvroSerdes.translation(), new SchemaRegistry(settings));
    topics.forEach(avro::prepare);
    return new TranslationWriter(
        (topic, translation, others) -> avro.write(topic, translation), false);
  }

  /**
   * The value of a translation.
   *
   * @param topic that it is for
   * @param others fields of the source's JSON object, which a JSON object carries on
   * @return not null
   */
  public byte[] value(String topic, Translation translation, Map<String, JsonNode> others) {
    return values.write(topic, translation, others);
  }

  /** Headers that say what the value does not: none, but for a value that is only text. */
  public List<PendingHeader> headers(Translation translation) {
    return inHeaders
        ? List.of(
            header(MessageHeaders.MESSAGE_ID, translation.getMessageId()),
            header(MessageHeaders.SOURCE_LANGUAGE, translation.getSourceLanguage()),
            header(MessageHeaders.TARGET_LANGUAGE, translation.getTargetLanguage()),
            header(
                MessageHeaders.MODEL,
                translation.getModelName() + " " + translation.getModelVersion()),
            header(MessageHeaders.SCORE, Float.toString(translation.getScore())),
            header(MessageHeaders.TRUNCATED, Boolean.toString(translation.getTruncated())))
        : List.of();
  }

  private static PendingHeader header(String name, String value) {
    return new PendingHeader(name, ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)));
  }
}
