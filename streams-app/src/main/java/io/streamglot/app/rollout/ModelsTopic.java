package io.streamglot.app.rollout;

import io.streamglot.app.topics.CommittedRecords;
import io.streamglot.app.topology.LanguagePair;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Reads the topic of events, from its beginning. Used by one thread at a time, but for {@link
 * #wakeUp}.
 */
public final class ModelsTopic implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(500);

  private final Consumer<byte[], byte[]> consumer;
  private final String topic;

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
   */
  public ModelsTopic(Consumer<byte[], byte[]> consumer, String topic) {
    this.consumer = consumer;
    this.topic = topic;
  }

  /**
   * Reads all records that there are by now.
   *
   * @param limit of the wait for each answer
   * @throws TimeoutException if nothing comes for so long
   */
  Records readToEnd(Duration limit) {
    List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
    Map<TopicPartition, Long> ends = CommittedRecords.read(consumer, topic, limit, all::addAll);
    return new Records(all, Collections.max(ends.values()));
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
