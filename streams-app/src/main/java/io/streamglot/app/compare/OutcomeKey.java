package io.streamglot.app.compare;

/**
 * What the outcomes of two recordings are matched by.
 *
 * @param messageId the message; where a failure does not know it, where its source record stands,
 *     such as {@code source-text-0-15}
 * @param targetLanguage BCP 47 tag as the sender named it, or {@link #EVERY}
 */
public record OutcomeKey(String messageId, String targetLanguage) {

  /** The target language of a failure that concerns all of a message. */
  static final String EVERY = "";

  /** Whether it is that of a failure of a whole message. */
  boolean isOfWholeMessage() {
    return targetLanguage.equals(EVERY);
  }
}
