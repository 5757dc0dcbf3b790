package io.streamglot.app.retry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads a topic from its first record to what is committed when the reading starts. */
final class CommittedRecords {
  /** How long a broker may give nothing, though there is something. */
  private static final Duration STALL = Duration.ofSeconds(60);

  private static final Duration POLL = Duration.ofMillis(200);

  private CommittedRecords() {}

  /**
   * Reads; the records of a partition come in their order.
   *
   * @param consumer reads committed records, and is in no group
   * @param batches takes the records of each poll, not empty
   * @throws TimeoutException if nothing comes for a minute
   */
  static void read(
      KafkaConsumer<byte[], byte[]> consumer,
      String topic,
      Consumer<List<ConsumerRecord<byte[], byte[]>>> batches) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    long lastProgress = System.nanoTime();
    long left = left(consumer, ends);
    while (left > 0) {
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() < ends.get(new TopicPartition(topic, record.partition()))) {
          records.add(record);
        }
      }
      if (!records.isEmpty()) {
        batches.accept(records);
      }
      long now = left(consumer, ends);
      if (now < left) {
        lastProgress = System.nanoTime();
      } else if (System.nanoTime() - lastProgress > STALL.toNanos()) {
        throw new TimeoutException(
            "%s: expected %d more records, actual none within %d s"
                .formatted(topic, now, STALL.toSeconds()));
      }
      left = now;
    }
  }

  private static long left(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .mapToLong(end -> Math.max(0, end.getValue() - consumer.position(end.getKey())))
        .sum();
  }
}
