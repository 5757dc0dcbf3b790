package io.streamglot.app.recording;

import io.streamglot.schemas.RecordedHeader;
import io.streamglot.schemas.RecordedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.utils.Utils;

/**
 * Reads a range of a topic: each partition in its order, and of several partitions the message with
 * the lowest timestamp first, the lower partition where they are equal. So the order does not
 * depend on what the brokers send first, and the pace of a replay is that of the topic.
 *
 * <p>Holds some thousand messages of each partition at most, and some 32 MiB and a fetch of each
 * partition. Not thread-safe.
 */
public final class TopicReader implements Iterator<RecordedMessage> {

  /** How long a broker may give nothing, though there is something. */
  private static final Duration STALL = Duration.ofSeconds(60);

  private static final Duration POLL = Duration.ofMillis(200);

  /** Messages of a partition that are enough until it is asked for more. */
  private static final int ENOUGH = 500;

  /** Bytes of all partitions that are enough, likewise. */
  private static final long ENOUGH_BYTES = 32L << 20;

  private final Consumer<byte[], byte[]> consumer;
  private final TopicRange range;
  private final Map<TopicPartition, WaitingMessages> read =
      new TreeMap<>(Comparator.comparingInt(TopicPartition::partition));
  private final List<String> deleted = new ArrayList<>();

  /**
   * Begins to read.
   *
   * @param consumer of committed records, in no group, with {@code auto.offset.reset=none}; closed
   *     by others
   * @param next where to go on, by partition; where there is none, at the first of the range
   */
  public TopicReader(Consumer<byte[], byte[]> consumer, TopicRange range, Map<Integer, Long> next) {
    this.consumer = consumer;
    this.range = range;
    var numbers = range.partitions().keySet();
    for (int number : numbers) {
      read.put(
          new TopicPartition(range.topic(), number),
          new WaitingMessages(ENOUGH, ENOUGH_BYTES / numbers.size()));
    }
    consumer.assign(read.keySet());
    read.keySet()
        .forEach(
            partition ->
                consumer.seek(
                    partition,
                    next.getOrDefault(partition.partition(), offsets(partition).first())));
    skipDeleted(read.keySet());
  }

  /** A line for each beginning of a partition that was deleted before it could be read. */
  public List<String> deleted() {
    return Collections.unmodifiableList(deleted);
  }

  /** Offsets of the range that were read or passed over. */
  public long passed() {
    return read.keySet().stream()
        .mapToLong(
            partition ->
                Math.min(consumer.position(partition), offsets(partition).end())
                    - offsets(partition).first())
        .sum();
  }

  /**
   * Whether there is another message.
   *
   * @throws TimeoutException if there should be and none comes for a minute
   */
  @Override
  public boolean hasNext() {
    long lastProgress = System.nanoTime();
    while (read.keySet().stream().anyMatch(this::isMissing)) {
      long before = passed();
      poll();
      if (passed() > before) {
        lastProgress = System.nanoTime();
      } else if (System.nanoTime() - lastProgress > STALL.toNanos()) {
        throw new TimeoutException(
            "%s: expected %d more offsets, actual none within %d s"
                .formatted(range.topic(), range.size() - before, STALL.toSeconds()));
      }
    }
    return read.values().stream().anyMatch(waiting -> !waiting.isEmpty());
  }

  @Override
  public RecordedMessage next() {
    if (!hasNext()) {
      throw new NoSuchElementException(range.topic() + ": no more messages");
    }
    return message(
        read.values().stream()
            .filter(waiting -> !waiting.isEmpty())
            .min(Comparator.comparingLong(WaitingMessages::timestamp))
            .orElseThrow()
            .remove());
  }

  /** Without a message of each partition that has one it is not known which comes next. */
  private boolean isMissing(TopicPartition partition) {
    return read.get(partition).isEmpty() && consumer.position(partition) < offsets(partition).end();
  }

  private void poll() {
    read.forEach(
        (partition, waiting) -> {
          if (waiting.areEnough() || consumer.position(partition) >= offsets(partition).end()) {
            consumer.pause(List.of(partition));
          } else {
            consumer.resume(List.of(partition));
          }
        });
    try {
      for (var message : consumer.poll(POLL)) {
        var partition = new TopicPartition(message.topic(), message.partition());
        if (message.offset() < offsets(partition).end()) {
          read.get(partition).add(message);
        }
      }
    } catch (OffsetOutOfRangeException e) {
      skipDeleted(e.partitions());
    }
  }

  private void skipDeleted(Collection<TopicPartition> partitions) {
    consumer
        .beginningOffsets(partitions)
        .forEach(
            (partition, beginning) -> {
              long position = consumer.position(partition);
              long next = Math.min(beginning, offsets(partition).end());
              if (position < next) {
                deleted.add(
                    "%s: offsets %d to %d were deleted before they were read"
                        .formatted(partition, position, next - 1));
                consumer.seek(partition, next);
              }
            });
  }

  private TopicRange.Offsets offsets(TopicPartition partition) {
    return range.partitions().get(partition.partition());
  }

  private static RecordedMessage message(ConsumerRecord<byte[], byte[]> record) {
    var headers = new ArrayList<RecordedHeader>();
    for (var header : record.headers()) {
      headers.add(new RecordedHeader(header.key(), Utils.wrapNullable(header.value())));
    }
    return new RecordedMessage(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        Utils.wrapNullable(record.key()),
        Utils.wrapNullable(record.value()),
        headers);
  }
}
