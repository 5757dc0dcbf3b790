package io.streamglot.app.rollout;

import io.streamglot.app.topology.LanguagePair;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Reads the topic of events, from its beginning. Used by one thread at a time, but for {@link
 * #wakeUp}.
 */
public final class ModelsTopic implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(500);

  private final KafkaConsumer<byte[], byte[]> consumer;

  /**
   * What was read.
   *
   * @param end offset after the last record that there was, compacted ones too
   */
  record Records(List<ConsumerRecord<byte[], byte[]>> records, long end) {}

  /**
   * Nothing is read yet.
   *
   * @param consumer reads committed records, and is in no group; closed with this
   * @param topic of the events, with one partition: offsets are their order
   * @throws KafkaException if Kafka does not answer
   */
  public ModelsTopic(KafkaConsumer<byte[], byte[]> consumer, String topic) {
    this.consumer = consumer;
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /**
   * Reads all records that there are by now.
   *
   * @param limit of the wait for each answer
   * @throws TimeoutException if nothing comes for so long
   */
  Records readToEnd(Duration limit) {
    List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    long lastProgress = System.nanoTime();
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      List<ConsumerRecord<byte[], byte[]>> polled = poll();
      all.addAll(polled);
      if (!polled.isEmpty()) {
        lastProgress = System.nanoTime();
      } else if (System.nanoTime() - lastProgress > limit.toNanos()) {
        throw new TimeoutException(
            "%s: expected records up to %s, actual none within %d s"
                .formatted(consumer.assignment(), ends, limit.toSeconds()));
      }
    }
    return new Records(all, ends.values().stream().mapToLong(Long::longValue).max().orElse(0));
  }

  /**
   * Reads the events of a pair that there are by now, oldest first, but for those that are none.
   *
   * @param limit of the wait for each answer
   * @throws TimeoutException if nothing comes for so long
   */
  public List<RolloutEvent> eventsOf(LanguagePair pair, Duration limit) {
    List<RolloutEvent> events = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : readToEnd(limit).records()) {
      try {
        if (RolloutEvent.pair(key(record)).equals(pair)) {
          events.add(RolloutEvent.read(pair, record.value()));
        }
      } catch (RolloutException e) {
        // Every instance refused it.
      }
    }
    return events;
  }

  /** Key of a record as text; empty if it has none. */
  static String key(ConsumerRecord<byte[], byte[]> record) {
    return record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
  }

  /** The next records, or none if there are none for a while. */
  List<ConsumerRecord<byte[], byte[]>> poll() {
    List<ConsumerRecord<byte[], byte[]>> polled = new ArrayList<>();
    consumer.poll(POLL).forEach(polled::add);
    return polled;
  }

  /** Lets a poll under way, or the next, throw {@code WakeupException}; from any thread. */
  void wakeUp() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
