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

  /**
   * Most source tokens in a batch for each sentence that it may have, padding included; a longer
   * sentence is a batch of its own. With the hypotheses of a run this bounds its memory.
   */
  static final int MEAN_TOKENS = 48;

  /**
   * Fewest sentences that a batch has on average after it was split for more threads. In smaller
   * ones a sentence costs more, and with many callers that is throughput.
   */
  static final int MIN_SENTENCES = 8;

  /** Longest batch, in shares of a thread, that is not split for more threads. */
  private static final double LONGEST_SHARE = 1.1;

  private SourceBatches() {}

  /**
   * Plans the batches: as few as can be, rounded up to a multiple of the threads, and some more
   * where the longest would keep the others waiting, but never too small ones.
   *
   * @param lengths of the sentences in tokens, each above 0
   * @param maxSentences in a batch, at least 1
   * @param threads that will share the batches, at least 1
   * @return indices into {@code lengths}, each once; the longest sentences first, for what takes
   *     longest must not begin last
   */
  static List<int[]> plan(int[] lengths, int maxSentences, int threads) {
    int[] sorted =
        IntStream.range(0, lengths.length)
            .boxed()
            .sorted(Comparator.comparingInt(i -> lengths[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    int fewest = split(lengths, sorted, maxSentences, maxTokens(maxSentences)).size();
    int most = Math.max(fewest, sorted.length / MIN_SENTENCES);
    int count = (fewest + threads - 1) / threads * threads;
    List<int[]> batches = alike(lengths, sorted, maxSentences, Math.min(count, most));
    while (count < most && !keepsAllBusy(lengths, batches, threads)) {
      count += threads;
      batches = alike(lengths, sorted, maxSentences, Math.min(count, most));
    }
    Collections.reverse(batches);
    return batches;
  }

  /**
   * At most so many batches: the smallest bound on padded tokens that they meet makes them alike.
   */
  private static List<int[]> alike(int[] lengths, int[] sorted, int maxSentences, int count) {
    int low = 1;
    int high = maxTokens(maxSentences);
    while (low < high) {
      int middle = (low + high) / 2;
      if (split(lengths, sorted, maxSentences, middle).size() <= count) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return split(lengths, sorted, maxSentences, high);
  }

  private static int maxTokens(int maxSentences) {
    return Math.multiplyExact(maxSentences, MEAN_TOKENS);
  }

  /** Whether the longest batch takes little longer than the share of a thread. */
  private static boolean keepsAllBusy(int[] lengths, List<int[]> batches, int threads) {
    long all = 0;
    long longest = 0;
    for (int[] batch : batches) {
      long tokens = (long) batch.length * lengths[batch[batch.length - 1]];
      all += tokens;
      longest = Math.max(longest, tokens);
    }
    return longest * threads <= LONGEST_SHARE * all;
  }

  private static List<int[]> split(int[] lengths, int[] sorted, int maxSentences, int maxTokens) {
    List<int[]> batches = new ArrayList<>();
    int from = 0;
    for (int to = 0; to < sorted.length; to++) {
      // Sorted, so this sentence is the longest of the batch and sets its width.
      int tokens = (to - from + 1) * lengths[sorted[to]];
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
