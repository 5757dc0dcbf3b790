package io.streamglot.training;

import io.streamglot.training.corpus.EncodedPair;
import io.streamglot.training.corpus.SentencePair;
import io.streamglot.training.tokenizer.BpeDropout;
import io.streamglot.training.tokenizer.BpeDropout.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;

/**
 * The training pairs with {@link BpeDropout}, segmented anew in each epoch. What dropout makes
 * longer than the model takes keeps its usual segmentation.
 */
final class ResegmentedPairs implements IntFunction<List<EncodedPair>> {

  /** Odd and without pattern, and not that of the batches, which are shuffled by the same seed. */
  private static final long EPOCH_STEP = 0xD1B54A32D192ED03L;

  private final List<Spelling> sources;
  private final List<Spelling> targets;
  private final List<EncodedPair> usual;
  private final BpeDropout segmenter;
  private final int longest;
  private final long seed;

  /**
   * The pairs of a run.
   *
   * @param texts the pairs as text
   * @param usual the same pairs in their usual segmentation
   * @param longest tokens of a sentence at most, end token included
   * @param seed decides which merges are dropped
   */
  ResegmentedPairs(
      List<SentencePair> texts,
      List<EncodedPair> usual,
      BpeDropout segmenter,
      int longest,
      long seed) {
    this.sources = texts.stream().map(pair -> segmenter.spell(pair.source())).toList();
    this.targets = texts.stream().map(pair -> segmenter.spell(pair.target())).toList();
    this.usual = usual;
    this.segmenter = segmenter;
    this.longest = longest;
    this.seed = seed;
  }

  /** The pairs of an epoch, in their usual order: a pure function. */
  @Override
  public List<EncodedPair> apply(int epoch) {
    Random random = new Random(seed + (epoch + 1) * EPOCH_STEP);
    List<EncodedPair> pairs = new ArrayList<>(usual.size());
    for (int i = 0; i < usual.size(); i++) {
      int[] source = segment(sources.get(i), usual.get(i).source(), random);
      int[] target = segment(targets.get(i), usual.get(i).target(), random);
      pairs.add(new EncodedPair(source, target));
    }
    return pairs;
  }

  private int[] segment(Spelling sentence, int[] otherwise, Random random) {
    int[] tokens = segmenter.segment(sentence, random);
    return tokens.length <= longest ? tokens : otherwise;
  }
}
