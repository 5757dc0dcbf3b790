package io.streamglot.translator.decode;

import io.streamglot.translator.bundle.SearchOptions;
import java.util.Arrays;
import java.util.List;

/**
 * One translation of one sentence, as the beam search found it.
 *
 * <p>The attention is not copied, for it may be large: whoever makes a hypothesis hands it over,
 * and nobody changes it afterwards. Two hypotheses are equal when tokens, score and attention are.
 *
 * @param tokens target token ids, without the end token; not null, may be empty
 * @param score length-normalised log-probability, at most 0, see {@link SearchOptions}
 * @param attention for each token how it shared its attention among the source tokens, end token
 *     included, when it was chosen: a row a target token, which adds up to 1. Without a row if the
 *     model has no attention
 */
@SuppressWarnings("ArrayRecordComponent") // equals, hashCode and toString below take the contents
public record Hypothesis(List<Integer> tokens, float score, float[][] attention) {

  /** Copies the tokens, and refuses attention that has neither a row for each nor none. */
  public Hypothesis {
    tokens = List.copyOf(tokens);
    if (attention.length != 0 && attention.length != tokens.size()) {
      throw new IllegalArgumentException(
          "attention: expected a row for each of %d tokens, or none, actual %d"
              .formatted(tokens.size(), attention.length));
    }
  }

  /**
   * For each token the position (from 0) of the source token that got the most attention, the first
   * of several; empty if the model has no attention.
   */
  public List<Integer> alignment() {
    return Arrays.stream(attention).map(Hypothesis::argMax).toList();
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
        && tokens.equals(that.tokens)
        && Float.compare(score, that.score) == 0
        && Arrays.deepEquals(attention, that.attention);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * tokens.hashCode() + Float.hashCode(score)) + Arrays.deepHashCode(attention);
  }

  @Override
  public String toString() {
    return "Hypothesis[tokens=%s, score=%s, alignment=%s]".formatted(tokens, score, alignment());
  }
}
