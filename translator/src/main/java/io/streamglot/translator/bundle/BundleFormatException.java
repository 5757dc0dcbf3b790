package io.streamglot.translator.bundle;

import java.io.IOException;
import java.util.Objects;

/**
 * A bundle is not what it says it is, or not a bundle. The message is one line: what, expected,
 * actual.
 */
public final class BundleFormatException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Longest actual value shown: a damaged file must not fill the screen. */
  private static final int SHOWN_CHARACTERS = 200;

  /**
   * Says what is wrong.
   *
   * @param where the file or folder
   * @param what what was looked at in it
   * @param expected what should be there
   * @param actual what is there; control characters and what is beyond some 200 characters are not
   *     shown
   */
  public BundleFormatException(String where, String what, Object expected, Object actual) {
    super(
        "%s: %s: expected %s, actual %s"
            .formatted(oneLine(where), oneLine(what), oneLine(expected), oneLine(actual)));
  }

  /** As the other constructor, with the exception that showed the fault. */
  public BundleFormatException(
      String where, String what, Object expected, Object actual, Throwable cause) {
    this(where, what, expected, actual);
    initCause(cause);
  }

  /** With a fault that already says what, expected and actual. */
  BundleFormatException(String where, String fault, Throwable cause) {
    super(oneLine(where) + ": " + oneLine(fault), cause);
  }

  private static String oneLine(Object value) {
    String text = Objects.toString(value).replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "...";
  }
}
