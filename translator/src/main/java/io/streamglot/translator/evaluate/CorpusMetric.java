package io.streamglot.translator.evaluate;

import java.util.List;

/**
 * A score of a corpus that follows from counts which add up over its sentences, so that neither a
 * corpus that does not fit into memory nor one that is drawn a thousand times from another needs
 * its texts more than once.
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface CorpusMetric permits Bleu, Chrf {

  /**
   * What one sentence adds.
   *
   * @param hypothesis translation; may be empty
   * @param references at least one
   * @return counts from 0; their number and order are the metric's own, the same for each sentence
   * @throws IllegalArgumentException if there is no reference
   */
  int[] counts(String hypothesis, List<String> references);

  /**
   * The score of counts that were added up, place by place.
   *
   * @param sums of one sentence or more
   * @return 0 to 100
   */
  double score(long[] sums);

  /**
   * How the score is computed, in sacreBLEU's form.
   *
   * @param references how many each sentence has, such as {@code 1}, or {@code var}
   */
  String signature(String references);

  /** Adds what one sentence adds to sums of as many places. */
  static void add(long[] sums, int[] counts) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += counts[i];
    }
  }
}
