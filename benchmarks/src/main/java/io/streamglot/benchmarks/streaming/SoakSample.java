package io.streamglot.benchmarks.streaming;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Memory and topics after so many messages.
 *
 * @param messages translated so far
 * @param seconds since the first translation
 * @param residentBytes of the instance; null where the system does not tell
 * @param topics the size of each, by name
 */
public record SoakSample(
    int messages, double seconds, Long residentBytes, SortedMap<String, TopicSize> topics) {

  /** Copies the sizes. */
  public SoakSample {
    topics = Collections.unmodifiableSortedMap(new TreeMap<>(topics));
  }
}
