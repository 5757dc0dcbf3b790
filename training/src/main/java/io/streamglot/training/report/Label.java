package io.streamglot.training.report;

import java.lang.Character.UnicodeScript;
import java.util.Set;

/** Estimates how much room text takes: only the reader's fonts know. */
final class Label {

  /** Longest label in ems; a longer token, such as an address, is cut. */
  private static final double LONGEST = 14;

  private static final double WIDE = 1;

  /** Above the mean of the common sans-serif fonts, so that a label rather has room to spare. */
  private static final double NARROW = 0.62;

  private static final Set<UnicodeScript> WIDE_SCRIPTS =
      Set.of(
          UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA, UnicodeScript.HANGUL);

  private Label() {}

  /** Width in ems: an em is the size of the font. */
  static double width(String text) {
    return text.codePoints().mapToDouble(Label::width).sum();
  }

  /** The text, or its beginning and an ellipsis if it is longer than a label should be. */
  static String cut(String text) {
    if (width(text) <= LONGEST) {
      return text;
    }
    StringBuilder cut = new StringBuilder();
    double width = WIDE; // of the ellipsis
    for (int character : text.codePoints().toArray()) {
      width += width(character);
      if (width > LONGEST) {
        break;
      }
      cut.appendCodePoint(character);
    }
    return cut.append('…').toString();
  }

  private static double width(int character) {
    if (WIDE_SCRIPTS.contains(UnicodeScript.of(character)) || isWideSymbol(character)) {
      return WIDE;
    }
    int type = Character.getType(character);
    return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK ? 0 : NARROW;
  }

  /** Punctuation of Chinese and Japanese, full-width forms, emoji. */
  private static boolean isWideSymbol(int character) {
    return (character >= 0x3000 && character <= 0x303F)
        || (character >= 0xFF01 && character <= 0xFF60)
        || character >= 0x1F000;
  }
}
