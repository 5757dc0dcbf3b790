package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.ElementType;
import io.streamglot.training.export.OnnxGraph.Tensor;
import java.util.Optional;

/**
 * What does not change while a search runs; made once, before the loop.
 *
 * @param endId token that ends a sentence
 * @param beamSize int64 [1]: K
 * @param proposals int64 [1]: P, tokens that a hypothesis proposes: K, or V if that is less
 * @param candidateShape int64 [2]: -1, K x P
 * @param parents int64 [K x P]: which of K hypotheses makes a proposal
 * @param finishedProposals float [P]: 0 for the first, {@link #NO_HYPOTHESIS} for the others
 * @param candidates int64 [N]: the tokens that the models choose from; absent if that is all V
 * @param attentionWidth int64 [1]: source tokens whose attention is kept: all S, or 0
 * @param pruning float []: factor of {@link BeamStep}'s pruning; 0 for none
 * @param growths float [tokens]: (t / (t - 1))^lp at t - 1; 1 for the first token
 * @param stepNumbers int64 [steps, 1, 1]: 0, 1, ..
 * @param lengthPenalty float []: lp
 */
record SearchSettings(
    long endId,
    Tensor beamSize,
    Tensor proposals,
    Tensor candidateShape,
    Tensor parents,
    Tensor finishedProposals,
    Optional<Tensor> candidates,
    Tensor attentionWidth,
    Tensor pruning,
    Tensor growths,
    Tensor stepNumbers,
    Tensor lengthPenalty) {

  /** Score of a slot that holds no hypothesis; any score below -1e20 means that. */
  static final float NO_HYPOTHESIS = -1e30f;

  /**
   * Appends them.
   *
   * @param vocabularySize V
   * @param candidates int64 [N]
   * @param attentionWidth int64 [1]
   * @param pruning float []
   * @param lengthPenalty float []: lp
   * @param longest int64 []: most steps of any sentence
   * @param given int64 []: most tokens that any has before the first step
   */
  static SearchSettings of(
      OnnxGraph g,
      long endId,
      int vocabularySize,
      Tensor beamSize,
      Optional<Tensor> candidates,
      Tensor attentionWidth,
      Tensor pruning,
      Tensor lengthPenalty,
      Tensor longest,
      Tensor given) {
    Tensor proposals =
        g.minimum(beamSize, candidates.map(g::shape).orElse(g.longs(vocabularySize)));
    Tensor allProposals = g.multiply(beamSize, proposals);
    return new SearchSettings(
        endId,
        beamSize,
        proposals,
        g.concat(0, g.longs(-1), allProposals),
        g.divide(count(g, allProposals), proposals),
        onlyFirst(g, count(g, proposals)),
        candidates,
        attentionWidth,
        pruning,
        growths(g, lengthPenalty, g.add(longest, given)),
        g.reshape(g.range(g.scalar(0L), longest, g.scalar(1L)), g.longs(-1, 1, 1)),
        lengthPenalty);
  }

  /**
   * Scores as they are ranked, divided by the length.
   *
   * @param scores float [b, K]
   * @param made int64 [b, 1]: tokens
   */
  Tensor normalised(OnnxGraph g, Tensor scores, Tensor made) {
    return g.divide(scores, g.power(g.cast(made, ElementType.FLOAT), lengthPenalty));
  }

  /**
   * By how much the score of a finished hypothesis falls in each step, so that it stays the same
   * when it is divided by the length.
   *
   * @param given int64 [b, 1]: tokens of each sentence before the first step
   * @return float [steps, b, 1]
   */
  Tensor growth(OnnxGraph g, Tensor given) {
    return g.gather(growths, g.add(stepNumbers, given));
  }

  private static Tensor growths(OnnxGraph g, Tensor lengthPenalty, Tensor longest) {
    Tensor one = g.scalar(1L);
    Tensor steps = g.cast(g.range(one, g.add(longest, one), one), ElementType.FLOAT); // 1, 2, ..
    Tensor before = g.maximum(g.subtract(steps, g.scalar(1f)), g.scalar(1f));
    return g.power(g.divide(steps, before), lengthPenalty);
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
