package io.streamglot.app.recording;

import java.nio.file.Path;

/**
 * A recording cannot be read or written. The message is one line: file, where in it, expected,
 * actual.
 */
public final class RecordingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean damage;

  /**
   * Says what is wrong.
   *
   * @param file the recording
   * @param where in it, such as {@code block at byte 4096}
   * @param expected what should be there
   * @param actual what is there; control characters are not shown
   */
  public RecordingException(Path file, String where, String expected, String actual) {
    this(file, where, expected, actual, null);
  }

  /** As the other constructor, with the exception that showed the fault. */
  RecordingException(Path file, String where, String expected, String actual, Throwable cause) {
    this(
        "%s: %s: expected %s, actual %s"
            .formatted(file, where, expected, actual)
            .replaceAll("\\p{Cntrl}+", " "),
        cause,
        false);
  }

  private RecordingException(String line, Throwable cause, boolean damage) {
    super(line, cause);
    this.damage = damage;
  }

  /** The fault, of a file that {@link Damage#SALVAGE} can be tried on. */
  static RecordingException damage(RecordingException fault) {
    return new RecordingException(fault.getMessage(), fault, true);
  }

  /** Whether {@link Damage#SALVAGE} may give what is left of the file. */
  public boolean isDamage() {
    return damage;
  }
}
