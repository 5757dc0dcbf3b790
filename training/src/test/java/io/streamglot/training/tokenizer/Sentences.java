package io.streamglot.training.tokenizer;

import io.streamglot.training.corpus.ParallelCorpus;
import io.streamglot.training.corpus.SentencePair;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Real text: the Tatoeba development set. */
final class Sentences {

  private Sentences() {}

  static List<String> english() throws IOException {
    return pairs().stream().map(SentencePair::source).distinct().toList();
  }

  static List<String> all() throws IOException {
    return pairs().stream().flatMap(p -> Stream.of(p.source(), p.target())).distinct().toList();
  }

  private static List<SentencePair> pairs() throws IOException {
    try {
      Path file = Path.of(Sentences.class.getResource("/tatoeba-en-fr/dev.tsv.gz").toURI());
      return ParallelCorpus.readTsv(file).pairs();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
