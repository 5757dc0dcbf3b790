package io.streamglot.app.retry;

import io.streamglot.app.topics.CommittedRecords;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Which dead letters were retried: a compacted topic with an entry for each.
 *
 * <p>The key of an entry is {@code ID:PARTITION:OFFSET} of the dead letter, where the id is the
 * topic's: one that is deleted and made again has other dead letters at the same offsets. The value
 * is when it was retried. Entries of dead letters that are gone are deleted.
 */
public final class RetryLedger {
  private static final String SUFFIX = "-retried";

  private static final Pattern KEY = Pattern.compile("[^:]+:\\d{1,9}:\\d{1,18}");

  private final String topic;
  private final Uuid deadLetters;
  private final Set<String> retried = new HashSet<>();
  private final Set<String> gone = new HashSet<>();

  private RetryLedger(String topic, Uuid deadLetters) {
    this.topic = topic;
    this.deadLetters = deadLetters;
  }

  /** The name of the ledger for a topic of failures. */
  public static String nameFor(String failuresTopic) {
    return failuresTopic + SUFFIX;
  }

  /**
   * The ledger's topic, to be created.
   *
   * @param replicationFactor at least 1, or -1 for the brokers' default
   */
  public static NewTopic newTopic(String name, int replicationFactor) {
    return new NewTopic(name, 1, (short) replicationFactor)
        .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
  }

  /** A ledger that nothing was written to. */
  static RetryLedger empty(String topic, Uuid deadLetters) {
    return new RetryLedger(topic, deadLetters);
  }

  /**
   * Reads the ledger.
   *
   * @param deadLetters id of the topic of failures
   * @param first offset of the first dead letter that is left, by partition
   */
  static RetryLedger read(
      KafkaConsumer<byte[], byte[]> consumer,
      String topic,
      Uuid deadLetters,
      Map<Integer, Long> first) {
    RetryLedger ledger = new RetryLedger(topic, deadLetters);
    CommittedRecords.read(
        consumer, topic, CommittedRecords.PATIENCE, entries -> entries.forEach(ledger::take));
    for (String key : ledger.retried) {
      if (!ledger.isThere(key, first)) {
        ledger.gone.add(key);
      }
    }
    ledger.retried.removeAll(ledger.gone);
    return ledger;
  }

  private void take(ConsumerRecord<byte[], byte[]> entry) {
    String key = entry.key() == null ? "" : new String(entry.key(), StandardCharsets.UTF_8);
    if (!KEY.matcher(key).matches()) {
      throw new SerializationException(
          "%s-%d offset %d: key: expected TOPIC_ID:PARTITION:OFFSET, actual '%s'"
              .formatted(entry.topic(), entry.partition(), entry.offset(), key));
    }
    if (entry.value() == null) {
      retried.remove(key);
    } else {
      retried.add(key);
    }
  }

  private boolean isThere(String key, Map<Integer, Long> first) {
    String[] parts = key.split(":", 3);
    return parts[0].equals(deadLetters.toString())
        && Long.parseLong(parts[2]) >= first.getOrDefault(Integer.valueOf(parts[1]), 0L);
  }

  /** Whether the dead letter was retried. */
  boolean holds(int partition, long offset) {
    return retried.contains(key(partition, offset));
  }

  /** The entry to write for a dead letter, with what is sent for it. */
  ProducerRecord<byte[], byte[]> entry(int partition, long offset, Instant at) {
    return new ProducerRecord<>(topic, utf8(key(partition, offset)), utf8(at.toString()));
  }

  /** What deletes the entries that are of no use any more. */
  List<ProducerRecord<byte[], byte[]>> deletions() {
    List<ProducerRecord<byte[], byte[]>> deletions = new ArrayList<>();
    gone.forEach(key -> deletions.add(new ProducerRecord<>(topic, utf8(key), null)));
    return deletions;
  }

  private String key(int partition, long offset) {
    return deadLetters + ":" + partition + ":" + offset;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
