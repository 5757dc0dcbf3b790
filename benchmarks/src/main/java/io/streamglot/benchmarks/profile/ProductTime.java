package io.streamglot.benchmarks.profile;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Time of one node that multiplies matrices; its widths tell which.
 *
 * @param time its name and calls
 * @param inLoop whether it is in the body of a loop
 */
public record ProductTime(KernelTime time, boolean inLoop) {

  /** Width of what it multiplies and of what comes out, as {@code 384 to 1792}. */
  public String widths() {
    return width(time.calls().stream().map(call -> call.inputs().get(0)).toList())
        + " to "
        + width(time.calls().stream().map(call -> call.outputs().get(0)).toList());
  }

  private static String width(List<List<Long>> shapes) {
    Set<Long> widths =
        shapes.stream().map(shape -> shape.get(shape.size() - 1)).collect(Collectors.toSet());
    return widths.size() == 1 ? widths.iterator().next().toString() : "any";
  }
}
