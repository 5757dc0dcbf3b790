package io.streamglot.app.topology;

import io.streamglot.schemas.FailureReason;
import io.streamglot.schemas.PendingRecord;
import io.streamglot.schemas.TranslationFailure;
import java.time.Instant;

/** Makes failures of a source record. */
public final class Failures {

  /**
   * Most characters of message id, target language and message each, so that a failure without the
   * original is some kilobytes whatever the record holds.
   */
  static final int MAX_CHARACTERS = 1_000;

  private static final String ELLIPSIS = "…";

  private Failures() {}

  /**
   * A failure with the original bytes. Message id, target language and message are cut at {@value
   * #MAX_CHARACTERS} characters, the last of them an ellipsis then.
   *
   * @param messageId null where the record could not be read
   * @param targetLanguage null where the record failed for every one
   */
  static TranslationFailure of(
      PendingRecord source,
      String messageId,
      String targetLanguage,
      FailureReason reason,
      String message,
      Instant at) {
    return new TranslationFailure(
        cut(messageId),
        cut(targetLanguage),
        source.getTopic(),
        source.getPartition(),
        source.getOffset(),
        reason,
        cut(message),
        source.getKey(),
        source.getValue(),
        at);
  }

  /**
   * Whether a message id is not the whole one.
   *
   * @param text of a failure
   */
  public static boolean isCut(String text) {
    // One less where half of a surrogate pair was left out.
    return text.length() >= MAX_CHARACTERS - 1 && text.endsWith(ELLIPSIS);
  }

  private static String cut(String text) {
    if (text == null || text.length() <= MAX_CHARACTERS) {
      return text;
    }
    int end = MAX_CHARACTERS - ELLIPSIS.length();
    // Half of a surrogate pair is no character.
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end)
        + ELLIPSIS;
  }
}
