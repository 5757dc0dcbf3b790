package io.streamglot.app.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.streamglot.schemas.Alternative;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.SourceText;
import io.streamglot.schemas.Translation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.utils.Utils;

/**
 * Changes what people wrote in the value of a record, a text to translate or a translation: the
 * text, the alternatives, the words that are not to be translated, and in a JSON object the strings
 * of fields that are the sender's own, at any depth. All else stays.
 *
 * <p>Thread-safe as the change is.
 */
public final class TextEditor {

  private static final Set<String> TEXTS = Set.of("text", "alternatives", "doNotTranslate");

  private final ValueFormat format;
  private final UnaryOperator<String> change;

  /**
   * An editor of one format.
   *
   * @param format without a registry: there the value would need another schema's id
   * @throws IllegalArgumentException if the format needs a registry
   */
  public TextEditor(ValueFormat format, UnaryOperator<String> change) {
    if (format.needsRegistry()) {
      throw new IllegalArgumentException(
          "format: expected one without a registry, actual " + format);
    }
    this.format = format;
    this.change = change;
  }

  /**
   * Changes the texts of a value.
   *
   * @param value not null; left as it is
   * @throws SerializationException if it is neither a text to translate nor a translation
   */
  public ByteBuffer edit(ByteBuffer value) {
    return switch (format) {
      case AVRO, AVRO_REGISTRY -> ByteBuffer.wrap(avro(value));
      case JSON -> json(value);
      case TEXT -> utf8(change.apply(MessageHeaders.utf8("value", value)));
    };
  }

  private byte[] avro(ByteBuffer value) {
    byte[] bytes = Utils.toArray(value);
    try {
      return AvroSerdes.sourceText()
          .serialize(null, changed(AvroSerdes.sourceText().deserialize(null, bytes)));
    } catch (SerializationException e) {
      return AvroSerdes.translation()
          .serialize(null, changed(AvroSerdes.translation().deserialize(null, bytes)));
    }
  }

  private SourceText changed(SourceText text) {
    return new SourceText(
        text.getMessageId(),
        change.apply(text.getText()),
        text.getSourceLanguage(),
        text.getTargetLanguages(),
        text.getSentAt(),
        text.getAttributes(),
        text.getDoNotTranslate().stream().map(change).toList());
  }

  private Translation changed(Translation translation) {
    return new Translation(
        translation.getMessageId(),
        translation.getSourceLanguage(),
        translation.getTargetLanguage(),
        change.apply(translation.getText()),
        translation.getScore(),
        translation.getAlternatives().stream()
            .map(other -> new Alternative(change.apply(other.getText()), other.getScore()))
            .toList(),
        translation.getTruncated(),
        translation.getModelName(),
        translation.getModelVersion(),
        translation.getTranslatedAt(),
        translation.getAttributes());
  }

  private ByteBuffer json(ByteBuffer value) {
    ObjectNode object = JsonMessage.object(value);
    boolean isTranslation = JsonMessage.isTranslation(object);
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!isKept(field.getKey(), isTranslation)) {
        field.setValue(changed(field.getValue()));
      }
    }
    return utf8(object.toString());
  }

  /** What only a translation has is, in a text to translate, the sender's own. */
  private static boolean isKept(String field, boolean isTranslation) {
    return !TEXTS.contains(field)
        && (SourceText.getClassSchema().getField(field) != null
            || (isTranslation && Translation.getClassSchema().getField(field) != null));
  }

  /** A node with its strings changed, those in it too. */
  private JsonNode changed(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.properties().forEach(field -> field.setValue(changed(field.getValue())));
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, changed(array.get(i)));
      }
    }
    return node.isTextual() ? TextNode.valueOf(change.apply(node.textValue())) : node;
  }

  private static ByteBuffer utf8(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
