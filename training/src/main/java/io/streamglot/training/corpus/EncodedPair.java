package io.streamglot.training.corpus;

/**
 * A pair as token ids. The arrays are not copied; do not change them.
 *
 * @param source source tokens with the end token last; at least 1
 * @param target target tokens with the end token last; at least 1
 */
// Arrays, because a corpus holds millions of ids and boxed ones would not fit.
@SuppressWarnings("ArrayRecordComponent")
public record EncodedPair(int[] source, int[] target) {

  /**
   * Refuses empty sentences: even an empty text has its end token.
   *
   * @throws IllegalArgumentException if source or target is empty
   */
  public EncodedPair {
    if (source.length == 0 || target.length == 0) {
      throw new IllegalArgumentException(
          "token ids: expected at least the end token on both sides, actual %d source, %d target"
              .formatted(source.length, target.length));
    }
  }
}
