package io.streamglot.app.retry;

import io.streamglot.app.language.LanguageTags;
import io.streamglot.schemas.AvroSerde;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.SourceText;
import io.streamglot.schemas.TranslationFailure;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The record that is sent again for a dead letter.
 *
 * <ul>
 *   <li>Key and headers are the original's, and it goes to the original's partition, so that a
 *       conversation stays where its sender puts it.
 *   <li>The value is the original's, byte for byte; where one target language failed, with that one
 *       only, for the others have their outcome.
 *   <li>The timestamp is new: a topic with retention by time may drop an old one at once.
 *   <li>The header {@value #ATTEMPTS} counts, in decimal digits, how often the text was retried.
 * </ul>
 *
 * <p>Thread-safe.
 */
final class RetriedText {
  /** Name of the header. */
  static final String ATTEMPTS = "streamglot-retry";

  private static final String ELLIPSIS = "…";

  private final AvroSerde<SourceText> sourceTexts = AvroSerdes.sourceText();

  /**
   * The record.
   *
   * @param failure with the original value
   * @param headers of the dead letter, which are the original's
   * @param partitions of the source topic; a partition beyond them is left to the producer
   */
  ProducerRecord<byte[], byte[]> of(TranslationFailure failure, Headers headers, int partitions) {
    Integer partition = failure.getPartition() < partitions ? failure.getPartition() : null;
    return new ProducerRecord<>(
        failure.getTopic(),
        partition,
        bytes(failure.getOriginalKey()),
        value(failure),
        counted(headers));
  }

  private byte[] value(TranslationFailure failure) {
    byte[] original = bytes(failure.getOriginalValue());
    if (failure.getTargetLanguage() == null) {
      return original;
    }
    SourceText text;
    try {
      text = sourceTexts.deserialize(failure.getTopic(), original);
    } catch (SerializationException e) {
      return original; // of a later version than this; its reader decides
    }
    List<String> failed =
        text.getTargetLanguages().stream()
            .filter(tag -> isNamed(failure.getTargetLanguage(), LanguageTags.canonical(tag)))
            .toList();
    return sourceTexts.serialize(
        failure.getTopic(), SourceText.newBuilder(text).setTargetLanguages(failed).build());
  }

  /** Whether a failure names the tag, which it may have cut. */
  private static boolean isNamed(String named, String tag) {
    return tag.equals(named)
        || (named.endsWith(ELLIPSIS)
            && tag.startsWith(named.substring(0, named.length() - ELLIPSIS.length())));
  }

  private static Headers counted(Headers headers) {
    Headers counted = new RecordHeaders(headers);
    int attempts = attempts(headers.lastHeader(ATTEMPTS)) + 1;
    counted.remove(ATTEMPTS);
    counted.add(ATTEMPTS, Integer.toString(attempts).getBytes(StandardCharsets.UTF_8));
    return counted;
  }

  private static int attempts(Header header) {
    if (header == null || header.value() == null) {
      return 0;
    }
    try {
      return Integer.parseInt(new String(header.value(), StandardCharsets.UTF_8));
    } catch (NumberFormatException e) {
      return 0; // not ours
    }
  }

  private static byte[] bytes(ByteBuffer buffer) {
    if (buffer == null) {
      return null;
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
