package io.streamglot.translator.text;

/** Brings text into the form that {@link Tokenizer} encodes. */
public final class TextCleaner {

  private TextCleaner() {}

  /**
   * The text with each run of white space (tabs, line ends and every Unicode space) as one space
   * and none at the ends, and with U+FFFD for lone surrogates, which no encoding can carry.
   * Cleaning twice changes nothing more.
   *
   * @param text any text, not null
   * @return the cleaned text; empty for a blank one
   */
  public static String clean(String text) {
    StringBuilder cleaned = new StringBuilder(text.length());
    boolean space = false;
    int next;
    for (int i = 0; i < text.length(); i = next) {
      int character = text.codePointAt(i);
      next = i + Character.charCount(character);
      if (isSpace(character)) {
        space = true;
        continue;
      }
      if (space && !cleaned.isEmpty()) {
        cleaned.append(' ');
      }
      space = false;
      cleaned.appendCodePoint(isLoneSurrogate(character) ? 0xFFFD : character);
    }
    return cleaned.toString();
  }

  /** Whether it is white space, one that does not break among it. */
  static boolean isSpace(int codePoint) {
    return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
  }

  /** A surrogate that {@link String#codePointAt} could not pair stands alone. */
  private static boolean isLoneSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
