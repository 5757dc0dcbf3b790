package io.streamglot.training.shortlist;

import io.streamglot.training.corpus.EncodedPair;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The target tokens that may occur in a translation: those that are frequent in any text, and for
 * each source token those that translate it.
 *
 * @param frequent target tokens that every sentence may use, the end token among them, ascending
 * @param translations [V, k]: for each source token those that it brings, padded with any frequent
 *     one; k is the same for all, at least 1. The padding token, which no sentence has, brings none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Shortlist(int[] frequent, int[][] translations) {

  /** Later ones change little. */
  private static final int ITERATIONS = 5;

  /**
   * Checks the shape.
   *
   * @throws IllegalArgumentException if no token is frequent, or the rows differ in length
   */
  public Shortlist {
    if (frequent.length == 0) {
      throw new IllegalArgumentException("frequent tokens: expected at least 1, actual none");
    }
    long widths = Arrays.stream(translations).mapToInt(row -> row.length).distinct().count();
    if (widths != 1 || translations[0].length == 0) {
      throw new IllegalArgumentException(
          "translations: expected as many, at least 1, for each source token, actual "
              + widths
              + " different numbers");
    }
  }

  /**
   * Learns a shortlist from training pairs.
   *
   * @param pairs token ids of both sides, the end token last
   * @param vocabularySize V
   * @param frequent how many of the tokens that most targets have, at least 1
   * @param width k, at least 1
   */
  public static Shortlist learn(
      List<EncodedPair> pairs, int vocabularySize, int frequent, int width) {
    int[] occurrences = new int[vocabularySize];
    for (EncodedPair pair : pairs) {
      for (int target : pair.target()) {
        occurrences[target]++;
      }
    }
    int[] common =
        IntStream.range(0, vocabularySize)
            .boxed()
            .sorted((a, b) -> Integer.compare(occurrences[b], occurrences[a]))
            .limit(frequent)
            .mapToInt(id -> id)
            .sorted()
            .toArray();
    LexicalTable table = LexicalTable.learn(pairs, vocabularySize, ITERATIONS);
    int[][] translations = new int[vocabularySize][];
    for (int source = 0; source < vocabularySize; source++) {
      int[] best =
          Arrays.stream(table.ranked(source))
              .filter(target -> Arrays.binarySearch(common, target) < 0)
              .limit(width)
              .toArray();
      translations[source] = Arrays.copyOf(best, width);
      Arrays.fill(translations[source], best.length, width, common[0]);
    }
    return new Shortlist(common, translations);
  }

  /** Its sizes in words. */
  @Override
  public String toString() {
    return "%d tokens and %d for each source token".formatted(frequent.length, width());
  }

  /** k. */
  public int width() {
    return translations[0].length;
  }
}
