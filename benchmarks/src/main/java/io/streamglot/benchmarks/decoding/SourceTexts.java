package io.streamglot.benchmarks.decoding;

import io.streamglot.training.corpus.ParallelCorpus;
import io.streamglot.training.corpus.SentencePair;
import io.streamglot.training.corpus.TextLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Reads the texts to translate. */
public final class SourceTexts {

  private SourceTexts() {}

  /**
   * The lines of a file, or its sources if its name says that it is tab-separated ({@code .tsv},
   * {@code .tsv.gz}); plain or gzip. Blank ones are left out, for no model sees them.
   *
   * @throws IOException if it cannot be read, or has no text
   */
  public static List<String> read(Path file) throws IOException {
    List<String> texts = texts(file).stream().filter(text -> !text.isBlank()).toList();
    if (texts.isEmpty()) {
      throw new IOException(file + ": texts: expected at least 1, actual 0");
    }
    return texts;
  }

  private static List<String> texts(Path file) throws IOException {
    return file.toString().toLowerCase(Locale.ROOT).matches(".*\\.tsv(\\.gz)?")
        ? ParallelCorpus.readTsv(file).pairs().stream().map(SentencePair::source).toList()
        : TextLines.read(file);
  }
}
