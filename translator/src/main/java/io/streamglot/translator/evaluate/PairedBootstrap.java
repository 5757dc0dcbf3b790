package io.streamglot.translator.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Paired bootstrap resampling (Koehn 2004): how likely a difference between the scores of two
 * systems on the same sentences is by chance alone.
 *
 * <p>So many sentences as there are, drawn with replacement, make a corpus on which both systems
 * are scored; a thousand such give the distribution of the absolute difference d. The p-value is
 * sacreBLEU's:
 *
 * <pre>
 * p = (1 + number of draws with d - mean(d) &gt;= |difference on all sentences|) / (1 + draws)
 * </pre>
 *
 * <p>sacreBLEU counts only what is greater, which gives equal systems its smallest p; here they
 * have 1. No other p-value changes but where values are exactly equal.
 *
 * <p>The same counts and seed give the same p-value, on any machine. Costs draws x sentences
 * additions of counts. Immutable and thread-safe.
 *
 * @param draws corpora to draw, at least 1
 * @param seed of the lots
 */
public record PairedBootstrap(int draws, long seed) {

  /** 1,000 draws, with a seed of its own. */
  public static final PairedBootstrap STANDARD = new PairedBootstrap(1_000, 12_345);

  /** Checks the range. */
  public PairedBootstrap {
    if (draws < 1) {
      throw new IllegalArgumentException("draws: expected at least 1, actual " + draws);
    }
  }

  /**
   * The p-value of the difference between two systems.
   *
   * @param metric that made the counts
   * @param first {@link CorpusMetric#counts} of one system, a row a sentence, at least one
   * @param second those of the other, for the same sentences in the same order
   * @return above 0, at most 1
   * @throws IllegalArgumentException if there are no sentences, or not as many of both
   */
  public double pValue(CorpusMetric metric, List<int[]> first, List<int[]> second) {
    if (first.isEmpty() || first.size() != second.size()) {
      throw new IllegalArgumentException(
          "sentences: expected at least 1, and as many of both systems, actual %d and %d"
              .formatted(first.size(), second.size()));
    }
    int[][] firstCounts = first.toArray(int[][]::new);
    int[][] secondCounts = second.toArray(int[][]::new);
    int[] all = new int[firstCounts.length];
    Arrays.setAll(all, i -> i);
    double difference = difference(metric, firstCounts, secondCounts, all);
    Random lots = new Random(seed);
    double[] differences = new double[draws];
    for (int draw = 0; draw < draws; draw++) {
      int[] drawn = lots.ints(all.length, 0, all.length).toArray();
      differences[draw] = difference(metric, firstCounts, secondCounts, drawn);
    }
    double mean = Arrays.stream(differences).average().orElseThrow();
    long asFar = Arrays.stream(differences).filter(d -> d - mean >= difference).count();
    return (1.0 + asFar) / (1.0 + draws);
  }

  private static double difference(
      CorpusMetric metric, int[][] first, int[][] second, int[] sentences) {
    return Math.abs(score(metric, first, sentences) - score(metric, second, sentences));
  }

  private static double score(CorpusMetric metric, int[][] counts, int[] sentences) {
    long[] sums = new long[counts[0].length];
    for (int sentence : sentences) {
      CorpusMetric.add(sums, counts[sentence]);
    }
    return metric.score(sums);
  }
}
