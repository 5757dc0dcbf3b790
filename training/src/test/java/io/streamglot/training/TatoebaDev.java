package io.streamglot.training;

import io.streamglot.training.corpus.ParallelCorpus;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** Real text for tests: the Tatoeba development set, English to French. */
public final class TatoebaDev {

  private TatoebaDev() {}

  /** All 2,118 pairs. */
  public static ParallelCorpus read() throws IOException {
    try {
      return ParallelCorpus.readTsv(
          Path.of(TatoebaDev.class.getResource("/tatoeba-en-fr/dev.tsv.gz").toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
