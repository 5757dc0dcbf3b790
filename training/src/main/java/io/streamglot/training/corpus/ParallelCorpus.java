package io.streamglot.training.corpus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Sentences with their translations, in the order of the file. Immutable.
 *
 * <p>Files are plain or gzip (told by content, not by name) and UTF-8; malformed text is refused,
 * not repaired.
 *
 * @param name where it came from, such as {@code train.tsv.gz}; for messages and provenance
 * @param pairs the pairs; may be empty
 */
public record ParallelCorpus(String name, List<SentencePair> pairs) {

  /** Copies the list, so that a corpus never changes. */
  public ParallelCorpus {
    pairs = List.copyOf(pairs);
  }

  /**
   * Reads one pair a line: source, tab, target.
   *
   * @throws CorpusFormatException if a line has not exactly two fields, or is not UTF-8
   * @throws IOException if the file cannot be read
   */
  public static ParallelCorpus readTsv(Path file) throws IOException {
    List<SentencePair> pairs = new ArrayList<>();
    for (String line : TextLines.read(file)) {
      String[] fields = line.split("\t", -1);
      if (fields.length != 2) {
        throw new CorpusFormatException(
            file, pairs.size() + 1L, "fields separated by tabs", 2, fields.length);
      }
      pairs.add(new SentencePair(fields[0], fields[1]));
    }
    return new ParallelCorpus(fileName(file), pairs);
  }

  /**
   * Reads two files whose lines belong together: line {@code i} of one is the translation of line
   * {@code i} of the other.
   *
   * @throws CorpusFormatException if one file has more lines than the other, or is not UTF-8
   * @throws IOException if a file cannot be read
   */
  public static ParallelCorpus readParallel(Path source, Path target) throws IOException {
    List<String> sources = TextLines.read(source);
    List<String> targets = TextLines.read(target);
    if (sources.size() != targets.size()) {
      throw new CorpusFormatException(
          target, "lines", sources.size() + " as in " + source, targets.size());
    }
    List<SentencePair> pairs = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      pairs.add(new SentencePair(sources.get(i), targets.get(i)));
    }
    return new ParallelCorpus(fileName(source) + " + " + fileName(target), pairs);
  }

  private static String fileName(Path file) {
    Path last = file.getFileName();
    return last == null ? file.toString() : last.toString();
  }
}
