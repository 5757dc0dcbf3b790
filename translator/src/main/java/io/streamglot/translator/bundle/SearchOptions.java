package io.streamglot.translator.bundle;

/**
 * How the beam search looks for a translation.
 *
 * <p>Hypotheses are ranked by {@code log p(y|x) / |y|^lengthPenalty}, where {@code |y|} counts the
 * target tokens with the end token. A sentence of {@code n} source tokens (end token included) gets
 * at most {@code floor(maxLengthFactor * n + maxLengthOffset)} target tokens.
 *
 * @param beamSize hypotheses kept at each step, 1 (greedy) to {@value #MAX_BEAM_SIZE}
 * @param nBest hypotheses returned for each sentence, best first, 1 to {@code beamSize}
 * @param lengthPenalty exponent of the length, 0 (none) to 2
 * @param maxLengthFactor target tokens allowed for each source token, above 0, at most 10
 * @param maxLengthOffset target tokens allowed beyond those, 0 to 200
 * @param pruning 0 to below 1. When the best hypothesis of a sentence is finished, those are given
 *     up whose score times this is not above its score: with 0.8 those that could not even win if
 *     they grew by a quarter at no cost (at length penalty 1). 0 gives none up. It serves the best
 *     hypothesis: searches for more than one ({@code nBest}) do not prune
 */
public record SearchOptions(
    int beamSize,
    int nBest,
    float lengthPenalty,
    float maxLengthFactor,
    int maxLengthOffset,
    float pruning) {

  /** Widest beam accepted: beyond it memory grows and quality falls. */
  public static final int MAX_BEAM_SIZE = 64;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range; the message names it
   */
  public SearchOptions {
    require(beamSize >= 1 && beamSize <= MAX_BEAM_SIZE, "beam size", "1 to 64", beamSize);
    require(nBest >= 1 && nBest <= beamSize, "n-best", "1 to the beam size " + beamSize, nBest);
    require(lengthPenalty >= 0 && lengthPenalty <= 2, "length penalty", "0 to 2", lengthPenalty);
    require(
        maxLengthFactor > 0 && maxLengthFactor <= 10,
        "maximum length factor",
        "above 0, at most 10",
        maxLengthFactor);
    require(
        maxLengthOffset >= 0 && maxLengthOffset <= 200,
        "maximum length offset",
        "0 to 200",
        maxLengthOffset);
    require(pruning >= 0 && pruning < 1, "pruning", "0 to below 1", pruning);
  }

  /** A search without pruning. */
  public SearchOptions(
      int beamSize, int nBest, float lengthPenalty, float maxLengthFactor, int maxLengthOffset) {
    this(beamSize, nBest, lengthPenalty, maxLengthFactor, maxLengthOffset, 0);
  }

  /** The same search with another pruning. */
  public SearchOptions withPruning(float factor) {
    return new SearchOptions(
        beamSize, nBest, lengthPenalty, maxLengthFactor, maxLengthOffset, factor);
  }

  /** The same search with another beam; {@code nBest} is lowered to it where it was above. */
  public SearchOptions withBeamSize(int size) {
    return new SearchOptions(
        size,
        Math.min(nBest, Math.max(size, 1)),
        lengthPenalty,
        maxLengthFactor,
        maxLengthOffset,
        pruning);
  }

  /**
   * The same search that returns {@code count} hypotheses; the beam is widened to it where it was
   * narrower.
   */
  public SearchOptions withNBest(int count) {
    return new SearchOptions(
        Math.max(beamSize, count), count, lengthPenalty, maxLengthFactor, maxLengthOffset, pruning);
  }

  /**
   * Most target tokens, end token included, of a sentence: {@code floor(maxLengthFactor * n +
   * maxLengthOffset)} in single precision, as the graph computes it, and at least 1.
   *
   * @param sourceTokens n, source tokens of the sentence, end token included
   */
  public int maxTargetTokens(int sourceTokens) {
    return Math.max(1, (int) Math.floor(maxLengthFactor * sourceTokens + maxLengthOffset));
  }

  private static void require(boolean holds, String what, String expected, Number actual) {
    if (!holds) {
      throw new IllegalArgumentException(
          "%s: expected %s, actual %s".formatted(what, expected, actual));
    }
  }
}
