package io.streamglot.app.recording;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which offsets of a topic.
 *
 * @param topic its name
 * @param partitions by their numbers
 */
public record TopicRange(String topic, SortedMap<Integer, Offsets> partitions) {

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * Offsets of a partition.
   *
   * @param first at least 0
   * @param end the one after the last, at least {@code first}
   */
  public record Offsets(long first, long end) {

    /** Checks the order. */
    public Offsets {
      if (first < 0 || end < first) {
        throw new IllegalArgumentException(
            "offsets: expected 0 <= first <= end, actual %d to %d".formatted(first, end));
      }
    }
  }

  /** Copies the partitions. */
  public TopicRange {
    partitions = Collections.unmodifiableSortedMap(new TreeMap<>(partitions));
  }

  /** How many offsets they are; a message need not stand at each. */
  public long size() {
    return partitions.values().stream().mapToLong(range -> range.end() - range.first()).sum();
  }

  /** As {@link RecordingMetadata#RANGE} says it. */
  public String toJson() {
    var json = new TreeMap<Integer, long[]>();
    partitions.forEach(
        (number, range) -> json.put(number, new long[] {range.first(), range.end()}));
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static TopicRange ofJson(String topic, String json) {
    try {
      Map<Integer, long[]> read = JSON.readValue(json, new TypeReference<>() {});
      var partitions = new TreeMap<Integer, Offsets>();
      read.forEach((number, range) -> partitions.put(number, new Offsets(range[0], range[1])));
      return new TopicRange(topic, partitions);
    } catch (JsonProcessingException | ArrayIndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "range: expected partitions with two offsets each, actual " + json, e);
    }
  }
}
