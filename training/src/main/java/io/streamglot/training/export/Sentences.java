package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.Tensor;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the steps of a search share of its b sentences.
 *
 * @param lastStep int64 [b, 1]: the index of the last step that each may make; -1 for none
 * @param given int64 [b, 1]: tokens of each before the first step
 * @param uniform float [b, U]: numbers from 0 to below 1, one a step, to sample by; U is 0 if the
 *     search does not sample
 * @param encoded {@link EnsembleGraph#sentences}
 */
record Sentences(Tensor lastStep, Tensor given, Tensor uniform, List<Tensor> encoded) {

  private static final int FIXED = 3;

  /** As a loop carries them. */
  List<Tensor> carried() {
    return Stream.concat(Stream.of(lastStep, given, uniform), encoded.stream()).toList();
  }

  /** Others, in the order of {@link #carried}. */
  Sentences with(List<Tensor> carried) {
    return new Sentences(
        carried.get(0), carried.get(1), carried.get(2), carried.subList(FIXED, carried.size()));
  }

  /** Some of them; places is int64 [N]. */
  Sentences at(OnnxGraph g, Tensor places) {
    return with(carried().stream().map(each -> g.gather(each, places)).toList());
  }
}
