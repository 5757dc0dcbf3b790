package io.streamglot.benchmarks.streaming;

import io.streamglot.app.topology.TopologySettings;
import io.streamglot.benchmarks.kafka.Guarantee;
import io.streamglot.schemas.AvroSerde;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.Translation;
import io.streamglot.schemas.TranslationFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what comes of messages, from the beginning of the topics. For one thread at a time. */
final class TranslationReader implements AutoCloseable {

  private final TopologySettings topics;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final AvroSerde<Translation> translations = AvroSerdes.translation();
  private final AvroSerde<TranslationFailure> failures = AvroSerdes.translationFailure();

  /**
   * A reader, which belongs to no group.
   *
   * @param partitions of each topic
   * @param guarantee of what is written: readers of transactions wait for their commit
   */
  TranslationReader(String servers, TopologySettings topics, int partitions, Guarantee guarantee) {
    this.topics = topics;
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                servers,
                "isolation.level",
                guarantee.isTransactional() ? "read_committed" : "read_uncommitted"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> all =
        Stream.of(topics.translationsTopic(), topics.failuresTopic())
            .flatMap(
                topic -> IntStream.range(0, partitions).mapToObj(i -> new TopicPartition(topic, i)))
            .toList();
    consumer.assign(all);
    consumer.seekToBeginning(all);
  }

  /** Hears of a translation. */
  @FunctionalInterface
  interface Listener {

    /**
     * A translation can be read.
     *
     * @param message its number
     * @param nanoTime when it came
     */
    void arrived(int message, long nanoTime);
  }

  /**
   * Waits for translations, and tells of each.
   *
   * @throws IOException if a message failed
   */
  void poll(Duration limit, Listener listener) throws IOException {
    Iterable<ConsumerRecord<byte[], byte[]>> records = consumer.poll(limit);
    long now = System.nanoTime();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (record.topic().equals(topics.failuresTopic())) {
        TranslationFailure failure = failures.deserialize(record.topic(), record.value());
        throw new IOException(
            "%s: expected no failure, actual %s: %s"
                .formatted(record.topic(), failure.getReason(), failure.getMessage()));
      }
      Translation translation = translations.deserialize(record.topic(), record.value());
      listener.arrived(Integer.parseInt(translation.getMessageId()), now);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
