package io.streamglot.training;

import io.streamglot.training.corpus.ParallelCorpus;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** Real text for tests: development sets of Tatoeba. */
public final class TatoebaDev {

  private TatoebaDev() {}

  /** All 2,118 pairs of English and French. */
  public static ParallelCorpus read() throws IOException {
    return read("en-fr");
  }

  /**
   * All pairs of two languages.
   *
   * @param languages {@code en-fr} or {@code en-de}
   */
  public static ParallelCorpus read(String languages) throws IOException {
    String file = "/tatoeba-" + languages + "/dev.tsv.gz";
    try {
      return ParallelCorpus.readTsv(Path.of(TatoebaDev.class.getResource(file).toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
