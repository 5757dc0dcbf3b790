package io.streamglot.translator;

/** A text as the decoder takes it. */
final class Source {

  private final int[] ids;
  private final boolean truncated;

  /**
   * A text.
   *
   * @param ids token ids, the end token last; not copied
   * @param truncated whether the text went on
   */
  Source(int[] ids, boolean truncated) {
    this.ids = ids;
    this.truncated = truncated;
  }

  int[] ids() {
    return ids;
  }

  /** Number of token ids, at least 1. */
  int length() {
    return ids.length;
  }

  boolean truncated() {
    return truncated;
  }

  /** Whether there is nothing to translate: only the end token. */
  boolean isBlank() {
    return ids.length == 1 && !truncated;
  }
}
