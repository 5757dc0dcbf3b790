package io.streamglot.app.compare;

import java.util.OptionalLong;

/** What became of a message in one target language. */
public sealed interface RecordedOutcome {

  /** What it is matched by. */
  OutcomeKey key();

  /**
   * A translation.
   *
   * @param score length-normalised log-probability, at most 0
   * @param model name and version, separated by a space
   * @param latencyMs from the timestamp of the record to the translation; empty where it is not
   *     known, or was not measured in production
   */
  record Translated(OutcomeKey key, String text, float score, String model, OptionalLong latencyMs)
      implements RecordedOutcome {

    /** In characters (code points). */
    int length() {
      return text.codePointCount(0, text.length());
    }
  }

  /**
   * A failure.
   *
   * @param reason for programs, such as {@code TRANSLATION_FAILED}
   * @param message for people
   */
  record Failed(OutcomeKey key, String reason, String message) implements RecordedOutcome {}
}
