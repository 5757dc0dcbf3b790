package io.streamglot.training.export;

import io.streamglot.training.shortlist.Shortlist;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;

/** Shortlists of no sense, and what they mean. */
final class SmallShortlists {

  private static final int PAD = 0;

  private SmallShortlists() {}

  /** The first 40 tokens for every sentence, and 3 of each source token but padding. */
  static Shortlist of(int vocabularySize, int end) {
    Random random = new Random(4);
    int[][] translations = new int[vocabularySize][];
    for (int i = 0; i < vocabularySize; i++) {
      translations[i] = random.ints(3, 0, vocabularySize).toArray();
    }
    translations[PAD] = new int[] {end, end, end};
    int[] frequent = new int[40];
    Arrays.setAll(frequent, i -> i);
    return new Shortlist(frequent, translations);
  }

  /** The target tokens that a sentence may use. */
  static BitSet candidates(Shortlist shortlist, int[] source) {
    BitSet candidates = new BitSet();
    Arrays.stream(shortlist.frequent()).forEach(candidates::set);
    for (int token : source) {
      Arrays.stream(shortlist.translations()[token]).forEach(candidates::set);
    }
    return candidates;
  }
}
