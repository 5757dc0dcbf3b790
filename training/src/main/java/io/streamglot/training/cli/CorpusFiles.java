package io.streamglot.training.cli;

import io.streamglot.training.corpus.ParallelCorpus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Reads what {@code --train}, {@code --dev} and {@code --data} name. */
final class CorpusFiles {

  private CorpusFiles() {}

  /**
   * One file is tab-separated, two are source and target, line by line.
   *
   * @param files one or two
   * @throws IOException if they cannot be read, or hold no pair
   */
  static ParallelCorpus read(List<Path> files) throws IOException {
    ParallelCorpus corpus =
        files.size() == 1
            ? ParallelCorpus.readTsv(files.get(0))
            : ParallelCorpus.readParallel(files.get(0), files.get(1));
    if (corpus.pairs().isEmpty()) {
      throw new IOException(files.get(0) + ": pairs: expected at least 1, actual 0");
    }
    return corpus;
  }
}
