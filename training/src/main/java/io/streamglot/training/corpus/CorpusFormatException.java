package io.streamglot.training.corpus;

import java.io.IOException;
import java.nio.file.Path;

/** A corpus file does not hold what it must. The message fits one line and names file and line. */
public final class CorpusFormatException extends IOException {

  private static final long serialVersionUID = 1L;

  CorpusFormatException(Path file, String what, Object expected, Object actual) {
    super("%s: %s: expected %s, actual %s".formatted(file, what, expected, actual));
  }

  CorpusFormatException(Path file, long line, String what, Object expected, Object actual) {
    super("%s:%d: %s: expected %s, actual %s".formatted(file, line, what, expected, actual));
  }
}
