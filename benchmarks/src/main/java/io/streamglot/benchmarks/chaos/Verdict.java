package io.streamglot.benchmarks.chaos;

import io.streamglot.benchmarks.kafka.Guarantee;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the verifier found.
 *
 * @param sent messages that were sent
 * @param translated different messages on the topic of translations
 * @param failed different messages on the topic of failures
 * @param holes messages that are lost though a later one of their key is not
 * @param faults how often each fault was found; those that were not are absent
 * @param examples a line for some of each
 */
record Verdict(
    int sent,
    long translated,
    long failed,
    long holes,
    Map<Fault, Long> faults,
    List<String> examples) {

  Verdict {
    faults = Map.copyOf(faults);
    examples = List.copyOf(examples);
  }

  /** How often a fault was found. */
  long count(Fault fault) {
    return faults.getOrDefault(fault, 0L);
  }

  /** Whether nothing is wrong that the guarantee rules out. */
  boolean holds(Guarantee guarantee) {
    Set<Fault> tolerated = guarantee.isTransactional() ? Set.of() : Set.of(Fault.DOUBLED);
    return tolerated.containsAll(faults.keySet());
  }

  /** Every count, in one line. */
  @Override
  public String toString() {
    return "%,d sent, %,d translated, %,d failed: %s"
        .formatted(
            sent,
            translated,
            failed,
            Arrays.stream(Fault.values())
                .map(fault -> "%,d %s".formatted(count(fault), fault))
                .collect(Collectors.joining(", ")));
  }
}
