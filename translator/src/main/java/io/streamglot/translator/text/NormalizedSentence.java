package io.streamglot.translator.text;

/**
 * A sentence in the form that models know, and what was changed about it.
 *
 * @param text what the model reads
 * @param letters how its letters were written
 * @param ending what it ended with: {@link #mark} more than once, or nothing where the mark was
 *     added
 * @param mark what {@code text} ends with instead of {@code ending}; empty where it ends as it came
 */
public record NormalizedSentence(String text, Letters letters, String ending, String mark) {

  /** How the letters of a sentence were written. */
  public enum Letters {
    /** As the model knows it. */
    USUAL,
    /** All in capitals. */
    CAPITALS,
    /** The first one small. */
    SMALL_INITIAL
  }

  /** A sentence that is as the model knows it. */
  public static NormalizedSentence asItIs(String text) {
    return new NormalizedSentence(text, Letters.USUAL, "", "");
  }
}
