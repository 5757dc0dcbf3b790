package io.streamglot.app.recording;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a range of a topic begins or ends, the same in words for every partition.
 *
 * @see #parse
 */
public sealed interface RangeBound {

  /** What a bound has to be, in words. */
  String EXPECTED =
      "earliest, latest, an offset, a time such as 2026-11-20T08:00:00Z (UTC where it names no"
          + " zone), or a duration before now such as PT2H";

  /** The first offset that there is. */
  record Earliest() implements RangeBound {}

  /** The end of what is committed. */
  record Latest() implements RangeBound {}

  /** The same offset in each partition. */
  record Offset(long offset) implements RangeBound {}

  /** The first message of that time or later. */
  record Time(Instant time) implements RangeBound {}

  /**
   * Reads a bound.
   *
   * @param now from which durations count back
   * @return empty if it is none
   */
  static Optional<RangeBound> parse(String text, Instant now) {
    if (text.equals("earliest")) {
      return Optional.of(new Earliest());
    }
    if (text.equals("latest")) {
      return Optional.of(new Latest());
    }
    if (text.matches("\\d{1,18}")) {
      return Optional.of(new Offset(Long.parseLong(text)));
    }
    if (text.startsWith("P")) {
      return time(text, duration -> now.minus(Duration.parse(duration)));
    }
    return time(text, Instant::parse)
        .or(() -> time(text, date -> OffsetDateTime.parse(date).toInstant()))
        .or(() -> time(text, date -> LocalDateTime.parse(date).toInstant(ZoneOffset.UTC)));
  }

  private static Optional<RangeBound> time(String text, Function<String, Instant> parser) {
    try {
      return Optional.of(new Time(parser.apply(text)));
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  /**
   * The range between two bounds; empty of a partition where the second is before the first.
   *
   * @param consumer of committed records
   * @param partitions of one topic, at least one
   */
  static TopicRange range(
      Consumer<?, ?> consumer,
      Collection<TopicPartition> partitions,
      RangeBound from,
      RangeBound to) {
    var first = offsets(consumer, partitions, from);
    var end = offsets(consumer, partitions, to);
    var ranges = new TreeMap<Integer, TopicRange.Offsets>();
    first.forEach(
        (partition, offset) ->
            ranges.put(
                partition.partition(),
                new TopicRange.Offsets(offset, Math.max(offset, end.get(partition)))));
    return new TopicRange(partitions.iterator().next().topic(), ranges);
  }

  private static Map<TopicPartition, Long> offsets(
      Consumer<?, ?> consumer, Collection<TopicPartition> partitions, RangeBound bound) {
    var beginnings = consumer.beginningOffsets(partitions);
    if (bound instanceof Earliest) {
      return beginnings;
    }
    var ends = consumer.endOffsets(partitions);
    if (bound instanceof Offset at) {
      ends.replaceAll(
          (partition, end) -> Math.min(end, Math.max(beginnings.get(partition), at.offset())));
    } else if (bound instanceof Time at) {
      var times = new HashMap<TopicPartition, Long>();
      partitions.forEach(partition -> times.put(partition, Math.max(0, at.time().toEpochMilli())));
      consumer
          .offsetsForTimes(times)
          .forEach(
              (partition, found) -> {
                if (found != null) {
                  ends.merge(partition, found.offset(), Math::min);
                }
              });
    }
    return ends;
  }
}
