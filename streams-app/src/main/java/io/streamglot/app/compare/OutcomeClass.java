package io.streamglot.app.compare;

import java.util.Locale;

/** How the outcome of NEW stands to that of OLD. Each pair is of one class. */
public enum OutcomeClass {
  /** Both translated, to the same text. */
  IDENTICAL("same text"),
  /** Both translated, to different texts. */
  CHANGED("other text"),
  /** OLD translated, NEW has nothing. */
  MISSING("in OLD, nothing in NEW"),
  /** NEW translated, OLD has nothing. */
  NEW("in NEW, nothing in OLD"),
  /** NEW failed; OLD translated, or has nothing. */
  FAILED_NEW("failed in NEW only"),
  /** OLD failed; NEW translated, or has nothing. */
  FAILED_OLD("failed in OLD only"),
  /** Both failed. */
  FAILED_BOTH("failed in both");

  private final String meaning;

  OutcomeClass(String meaning) {
    this.meaning = meaning;
  }

  /** In a few words. */
  public String meaning() {
    return meaning;
  }

  /** Its name in tables, files and gates, such as {@code failed-new}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
