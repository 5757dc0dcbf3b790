package io.streamglot.app.cli;

import io.streamglot.app.recording.RecordingWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The recording that {@code --out} names, before it is written.
 *
 * @param path where it shall be
 * @param force whether what is there may be replaced
 */
record OutputFile(Path path, boolean force) {

  /** Refuses a folder, a name in no folder, and a file that may not be replaced. */
  void requireFree() {
    Path folder = path.toAbsolutePath().getParent();
    if (Files.isDirectory(path) || folder == null || !Files.isDirectory(folder)) {
      throw new UserErrorException(
          "--out: expected a file in a folder that there is, actual " + path);
    }
    requireReplaceable(path);
  }

  /** Refuses a part too, which a command that cannot resume it would overwrite. */
  void requireNoPart() {
    requireReplaceable(RecordingWriter.partOf(path));
  }

  /** Refuses to write over the recording that is read, even where it may be replaced. */
  void requireOtherThan(Path recording) {
    for (Path written : new Path[] {path, RecordingWriter.partOf(path)}) {
      if (isSame(written, recording)) {
        throw new UserErrorException(
            "--out: expected another file than the recording, actual " + written);
      }
    }
  }

  private void requireReplaceable(Path file) {
    if (Files.exists(file) && !force) {
      throw new UserErrorException(
          "--out: expected no file of this name (--force replaces it), actual " + file);
    }
  }

  private static boolean isSame(Path written, Path recording) {
    try {
      return Files.exists(written)
          && Files.exists(recording)
          && Files.isSameFile(written, recording);
    } catch (IOException e) {
      throw new UserErrorException(
          "%s: expected a file that can be read, actual %s".formatted(recording, e));
    }
  }
}
