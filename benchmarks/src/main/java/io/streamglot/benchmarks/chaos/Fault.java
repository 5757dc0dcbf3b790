package io.streamglot.benchmarks.chaos;

import java.util.Locale;

/** What can be wrong with what came out. */
enum Fault {
  /** Sent, and neither translated nor failed. */
  LOST,
  /** Twice on one topic. */
  DOUBLED,
  /** Comes after a later one of its key. */
  OUT_OF_ORDER,
  /** On translations and on failures. */
  IN_BOTH,
  /** Good, but on failures; or bad, but on translations. */
  WRONG_TOPIC,
  /** The text is none that the model gives. */
  WRONG_TEXT,
  /** Any other part of the outcome is not what was sent. */
  WRONG_CONTENT,
  /** By a model that was replaced before in its partition. */
  OLD_MODEL,
  /** Nobody sent it, or not under this key. */
  NEVER_SENT;

  /** Its name for people. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
