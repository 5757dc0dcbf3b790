package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One step of a search, for b sentences. */
interface SearchStep {

  /**
   * Appends the step.
   *
   * @param index int64 []: of the step, from 0
   */
  Result append(OnnxGraph g, Tensor index, State state);

  /**
   * Where the search of b sentences stands, n of whose hypotheses are live.
   *
   * @param tokens int64 [b x K]: chosen last
   * @param scores float [b, K]: log p; of a finished hypothesis what a live one of as good a score
   *     would have, {@link SearchSettings#growth}; best first
   * @param live bool [b, K]
   * @param slots int64 [n]: where that is true, ascending; absent if all slots are computed
   * @param states of the decoders, each float [n, Hd]
   */
  record State(
      Tensor tokens, Tensor scores, Tensor live, Optional<Tensor> slots, List<Tensor> states) {

    private static final int FIXED = 3;

    /** As a loop carries it. */
    List<Tensor> carried() {
      return Stream.of(List.of(tokens, scores, live), slots.stream().toList(), states)
          .flatMap(List::stream)
          .toList();
    }

    /** One of other tensors, in the order of {@link #carried}. */
    State with(List<Tensor> carried) {
      int statesFrom = carried.size() - states.size();
      return new State(
          carried.get(0),
          carried.get(1),
          carried.get(2),
          carried.subList(FIXED, statesFrom).stream().findFirst(),
          carried.subList(statesFrom, carried.size()));
    }
  }

  /**
   * A step's results.
   *
   * @param choices of the step, b sentences first; attention of each slot before the choice
   */
  record Result(State state, Choices choices) {}
}
