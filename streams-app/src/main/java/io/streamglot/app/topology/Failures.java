package io.streamglot.app.topology;

import io.streamglot.schemas.FailureReason;
import io.streamglot.schemas.PendingRecord;
import io.streamglot.schemas.TranslationFailure;
import java.time.Instant;

/** Makes failures of a source record. */
final class Failures {

  private Failures() {}

  /**
   * A failure with the original bytes.
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
        messageId,
        targetLanguage,
        source.getTopic(),
        source.getPartition(),
        source.getOffset(),
        reason,
        message,
        source.getKey(),
        source.getValue(),
        at);
  }
}
