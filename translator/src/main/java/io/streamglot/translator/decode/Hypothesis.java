package io.streamglot.translator.decode;

import io.streamglot.translator.bundle.SearchOptions;
import java.util.Arrays;

/**
 * One translation of one sentence, as the beam search found it.
 *
 * <p>The arrays are not copied: whoever makes a hypothesis hands them over, and nobody changes them
 * afterwards. Two hypotheses are equal when tokens, score and attention are.
 *
 * @param tokens target token ids, without the end token; not null, may be empty
 * @param score length-normalised log-probability, at most 0, see {@link SearchOptions}
 * @param attention for each token how it shared its attention among the source tokens, end token
 *     included, when it was chosen: a row a target token, which adds up to 1. Without a row if the
 *     model has no attention, or nobody asked for it
 */
@SuppressWarnings("ArrayRecordComponent") // equals, hashCode and toString below take the contents
public record Hypothesis(int[] tokens, float score, float[][] attention) {

  /** Refuses attention that has neither a row for each token nor none. */
  public Hypothesis {
    if (attention.length != 0 && attention.length != tokens.length) {
      throw new IllegalArgumentException(
          "attention: expected a row for each of %d tokens, or none, actual %d"
              .formatted(tokens.length, attention.length));
    }
  }

  /**
   * For each token the position (from 0) of the source token that got the most attention, the first
   * of several; empty without attention.
   */
  public int[] alignment() {
    return Arrays.stream(attention).mapToInt(Hypothesis::argMax).toArray();
  }

  /** The tokens with another one behind them, such as the end token. */
  public int[] tokensAnd(int last) {
    int[] all = Arrays.copyOf(tokens, tokens.length + 1);
    all[tokens.length] = last;
    return all;
  }

  private static int argMax(float[] row) {
    int best = 0;
    for (int i = 1; i < row.length; i++) {
      if (row[i] > row[best]) {
        best = i;
      }
    }
    return best;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hypothesis that
        && Arrays.equals(tokens, that.tokens)
        && Float.compare(score, that.score) == 0
        && Arrays.deepEquals(attention, that.attention);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Arrays.hashCode(tokens) + Float.hashCode(score))
        + Arrays.deepHashCode(attention);
  }

  @Override
  public String toString() {
    return "Hypothesis[tokens=%s, score=%s, alignment=%s]"
        .formatted(Arrays.toString(tokens), score, Arrays.toString(alignment()));
  }
}
