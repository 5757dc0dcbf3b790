package io.streamglot.app.retry;

import io.streamglot.app.format.MessageHeaders;
import io.streamglot.app.topology.Failures;
import io.streamglot.schemas.TranslationFailure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Utils;

/**
 * The record that is sent again for a dead letter.
 *
 * <ul>
 *   <li>Key, value and headers are the original's, whatever the format, and it goes to the
 *       original's partition, so that a conversation stays where its sender puts it.
 *   <li>Where one target language failed, the header {@value MessageHeaders#TARGET_LANGUAGES} names
 *       that one, for the others have their outcome.
 *   <li>The header {@value MessageHeaders#MESSAGE_ID} has the name that the failure has.
 *   <li>The timestamp is new: a topic with retention by time may drop an old one at once.
 *   <li>The header {@value MessageHeaders#ATTEMPTS} counts, in decimal digits, how often the text
 *       was retried.
 * </ul>
 *
 * <p>Thread-safe.
 */
final class RetriedText {

  private RetriedText() {}

  /**
   * Whether a header can ask for this language and no other: one that is blank or has a comma would
   * have the reader translate more than what failed.
   *
   * @param language null where the text failed for every one, which no header has to name
   */
  static boolean canAskFor(String language) {
    return language == null || MessageHeaders.list(language).equals(List.of(language));
  }

  /**
   * The record.
   *
   * @param failure with the original value, of a language that {@linkplain #canAskFor can be asked
   *     for}
   * @param headers of the dead letter, which are the original's
   * @param partitions of the source topic; a partition beyond them is left to the producer
   */
  static ProducerRecord<byte[], byte[]> of(
      TranslationFailure failure, Headers headers, int partitions) {
    Integer partition = failure.getPartition() < partitions ? failure.getPartition() : null;
    return new ProducerRecord<>(
        failure.getTopic(),
        partition,
        Utils.toNullableArray(failure.getOriginalKey()),
        Utils.toNullableArray(failure.getOriginalValue()),
        counted(named(failure.getMessageId(), failed(failure.getTargetLanguage(), headers))));
  }

  /** The headers, which ask for the language alone, if there is one. */
  private static Headers failed(String language, Headers headers) {
    Headers narrowed = new RecordHeaders(headers);
    if (language != null) {
      narrowed.remove(MessageHeaders.TARGET_LANGUAGES);
      narrowed.add(MessageHeaders.TARGET_LANGUAGES, language.getBytes(StandardCharsets.UTF_8));
    }
    return narrowed;
  }

  /** The headers with the message's name: one that it has by its place would be another now. */
  private static Headers named(String messageId, Headers headers) {
    if (messageId != null
        && !Failures.isCut(messageId)
        && headers.lastHeader(MessageHeaders.MESSAGE_ID) == null) {
      headers.add(MessageHeaders.MESSAGE_ID, messageId.getBytes(StandardCharsets.UTF_8));
    }
    return headers;
  }

  private static Headers counted(Headers headers) {
    int attempts = attempts(headers.lastHeader(MessageHeaders.ATTEMPTS)) + 1;
    headers.remove(MessageHeaders.ATTEMPTS);
    headers.add(
        MessageHeaders.ATTEMPTS, Integer.toString(attempts).getBytes(StandardCharsets.UTF_8));
    return headers;
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
}
