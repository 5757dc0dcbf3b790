package io.streamglot.app.compare;

import java.util.regex.Pattern;

/**
 * Text of users as it may be shown: what would act on a terminal or reorder a line is spelt out.
 */
final class ShownText {

  /** What sets the direction of text, or ends a line where Java and browsers do not agree. */
  private static final String ACTING =
      "\\u2028\\u2029\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069";

  private static final Pattern IN_A_LINE = Pattern.compile("[\\p{Cc}" + ACTING + "]");
  private static final Pattern IN_LINES = Pattern.compile("[\\p{Cc}" + ACTING + "&&[^\\n\\t]]");

  private ShownText() {}

  /** In one line; such a character becomes its code point, as in {@code <U+202E>}. */
  static String of(String text) {
    return spelt(IN_A_LINE, text);
  }

  /** For HTML: line feeds and tabs stay, markup becomes text, also in an attribute's quotes. */
  static String html(String text) {
    return spelt(IN_LINES, text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static String spelt(Pattern acting, String text) {
    return acting
        .matcher(text)
        .replaceAll(match -> "<U+%04X>".formatted((int) match.group().charAt(0)));
  }
}
