package io.streamglot.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A new folder, gone with all in it once it is closed. */
record TemporaryFolder(Path path) implements AutoCloseable {

  /** Makes it. */
  TemporaryFolder() {
    this(make());
  }

  @Override
  public void close() {
    try (Stream<Path> content = Files.walk(path)) {
      for (var file : content.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": cannot be deleted: " + e, e);
    }
  }

  private static Path make() {
    try {
      return Files.createTempDirectory("streamglot-replay-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
