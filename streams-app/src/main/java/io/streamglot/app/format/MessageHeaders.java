package io.streamglot.app.format;

import io.streamglot.schemas.PendingHeader;
import io.streamglot.schemas.PendingRecord;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.errors.SerializationException;

/**
 * What the headers of a record say, in UTF-8. Of several with one name the last counts, as in
 * Kafka's own {@code Headers.lastHeader}; one without a value says nothing.
 */
public final class MessageHeaders {

  /** Names the message. */
  public static final String MESSAGE_ID = "streamglot-message-id";

  /** The language of the text; on a translation, of the text that was translated. */
  public static final String SOURCE_LANGUAGE = "streamglot-source-language";

  /** The languages to translate into, separated by commas. */
  public static final String TARGET_LANGUAGES = "streamglot-target-languages";

  /** Words and phrases that stay as they are, separated by commas. */
  public static final String DO_NOT_TRANSLATE = "streamglot-do-not-translate";

  /** The language of a translation. */
  public static final String TARGET_LANGUAGE = "streamglot-target-language";

  /** Name and version of the model that translated, separated by a space. */
  public static final String MODEL = "streamglot-model";

  /** The length-normalised log-probability of a translation. */
  public static final String SCORE = "streamglot-score";

  /** {@code true} or {@code false}: whether the end of the text was not translated. */
  public static final String TRUNCATED = "streamglot-truncated";

  /** How often the text was sent again after it had failed, in decimal digits. */
  public static final String ATTEMPTS = "streamglot-retry";

  private static final Set<String> OF_SOURCE_ALONE =
      Set.of(SOURCE_LANGUAGE, TARGET_LANGUAGES, ATTEMPTS, TARGET_LANGUAGE, MODEL, SCORE, TRUNCATED);

  private MessageHeaders() {}

  /**
   * Whether a header of a source record is not for its translations: it says how that text is to be
   * translated, or, where that text is a translation itself, how it was.
   */
  public static boolean isOfSourceAlone(String name) {
    return OF_SOURCE_ALONE.contains(name);
  }

  /**
   * The language of the text, where a header says it. A translation, which names its model, is in
   * the language that it was translated into.
   *
   * @throws SerializationException if it is not in UTF-8
   */
  static Optional<String> language(PendingRecord record) {
    return find(record, find(record, MODEL).isPresent() ? TARGET_LANGUAGE : SOURCE_LANGUAGE);
  }

  /**
   * The value of a header.
   *
   * @return empty where there is no such header, or it is blank
   * @throws SerializationException if it is not in UTF-8
   */
  static Optional<String> find(PendingRecord record, String name) {
    ByteBuffer value = null;
    for (PendingHeader header : record.getHeaders()) {
      if (header.getKey().equals(name)) {
        value = header.getValue();
      }
    }
    return value == null
        ? Optional.empty()
        : Optional.of(utf8("header " + name, value).strip()).filter(text -> !text.isEmpty());
  }

  /** The parts of a list with commas, without white space around them and empty ones. */
  public static List<String> list(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  /**
   * Reads UTF-8.
   *
   * @param what for the message
   * @throws SerializationException if the bytes are not UTF-8
   */
  static String utf8(String what, ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString();
    } catch (CharacterCodingException e) {
      throw new SerializationException(
          "%s: expected UTF-8, actual %d bytes that are not".formatted(what, bytes.remaining()), e);
    }
  }
}
