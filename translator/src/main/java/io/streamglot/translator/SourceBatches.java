package io.streamglot.translator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Puts sentences of like length together, so that little of a batch is padding, in batches of like
 * work, so that no thread waits for another.
 */
final class SourceBatches {

  /** Most source tokens in a batch, padding included; a longer sentence is a batch of its own. */
  static final int MAX_TOKENS = 768;

  /**
   * Fewest sentences that a batch has on average after it was split for more threads. In smaller
   * ones a sentence costs more, and with many callers that is throughput.
   */
  static final int MIN_SENTENCES = 8;

  private SourceBatches() {}

  /**
   * Plans the batches: as few as can be, rounded up to a multiple of the threads where that leaves
   * them large enough.
   *
   * @param maxSentences in a batch, at least 1
   * @param threads that will share the batches, at least 1
   * @return indices into {@code sources}: each that is not blank once; the longest sentences first,
   *     for what takes longest must not begin last
   */
  static List<int[]> plan(List<Source> sources, int maxSentences, int threads) {
    int[] sorted =
        IntStream.range(0, sources.size())
            .boxed()
            .filter(i -> !sources.get(i).isBlank())
            .sorted(Comparator.comparingInt(i -> sources.get(i).length()))
            .mapToInt(Integer::intValue)
            .toArray();
    int fewest = split(sources, sorted, maxSentences, MAX_TOKENS).size();
    int even = (fewest + threads - 1) / threads * threads;
    int count = Math.max(fewest, Math.min(even, sorted.length / MIN_SENTENCES));
    // The smallest bound on padded tokens that so many batches meet makes them alike.
    int low = 1;
    int high = MAX_TOKENS;
    while (low < high) {
      int middle = (low + high) / 2;
      if (split(sources, sorted, maxSentences, middle).size() <= count) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    List<int[]> batches = split(sources, sorted, maxSentences, high);
    Collections.reverse(batches);
    return batches;
  }

  private static List<int[]> split(
      List<Source> sources, int[] sorted, int maxSentences, int maxTokens) {
    List<int[]> batches = new ArrayList<>();
    int from = 0;
    for (int to = 0; to < sorted.length; to++) {
      // Sorted, so this sentence is the longest of the batch and sets its width.
      int tokens = (to - from + 1) * sources.get(sorted[to]).length();
      if (to > from && (to - from == maxSentences || tokens > maxTokens)) {
        batches.add(Arrays.copyOfRange(sorted, from, to));
        from = to;
      }
    }
    if (from < sorted.length) {
      batches.add(Arrays.copyOfRange(sorted, from, sorted.length));
    }
    return batches;
  }
}
