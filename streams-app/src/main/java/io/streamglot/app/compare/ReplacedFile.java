package io.streamglot.app.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** A file that is replaced in one step, so that nobody reads half of it. */
final class ReplacedFile {

  private ReplacedFile() {}

  /**
   * Writes.
   *
   * @param text in UTF-8
   * @throws IOException if that fails; a file that was there is as it was
   */
  static void write(Path file, String text) throws IOException {
    Path staging = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
    try {
      Files.writeString(staging, text, StandardOpenOption.CREATE_NEW);
      Files.move(staging, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(staging);
    }
  }

  /** What to tell the user. */
  static ComparisonException unwritable(Path file, IOException cause) {
    return new ComparisonException(
        "%s: expected a file that can be written, actual %s: %s"
            .formatted(file, cause.getClass().getSimpleName(), cause.getMessage()));
  }
}
