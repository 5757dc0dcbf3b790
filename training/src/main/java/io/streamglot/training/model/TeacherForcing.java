package io.streamglot.training.model;

/**
 * A model's distributions over the next token along a given target, each step fed with the target's
 * own tokens rather than the model's choices. Not thread-safe unless an implementation says so.
 */
@FunctionalInterface
public interface TeacherForcing {

  /**
   * Natural logarithms of the probability of each token at each target position.
   *
   * @param source token ids with the end token last; at least one
   * @param target token ids with the end token last, without a start token; at least one
   * @return [target length][V]: row t is the distribution of target token t, given the source and
   *     the target tokens before t
   */
  float[][] logProbabilities(int[] source, int[] target);
}
