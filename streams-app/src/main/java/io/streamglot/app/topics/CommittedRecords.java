package io.streamglot.app.topics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads a topic from its first record to what is committed when the reading starts. */
public final class CommittedRecords {
  /** How long a broker may give nothing, though there is something, for who does not hurry. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration POLL = Duration.ofMillis(200);

  private CommittedRecords() {}

  /**
   * Reads; the records of a partition come in their order. The consumer stands at the end of what
   * was read then, and may go on.
   *
   * @param consumer reads committed records, and is in no group
   * @param patience how long to wait for anything
   * @param batches takes the records of each poll, not empty
   * @return the offset after the last record of each partition, deleted and aborted ones too
   * @throws TimeoutException if nothing comes for so long
   */
  public static Map<TopicPartition, Long> read(
      Consumer<byte[], byte[]> consumer,
      String topic,
      Duration patience,
      java.util.function.Consumer<List<ConsumerRecord<byte[], byte[]>>> batches) {
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
      } else if (System.nanoTime() - lastProgress > patience.toNanos()) {
        throw new TimeoutException(
            "%s: expected %d more records, actual none within %d s"
                .formatted(topic, now, patience.toSeconds()));
      }
      left = now;
    }
    // Later ones may have come with the last.
    ends.forEach(consumer::seek);
    return ends;
  }

  private static long left(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .mapToLong(end -> Math.max(0, end.getValue() - consumer.position(end.getKey())))
        .sum();
  }
}
