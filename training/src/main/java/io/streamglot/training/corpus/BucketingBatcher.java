package io.streamglot.training.corpus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Cuts a corpus into batches of about the same number of tokens, sentences of like length together.
 *
 * <p>Each epoch shuffles the pairs, sorts them by length (target, then source) within pools of
 * {@value #POOL_SIZE}, cuts each pool into batches and shuffles the batches. So batches have little
 * padding, and yet a sentence meets other neighbours in every epoch.
 *
 * <p>Immutable and thread-safe.
 */
public final class BucketingBatcher {

  /** Pairs that are sorted together: many batches, yet a small part of a corpus. */
  static final int POOL_SIZE = 16_384;

  /** Odd and without pattern, so that seeds and epochs do not meet (golden ratio of 2^64). */
  private static final long EPOCH_STEP = 0x9E3779B97F4A7C15L;

  private final List<EncodedPair> pairs;
  private final int maxTokens;

  /**
   * A batcher of these pairs.
   *
   * @param pairs the corpus; not empty
   * @param maxTokens limit of a batch: neither B x S nor B x T, padding included, is above it. A
   *     pair that is longer by itself gets a batch of its own
   * @throws IllegalArgumentException if there is no pair or the limit is below 1
   */
  public BucketingBatcher(List<EncodedPair> pairs, int maxTokens) {
    if (pairs.isEmpty()) {
      throw new IllegalArgumentException("pairs to batch: expected at least 1, actual 0");
    }
    if (maxTokens < 1) {
      throw new IllegalArgumentException(
          "tokens in a batch: expected at least 1, actual " + maxTokens);
    }
    this.pairs = List.copyOf(pairs);
    this.maxTokens = maxTokens;
  }

  /**
   * The batches of an epoch; every pair is in exactly one. A pure function: the same pairs, limit,
   * seed and epoch give the same batches in the same order, in any JVM. Resuming a training rests
   * on this.
   *
   * @param seed any number
   * @param epoch number of the epoch, at least 0
   */
  public List<Batch> epoch(long seed, int epoch) {
    // java.util.Random: the one generator whose sequence its specification fixes.
    Random random = new Random(seed + epoch * EPOCH_STEP);
    List<EncodedPair> order = new ArrayList<>(pairs);
    shuffle(order, random);
    List<Batch> batches = new ArrayList<>();
    for (int start = 0; start < order.size(); start += POOL_SIZE) {
      List<EncodedPair> pool = order.subList(start, Math.min(start + POOL_SIZE, order.size()));
      cut(pool, batches);
    }
    shuffle(batches, random);
    return Collections.unmodifiableList(batches);
  }

  private void cut(List<EncodedPair> pool, List<Batch> batches) {
    pool.sort(
        Comparator.<EncodedPair>comparingInt(pair -> pair.target().length)
            .thenComparingInt(pair -> pair.source().length));
    int start = 0;
    int width = 0;
    for (int i = 0; i < pool.size(); i++) {
      EncodedPair pair = pool.get(i);
      int widened = Math.max(width, Math.max(pair.source().length, pair.target().length));
      if (i > start && (long) widened * (i - start + 1) > maxTokens) {
        batches.add(new Batch(pool.subList(start, i)));
        start = i;
        width = Math.max(pair.source().length, pair.target().length);
      } else {
        width = widened;
      }
    }
    batches.add(new Batch(pool.subList(start, pool.size())));
  }

  /** Fisher and Yates, spelled out: how {@code Collections.shuffle} draws is not specified. */
  private static <T> void shuffle(List<T> list, Random random) {
    for (int i = list.size() - 1; i > 0; i--) {
      Collections.swap(list, i, random.nextInt(i + 1));
    }
  }

  /**
   * The share of source and target positions that hold padding.
   *
   * @param batches at least one batch
   * @return 0 (none) to 1
   */
  public static double paddingShare(List<Batch> batches) {
    long positions = 0;
    long tokens = 0;
    for (Batch batch : batches) {
      positions += batch.positions();
      tokens += batch.sourceTokens() + batch.targetTokens();
    }
    return 1 - (double) tokens / positions;
  }
}
