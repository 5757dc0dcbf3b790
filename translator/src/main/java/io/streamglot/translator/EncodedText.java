package io.streamglot.translator;

/**
 * A text as the decoder takes it, made by {@link Translator#encode} and translated by the same
 * translator.
 */
public final class EncodedText {

  private final String text;
  private final int[] ids;
  private final boolean truncated;

  /**
   * A text and its tokens.
   *
   * @param text as it came, not null
   * @param ids token ids, the end token last, at least one; not copied
   * @param truncated whether the text goes on beyond them
   */
  EncodedText(String text, int[] ids, boolean truncated) {
    this.text = text;
    this.ids = ids;
    this.truncated = truncated;
  }

  /** The text as it came. */
  public String text() {
    return text;
  }

  /** How many tokens the model reads, the end token among them: at least 1. */
  public int length() {
    return ids.length;
  }

  /** Whether the text was longer than the model takes, so that its end is not translated. */
  public boolean truncated() {
    return truncated;
  }

  /** The token ids; not to be changed. */
  int[] ids() {
    return ids;
  }

  /** Whether there is nothing to translate: only the end token. */
  boolean isBlank() {
    return ids.length == 1 && !truncated;
  }
}
