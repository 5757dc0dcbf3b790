package io.streamglot.translator.text;

import java.util.regex.Pattern;

/**
 * What goes on within a word: letters and numbers, the marks on them, which are characters of their
 * own in Hindi or in normal form NFD, and the joiners of Hindi and Persian; but not the marks that
 * make an emoji of a character.
 */
final class Words {

  /** One character of a word, as a regular expression. */
  static final String PART = "[\\p{L}\\p{N}\\p{IsJoin_Control}[\\p{M}&&[^\\uFE0F\\u20E3]]]";

  private static final Pattern ONE = Pattern.compile(PART);

  private Words() {}

  /** Whether a word goes on from the character before a place to the one after it. */
  static boolean goesOn(String text, int index) {
    return index > 0
        && index < text.length()
        && isPart(text.codePointBefore(index))
        && isPart(text.codePointAt(index));
  }

  private static boolean isPart(int character) {
    return character < 0x80
        ? Character.isLetterOrDigit(character)
        : ONE.matcher(Character.toString(character)).matches();
  }
}
