package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What steps chose for each slot; the axes before the slots are the user's.
 *
 * @param tokens integer [.., K]
 * @param parents integer [.., K]: the hypothesis of the step before that each continues, 0 to K-1;
 *     absent if it is the only one
 * @param attention float [.., K, S or 0]: a_t; absent if the context is fixed
 */
record Choices(Tensor tokens, Optional<Tensor> parents, Optional<Tensor> attention) {

  /** As a loop carries or stacks them. */
  List<Tensor> tensors() {
    return Stream.of(Stream.of(tokens), parents.stream(), attention.stream())
        .flatMap(each -> each)
        .toList();
  }

  /**
   * Those of a list in the order of {@link #tensors}.
   *
   * @param beam whether there are parents
   */
  static Choices of(List<Tensor> tensors, boolean beam) {
    int parentsEnd = beam ? 2 : 1;
    return new Choices(
        tensors.get(0),
        tensors.subList(1, parentsEnd).stream().findFirst(),
        tensors.subList(parentsEnd, tensors.size()).stream().findFirst());
  }

  /** The same after an operation on each. */
  Choices map(UnaryOperator<Tensor> ofIntegers, UnaryOperator<Tensor> ofAttention) {
    return new Choices(
        ofIntegers.apply(tokens), parents.map(ofIntegers), attention.map(ofAttention));
  }
}
