package io.streamglot.app.compare;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one side is.
 *
 * @param name as the user gave it
 * @param outcomes translations and failures
 * @param models translations by name and version of the model
 */
public record SideSummary(String name, long outcomes, SortedMap<String, Long> models) {

  /** Copies the map. */
  public SideSummary {
    models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
  }
}
