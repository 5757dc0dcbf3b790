package io.streamglot.training.shortlist;

import io.streamglot.training.corpus.EncodedPair;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How probable each target token is as the translation of a source token: t(f|e) of IBM Model 1
 * (Brown et al., 1993), learned by expectation maximisation from pairs of token ids.
 *
 * <pre>
 *   p(f_j | e) = 1/l sum over i of t(f_j | e_i)
 * </pre>
 *
 * <p>The end token, which ends both sides, stands for the model's empty word. Only tokens that
 * occur in one pair are kept, so it takes 8 bytes for each two that do. Not thread-safe.
 */
final class LexicalTable {

  private final int[][] targets; // for each source token, ascending
  private final float[][] probabilities; // likewise

  private LexicalTable(int[][] targets) {
    this.targets = targets;
    this.probabilities = new float[targets.length][];
    for (int source = 0; source < targets.length; source++) {
      probabilities[source] = new float[targets[source].length];
      Arrays.fill(probabilities[source], 1f / Math.max(1, targets[source].length));
    }
  }

  /**
   * Learns the table.
   *
   * @param pairs token ids of both sides
   * @param vocabularySize V
   * @param iterations of expectation maximisation, at least 1
   */
  static LexicalTable learn(List<EncodedPair> pairs, int vocabularySize, int iterations) {
    BitSet[] together = new BitSet[vocabularySize];
    Arrays.setAll(together, source -> new BitSet());
    for (EncodedPair pair : pairs) {
      for (int source : pair.source()) {
        for (int target : pair.target()) {
          together[source].set(target);
        }
      }
    }
    LexicalTable table =
        new LexicalTable(
            Arrays.stream(together).map(set -> set.stream().toArray()).toArray(int[][]::new));
    for (int i = 0; i < iterations; i++) {
      table.improve(pairs);
    }
    return table;
  }

  private void improve(List<EncodedPair> pairs) {
    float[][] counts = new float[targets.length][];
    Arrays.setAll(counts, source -> new float[targets[source].length]);
    for (EncodedPair pair : pairs) {
      int[] places = new int[pair.source().length];
      for (int target : pair.target()) {
        double sum = 0;
        for (int i = 0; i < places.length; i++) {
          int source = pair.source()[i];
          places[i] = Arrays.binarySearch(targets[source], target);
          sum += probabilities[source][places[i]];
        }
        for (int i = 0; i < places.length; i++) {
          int source = pair.source()[i];
          counts[source][places[i]] += (float) (probabilities[source][places[i]] / sum);
        }
      }
    }
    for (int source = 0; source < counts.length; source++) {
      double total = 0;
      for (float count : counts[source]) {
        total += count;
      }
      for (int i = 0; i < counts[source].length; i++) {
        probabilities[source][i] = (float) (counts[source][i] / total);
      }
    }
  }

  /** t(target | source); 0 if they never met. */
  float probability(int source, int target) {
    int place = Arrays.binarySearch(targets[source], target);
    return place < 0 ? 0 : probabilities[source][place];
  }

  /** The translations of a source token, most probable first, of equals the lower id. */
  int[] ranked(int source) {
    float[] row = probabilities[source];
    return IntStream.range(0, row.length)
        .boxed()
        .sorted((a, b) -> Float.compare(row[b], row[a]))
        .mapToInt(i -> targets[source][i])
        .toArray();
  }
}
