package io.streamglot.junit;

import com.github.difflib.DiffUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.opentest4j.AssertionFailedError;

/** Holds a replay to the text file that was approved. */
final class Approval {

  /** System property that has approved files written anew. */
  static final String UPDATE = "streamglot.update";

  /** Differences that a message shows; the files have all of them. */
  private static final int SHOWN = 5;

  private final Path approved;

  Approval(Path approved) {
    this.approved = approved;
  }

  /**
   * Compares, or writes the file where that is asked for.
   *
   * @throws AssertionFailedError if the text is another, with both of them, or if there is no file
   */
  void require(String actual) {
    if (Boolean.getBoolean(UPDATE)) {
      write(actual);
      return;
    }
    if (!Files.exists(approved)) {
      write(actual);
      throw new AssertionFailedError(
          "%s: expected an approved file, actual none; it was written: look at it, and commit it"
              .formatted(approved));
    }
    var expected = read();
    if (!expected.equals(actual)) {
      throw new AssertionFailedError(differences(expected, actual), expected, actual);
    }
  }

  private String differences(String expected, String actual) {
    List<String> wanted = expected.lines().toList();
    List<String> found = actual.lines().toList();
    if (wanted.equals(found)) {
      return "%s: expected what is approved, actual the same lines, with other line ends or without the last\n-D%s=true approves the new ones"
          .formatted(approved, UPDATE);
    }
    var message = new StringBuilder();
    int count = 0;
    for (var difference : DiffUtils.diff(wanted, found).getDeltas()) {
      var before = difference.getSource();
      var now = difference.getTarget();
      for (int i = 0; i < Math.max(before.size(), now.size()); i++) {
        if (count++ < SHOWN) {
          message.append(
              "\n  line %d\n    approved: %s\n    actual:   %s"
                  .formatted(
                      before.getPosition() + i + 1,
                      line(before.getLines(), i),
                      line(now.getLines(), i)));
        }
      }
    }
    return "%s: expected what is approved, lines that differ: %d%s%s\n-D%s=true approves the new ones"
        .formatted(
            approved,
            count,
            count > SHOWN ? ", the first %d".formatted(SHOWN) : "",
            message,
            UPDATE);
  }

  private static String line(List<String> lines, int index) {
    return index < lines.size() ? lines.get(index) : "(nothing)";
  }

  private String read() {
    try {
      // As git may have checked it out.
      return Files.readString(approved).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("%s: cannot be read: %s".formatted(approved, e), e);
    }
  }

  private void write(String actual) {
    try {
      if (approved.getParent() != null) {
        Files.createDirectories(approved.getParent());
      }
      Files.writeString(approved, actual);
    } catch (IOException e) {
      throw new UncheckedIOException("%s: cannot be written: %s".formatted(approved, e), e);
    }
  }
}
