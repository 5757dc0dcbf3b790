package io.streamglot.app.format;

import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.PendingRecord;
import io.streamglot.schemas.SourceText;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Reads source records. What a header says counts more than what the value says, so that a program
 * which only passes records on can choose languages; what neither says comes from {@link Formats}.
 * A blank language names none, wherever it stands. A translation is read as a text in its target
 * language, so that one application can translate what another has translated.
 *
 * <p>Thread-safe, and holds nothing to close.
 */
public final class MessageReader {

  private final ValueReader values;
  private final List<String> targets;

  private MessageReader(ValueReader values, List<String> targets) {
    this.values = values;
    this.targets = targets;
  }

  /** A reader of source records. */
  public static MessageReader of(Formats formats) {
    ValueReader values =
        switch (formats.source()) {
          case AVRO -> singleObject();
          case AVRO_REGISTRY -> registry(formats.registry().orElseThrow());
          case JSON -> JsonMessage::read;
          case TEXT -> TextMessage::read;
        };
    return new MessageReader(values, formats.targets());
  }

  private static ValueReader singleObject() {
    var avro = AvroSerdes.sourceText();
    return record ->
        new Message(
            avro.deserialize(record.getTopic(), new RecordHeaders(), record.getValue()), Map.of());
  }

  private static ValueReader registry(RegistrySettings settings) {
    var avro = new RegistryAvro<>(AvroSerdes.sourceText(), new SchemaRegistry(settings));
    return record -> new Message(avro.read(record.getValue()), Map.of());
  }

  /**
   * Reads a record.
   *
   * @param record with a value
   * @throws SerializationException if value or headers are not what the format says
   * @throws RegistryException if the format needs a registry, which cannot be asked
   */
  public Message read(PendingRecord record) {
    var message = values.read(record);
    var text = message.text();
    return new Message(
        new SourceText(
            MessageHeaders.find(record, MessageHeaders.MESSAGE_ID).orElse(text.getMessageId()),
            text.getText(),
            MessageHeaders.language(record).orElseGet(() -> named(text.getSourceLanguage())),
            targets(record, text),
            text.getSentAt(),
            text.getAttributes(),
            MessageHeaders.find(record, MessageHeaders.DO_NOT_TRANSLATE)
                .map(MessageHeaders::list)
                .orElse(text.getDoNotTranslate())),
        message.others());
  }

  /** What the first of header, value and configuration names that names any. */
  private List<String> targets(PendingRecord record, SourceText text) {
    var inHeader =
        MessageHeaders.find(record, MessageHeaders.TARGET_LANGUAGES)
            .map(MessageHeaders::list)
            .orElse(List.of());
    var inValue =
        text.getTargetLanguages().stream().map(MessageReader::named).filter(Objects::nonNull);
    return Stream.of(inHeader, inValue.toList(), targets)
        .filter(languages -> !languages.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  /** A language of a value; null where it is blank, as a blank header says nothing. */
  private static String named(String language) {
    return language == null || language.isBlank() ? null : language.strip();
  }
}
