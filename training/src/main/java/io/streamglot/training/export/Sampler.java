package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.ElementType;
import io.streamglot.training.export.OnnxGraph.Tensor;
import io.streamglot.training.export.OnnxGraph.Top;

/**
 * Draws the next token of each sentence by lot:
 *
 * <pre>
 *   q_1 >= q_2 >= ..  = softmax(log p / temperature) over the k most probable tokens
 *   n                 = the fewest whose q add up to top_p
 *   chosen            = the first i with q_1 + .. + q_i >= u (q_1 + .. + q_n)
 * </pre>
 *
 * @param temperature float []: above 0
 * @param topK int64 [1]: k, 1 to N, as a size
 * @param topP float []: above 0, at most 1
 */
record Sampler(Tensor temperature, Tensor topK, Tensor topP) {

  /**
   * Appends the choice.
   *
   * @param logProbabilities float [b, N]
   * @param uniform float [b, U]: u of each step
   * @param index int64 []: of the step
   * @return both [b, 1]
   */
  Top append(OnnxGraph g, Tensor logProbabilities, Tensor uniform, Tensor index) {
    Top best = g.topK(logProbabilities, topK);
    Tensor share = g.softmax(g.divide(best.values(), temperature), -1);
    Tensor reached = g.cumulativeSum(share, 1);
    Tensor kept = g.less(g.subtract(reached, share), topP);
    Tensor whole = g.maximum(g.multiply(reached, g.cast(kept, ElementType.FLOAT)), 1); // [b]
    Tensor point = g.unsqueeze(g.multiply(whole, g.gatherColumns(uniform, index)), 1);
    Tensor before = g.cast(g.less(reached, point), ElementType.INT64);
    Tensor place = g.unsqueeze(g.sum(before, 1), 1);
    return new Top(g.gatherElements(best.values(), place), g.gatherElements(best.indices(), place));
  }
}
