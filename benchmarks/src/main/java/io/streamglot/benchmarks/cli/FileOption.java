package io.streamglot.benchmarks.cli;

import io.streamglot.benchmarks.decoding.SourceTexts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code --file}, the texts that a measurement decodes. */
final class FileOption {

  @Option(
      names = "--file",
      required = true,
      paramLabel = "FILE",
      description = "One text a line, or the sources of a .tsv; plain or gzip.")
  private Path path;

  /** Its texts, as {@link SourceTexts#read} gives them. */
  List<String> texts() throws IOException {
    return SourceTexts.read(path);
  }

  /** Its name. */
  @Override
  public String toString() {
    return path.toString();
  }
}
