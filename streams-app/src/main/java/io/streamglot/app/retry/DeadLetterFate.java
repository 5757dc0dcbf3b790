package io.streamglot.app.retry;

/** What a retry does with a dead letter. */
public enum DeadLetterFate {
  /** Its text goes back to the source topic. */
  RETRIED,
  /** Its text went back in an earlier run. */
  RETRIED_BEFORE,
  /** The filter does not want it; a later run may. */
  FILTERED,
  /** It has no original value: that was left out as too large, or there was none. */
  WITHOUT_ORIGINAL,
  /** The source topic takes records of its size only if they are compressed, as it once came. */
  TOO_LARGE_FOR_SOURCE,
  /**
   * Its target language is blank, as earlier versions took it, or has a comma, so that no header
   * can ask for that one alone.
   */
  OF_NO_SINGLE_LANGUAGE,
  /** Its text came from another topic than the one that is read now. */
  OF_ANOTHER_TOPIC,
  /** It is no {@code TranslationFailure}. */
  UNREADABLE
}
