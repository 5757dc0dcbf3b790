package io.streamglot.benchmarks.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * From which offset on each version of the model translates, by partition. In a partition, one
 * version follows another and none comes back. For one thread.
 */
final class ModelSwitches {

  private final List<String> versions;
  private final Map<Integer, Integer> newest = new HashMap<>();
  private final Map<String, SortedMap<Integer, Long>> first = new LinkedHashMap<>();

  /**
   * Nothing is translated yet.
   *
   * @param versions in the order in which they replace each other
   */
  ModelSwitches(List<String> versions) {
    this.versions = List.copyOf(versions);
  }

  /**
   * Takes a translation, in the order of its partition.
   *
   * @param version one of those known
   * @return whether no later version came before it
   */
  boolean follows(int partition, long offset, String version) {
    int number = versions.indexOf(version);
    if (number < newest.getOrDefault(partition, 0)) {
      return false;
    }
    newest.put(partition, number);
    first.computeIfAbsent(version, key -> new TreeMap<>()).putIfAbsent(partition, offset);
    return true;
  }

  /** Whether a translation by this version was there. */
  boolean hasSeen(String version) {
    return first.containsKey(version);
  }

  /** A line for each version but the first, with the first offset of each partition. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (String version : versions.subList(1, versions.size())) {
      List<String> offsets = new ArrayList<>();
      first
          .getOrDefault(version, new TreeMap<>())
          .forEach((partition, offset) -> offsets.add("%d:%d".formatted(partition, offset)));
      lines.add(
          "version %s translates from these offsets of the partitions of %s on: %s"
              .formatted(
                  version,
                  Workload.TRANSLATIONS,
                  offsets.isEmpty() ? "none" : String.join(", ", offsets)));
    }
    return lines;
  }
}
