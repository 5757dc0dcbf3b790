package io.streamglot.training.corpus;

import java.util.List;
import java.util.function.IntFunction;

/**
 * The batches of each epoch of a run. Keeps those of the epoch last asked for, since cutting a
 * large corpus takes seconds. Not thread-safe.
 */
public final class Epochs {

  private final IntFunction<List<EncodedPair>> pairs;
  private final int maxTokens;
  private final long seed;
  private int number = -1;
  private List<Batch> batches = List.of();

  /**
   * The epochs of a run.
   *
   * @param pairs the corpus of each epoch, from 0; a pure function, so that a run can be resumed
   * @param maxTokens limit of a batch, see {@link BucketingBatcher}
   * @param seed decides which pairs share a batch, and the order of the batches
   */
  public Epochs(IntFunction<List<EncodedPair>> pairs, int maxTokens, long seed) {
    this.pairs = pairs;
    this.maxTokens = maxTokens;
    this.seed = seed;
  }

  /**
   * The batches of an epoch, at least one.
   *
   * @param epoch from 0
   */
  public List<Batch> batches(int epoch) {
    if (epoch != number) {
      batches = new BucketingBatcher(pairs.apply(epoch), maxTokens).epoch(seed, epoch);
      number = epoch;
    }
    return batches;
  }
}
