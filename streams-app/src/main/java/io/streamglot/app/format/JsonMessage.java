package io.streamglot.app.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamglot.schemas.Alternative;
import io.streamglot.schemas.PendingRecord;
import io.streamglot.schemas.SourceText;
import io.streamglot.schemas.Translation;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SerializationException;

/**
 * A value that is a JSON object (RFC 8259) with the fields of an Avro schema, under their names.
 *
 * <p>Of a {@link SourceText} only {@code text} has to be there; {@code null} is as good as absent.
 * Times are milliseconds since 1970-01-01T00:00Z. Numbers of other fields keep every digit.
 */
final class JsonMessage {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final String MESSAGE_ID = "messageId";
  private static final String TEXT = "text";
  private static final String SOURCE_LANGUAGE = "sourceLanguage";
  private static final String TARGET_LANGUAGES = "targetLanguages";
  private static final String SENT_AT = "sentAt";
  private static final String ATTRIBUTES = "attributes";
  private static final String DO_NOT_TRANSLATE = "doNotTranslate";
  private static final String TARGET_LANGUAGE = "targetLanguage";
  private static final String SCORE = "score";
  private static final String ALTERNATIVES = "alternatives";
  private static final String TRUNCATED = "truncated";
  private static final String MODEL_NAME = "modelName";
  private static final String MODEL_VERSION = "modelVersion";
  private static final String TRANSLATED_AT = "translatedAt";

  private final ObjectNode fields;

  private JsonMessage(ObjectNode fields) {
    this.fields = fields;
  }

  /**
   * Reads a value.
   *
   * @throws SerializationException if it is no such object; the message names the field
   */
  static Message read(PendingRecord record) {
    var message = new JsonMessage(parse(record.getValue()));
    var text =
        message.text(TextMessage.defaultId(record), Instant.ofEpochMilli(record.getTimestamp()));
    return new Message(text, message.others());
  }

  /**
   * Reads the object of a text to translate, or of a translation, which has its fields.
   *
   * @throws SerializationException if it is neither; the message names the field
   */
  static ObjectNode object(ByteBuffer value) {
    var object = parse(value);
    var unused = new JsonMessage(object).text("", Instant.EPOCH);
    return object;
  }

  /**
   * Writes a translation.
   *
   * @param others further fields; one that is named as a field of a translation is left out
   */
  static byte[] write(Translation translation, Map<String, JsonNode> others) {
    var object = JSON.createObjectNode();
    others.forEach(object::set);
    object.put(MESSAGE_ID, translation.getMessageId());
    object.put(SOURCE_LANGUAGE, translation.getSourceLanguage());
    object.put(TARGET_LANGUAGE, translation.getTargetLanguage());
    object.put(TEXT, translation.getText());
    object.put(SCORE, translation.getScore());
    var alternatives = object.putArray(ALTERNATIVES);
    for (var alternative : translation.getAlternatives()) {
      alternatives.addObject().put(TEXT, alternative.getText()).put(SCORE, alternative.getScore());
    }
    object.put(TRUNCATED, translation.getTruncated());
    object.put(MODEL_NAME, translation.getModelName());
    object.put(MODEL_VERSION, translation.getModelVersion());
    object.put(TRANSLATED_AT, translation.getTranslatedAt().toEpochMilli());
    var attributes = object.putObject(ATTRIBUTES);
    translation.getAttributes().forEach(attributes::put);
    try {
      return JSON.writeValueAsBytes(object);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws SerializationException if it is no such object; the message names the field
   */
  static Translation readTranslation(PendingRecord record) {
    return new JsonMessage(parse(record.getValue()))
        .translation(Instant.ofEpochMilli(record.getTimestamp()));
  }

  /** Whether an object is a translation. */
  static boolean isTranslation(ObjectNode object) {
    try {
      var unused = new JsonMessage(object).translation(Instant.EPOCH);
      return true;
    } catch (SerializationException e) {
      return false;
    }
  }

  private Translation translation(Instant defaultTranslatedAt) {
    return new Translation(
        required(MESSAGE_ID),
        required(SOURCE_LANGUAGE),
        required(TARGET_LANGUAGE),
        required(TEXT),
        score(),
        alternatives(),
        truncated(),
        required(MODEL_NAME),
        required(MODEL_VERSION),
        time(TRANSLATED_AT, defaultTranslatedAt),
        attributes());
  }

  private float score() {
    var value = fields.path(SCORE);
    if (!value.isNumber()) {
      throw refused(SCORE, "a number", isAbsent(value) ? "nothing" : kind(value));
    }
    return value.floatValue();
  }

  private boolean truncated() {
    var value = fields.path(TRUNCATED);
    if (!isAbsent(value) && !value.isBoolean()) {
      throw refused(TRUNCATED, "true or false", kind(value));
    }
    return value.booleanValue();
  }

  private List<Alternative> alternatives() {
    var alternatives = new ArrayList<Alternative>();
    var values = fields.path(ALTERNATIVES);
    if (!isAbsent(values) && !values.isArray()) {
      throw refused(ALTERNATIVES, "an array of objects", kind(values));
    }
    for (var value : values) {
      if (!(value instanceof ObjectNode object)) {
        throw refused(ALTERNATIVES, "an array of objects", "one of " + kind(value));
      }
      var alternative = new JsonMessage(object);
      alternatives.add(new Alternative(alternative.required(TEXT), alternative.score()));
    }
    return alternatives;
  }

  private static ObjectNode parse(ByteBuffer value) {
    // Jackson would take UTF-16 and UTF-32, too.
    var text = MessageHeaders.utf8("value", value);
    try {
      var read = JSON.readTree(text);
      if (read instanceof ObjectNode object) {
        return object;
      }
      throw new SerializationException(
          "value: expected a JSON object, actual "
              + (read.isMissingNode() ? "nothing" : kind(read)));
    } catch (JsonProcessingException e) {
      throw new SerializationException(
          "value: expected a JSON object, actual " + e.getOriginalMessage(), e);
    }
  }

  private SourceText text(String defaultId, Instant defaultSentAt) {
    return new SourceText(
        optional(MESSAGE_ID, defaultId),
        required(TEXT),
        language(),
        strings(TARGET_LANGUAGES),
        time(SENT_AT, defaultSentAt),
        attributes(),
        strings(DO_NOT_TRANSLATE));
  }

  /** The text of a translation is in the language that it was translated into. */
  private String language() {
    boolean isTranslation =
        Stream.of(TARGET_LANGUAGE, MODEL_NAME, MODEL_VERSION)
            .allMatch(field -> fields.path(field).isTextual());
    return optional(isTranslation ? TARGET_LANGUAGE : SOURCE_LANGUAGE, null);
  }

  private String required(String field) {
    var value = optional(field, null);
    if (value == null) {
      throw refused(field, "a string", "nothing");
    }
    return value;
  }

  private String optional(String field, String absent) {
    var value = fields.path(field);
    if (isAbsent(value)) {
      return absent;
    }
    return string(field, value);
  }

  private static String string(String field, JsonNode value) {
    if (!value.isTextual()) {
      throw refused(field, "a string", kind(value));
    }
    return value.textValue();
  }

  private List<String> strings(String field) {
    var value = fields.path(field);
    if (isAbsent(value)) {
      return List.of();
    }
    if (!value.isArray()) {
      throw refused(field, "an array of strings", kind(value));
    }
    var strings = new ArrayList<String>();
    for (int i = 0; i < value.size(); i++) {
      strings.add(string("%s[%d]".formatted(field, i), value.get(i)));
    }
    return strings;
  }

  private Instant time(String field, Instant absent) {
    var value = fields.path(field);
    if (isAbsent(value)) {
      return absent;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw refused(
          field, "milliseconds since 1970-01-01T00:00Z", value.isNumber() ? value : kind(value));
    }
    return Instant.ofEpochMilli(value.longValue());
  }

  private Map<String, String> attributes() {
    var value = fields.path(ATTRIBUTES);
    if (isAbsent(value)) {
      return Map.of();
    }
    if (!value.isObject()) {
      throw refused(ATTRIBUTES, "an object of strings", kind(value));
    }
    var attributes = new LinkedHashMap<String, String>();
    for (var attribute : value.properties()) {
      attributes.put(
          attribute.getKey(), string(ATTRIBUTES + "." + attribute.getKey(), attribute.getValue()));
    }
    return attributes;
  }

  private Map<String, JsonNode> others() {
    var others = new LinkedHashMap<String, JsonNode>();
    for (var field : fields.properties()) {
      if (SourceText.getClassSchema().getField(field.getKey()) == null) {
        others.put(field.getKey(), field.getValue());
      }
    }
    return others;
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "an array";
      case OBJECT -> "an object";
      case STRING -> "a string";
      case NUMBER -> "a number";
      case BOOLEAN -> "a boolean";
      default -> "null";
    };
  }

  private static SerializationException refused(String field, String expected, Object actual) {
    return new SerializationException(
        "field %s: expected %s, actual %s".formatted(field, expected, actual));
  }
}
