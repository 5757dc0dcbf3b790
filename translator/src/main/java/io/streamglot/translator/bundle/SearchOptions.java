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
 */
public record SearchOptions(
    int beamSize, int nBest, float lengthPenalty, float maxLengthFactor, int maxLengthOffset) {

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
  }

  /** The same search with another beam; {@code nBest} is lowered to it where it was above. */
  public SearchOptions withBeamSize(int size) {
    return new SearchOptions(
        size, Math.min(nBest, Math.max(size, 1)), lengthPenalty, maxLengthFactor, maxLengthOffset);
  }

  /**
   * The same search that returns {@code count} hypotheses; the beam is widened to it where it was
   * narrower.
   */
  public SearchOptions withNBest(int count) {
    return new SearchOptions(
        Math.max(beamSize, count), count, lengthPenalty, maxLengthFactor, maxLengthOffset);
  }

  private static void require(boolean holds, String what, String expected, Number actual) {
    if (!holds) {
      throw new IllegalArgumentException(
          "%s: expected %s, actual %s".formatted(what, expected, actual));
    }
  }
}
