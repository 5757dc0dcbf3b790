package io.streamglot.benchmarks.profile;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Time of calls that belong together.
 *
 * @param name of what they have in common
 * @param calls in their order, at least one
 */
public record KernelTime(String name, List<KernelCall> calls) {

  /** Copies the list. */
  public KernelTime {
    calls = List.copyOf(calls);
  }

  /** In microseconds. */
  public long micros() {
    return calls.stream().mapToLong(KernelCall::micros).sum();
  }

  /** Groups by a name; the longest time first. */
  static List<KernelTime> group(List<KernelCall> calls, Function<KernelCall, String> name) {
    Map<String, List<KernelCall>> groups =
        calls.stream()
            .collect(Collectors.groupingBy(name, LinkedHashMap::new, Collectors.toList()));
    return groups.entrySet().stream()
        .map(group -> new KernelTime(group.getKey(), group.getValue()))
        .sorted(Comparator.comparingLong(KernelTime::micros).reversed())
        .toList();
  }
}
