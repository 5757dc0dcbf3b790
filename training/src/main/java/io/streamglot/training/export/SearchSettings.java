package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.ElementType;
import io.streamglot.training.export.OnnxGraph.Tensor;

/**
 * What does not change while a search runs; made once, before the loop.
 *
 * @param endId token that ends a sentence
 * @param beamSize int64 [1]: K
 * @param proposals int64 [1]: P, tokens that a hypothesis proposes: K, or V if that is less
 * @param candidateShape int64 [2]: -1, K x P
 * @param finishedProposals float [P]: 0 for the first, {@link #NO_HYPOTHESIS} for the others
 * @param penalty factors of the score
 */
record SearchSettings(
    long endId,
    Tensor beamSize,
    Tensor proposals,
    Tensor candidateShape,
    Tensor finishedProposals,
    LengthPenalty penalty) {

  /** Score of a slot that holds no hypothesis; any score below -1e20 means that. */
  static final float NO_HYPOTHESIS = -1e30f;

  /**
   * Factors of the score for each step.
   *
   * @param before float [steps]: ((t - 1) / t)^lp at t - 1; 1 for the first step
   * @param step float [steps]: 1 / t^lp at t - 1
   */
  record LengthPenalty(Tensor before, Tensor step) {

    private static LengthPenalty of(OnnxGraph g, Tensor exponent, Tensor longest) {
      Tensor one = g.scalar(1L);
      Tensor steps = g.cast(g.range(one, g.add(longest, one), one), ElementType.FLOAT); // 1, 2, ..
      // The first step's factor meets a score of 0, or an empty slot, which 0 would bring to life.
      Tensor before = g.maximum(g.subtract(steps, g.scalar(1f)), g.scalar(1f));
      return new LengthPenalty(
          g.power(g.divide(before, steps), exponent), g.reciprocal(g.power(steps, exponent)));
    }
  }

  /**
   * Appends them.
   *
   * @param vocabularySize V
   * @param lengthPenalty float []: lp
   * @param longest int64 []: most steps of any sentence
   */
  static SearchSettings of(
      OnnxGraph g,
      long endId,
      int vocabularySize,
      Tensor beamSize,
      Tensor lengthPenalty,
      Tensor longest) {
    Tensor proposals = g.minimum(beamSize, g.longs(vocabularySize));
    return new SearchSettings(
        endId,
        beamSize,
        proposals,
        g.concat(0, g.longs(-1), g.multiply(beamSize, proposals)),
        onlyFirst(g, count(g, proposals)),
        LengthPenalty.of(g, lengthPenalty, longest));
  }

  /** 0 at the first position, {@link #NO_HYPOTHESIS} at the others. */
  static Tensor onlyFirst(OnnxGraph g, Tensor positions) {
    return g.where(g.equal(positions, g.scalar(0L)), g.scalar(0f), g.scalar(NO_HYPOTHESIS));
  }

  /** int64 [N]: 0 to N - 1, where n is int64 [1]. */
  static Tensor count(OnnxGraph g, Tensor n) {
    return g.range(g.scalar(0L), g.squeeze(n, 0), g.scalar(1L));
  }
}
