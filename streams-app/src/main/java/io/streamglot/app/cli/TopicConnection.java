package io.streamglot.app.cli;

import io.streamglot.app.recording.RangeBound;
import io.streamglot.app.recording.TopicRange;
import io.streamglot.app.recording.TopicReader;
import io.streamglot.app.topology.StreamsDefaults;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.StreamsConfig;

/** A topic of the user's Kafka, to be read by what is committed; in no consumer group. */
final class TopicConnection implements AutoCloseable {

  /** Bytes of one answer, so that the memory does not depend on the number of partitions. */
  private static final int FETCH_BYTES = 8 * 1024 * 1024;

  private final String topic;
  private final String clusterId;
  private final KafkaConsumer<byte[], byte[]> consumer;

  private TopicConnection(String topic, String clusterId, KafkaConsumer<byte[], byte[]> consumer) {
    this.topic = topic;
    this.clusterId = clusterId;
    this.consumer = consumer;
  }

  /**
   * Connects.
   *
   * @param settings of Kafka Streams, as the user gave them
   * @throws UserErrorException if Kafka cannot be reached, or has no such topic
   */
  static TopicConnection open(Map<String, String> settings, String topic)
      throws InterruptedException {
    Properties kafka = StreamsDefaults.with(settings);
    String clusterId = requireTopic(KafkaAccess.adminSettings(kafka), topic);
    Map<String, Object> consumer =
        KafkaAccess.readerSettings(new StreamsConfig(kafka), "streamglot-reader");
    consumer.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    consumer.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    return new TopicConnection(
        topic,
        clusterId,
        new KafkaConsumer<>(consumer, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
  }

  private static String requireTopic(Map<String, Object> admin, String topic)
      throws InterruptedException {
    return KafkaAccess.ask(
        admin,
        KafkaAccess.LIMIT,
        kafka -> {
          if (kafka.describe(List.of(topic)).existing().isEmpty()) {
            throw new UserErrorException(
                "topic: expected one of the Kafka at '%s', actual no '%s'"
                    .formatted(admin.get("bootstrap.servers"), topic));
          }
          return kafka.clusterId();
        });
  }

  String clusterId() {
    return clusterId;
  }

  /**
   * What the options say, at this moment.
   *
   * @throws UserErrorException if the topic lacks one of their partitions, or Kafka does not answer
   */
  TopicRange resolve(RangeOptions options) {
    Instant now = Instant.now();
    RangeBound from = options.from(now);
    RangeBound to = options.to(now);
    try {
      Set<Integer> found =
          consumer.partitionsFor(topic).stream()
              .map(info -> info.partition())
              .collect(Collectors.toCollection(TreeSet::new));
      Set<Integer> wanted = options.partitions().isEmpty() ? found : options.partitions();
      if (!found.containsAll(wanted)) {
        throw new UserErrorException(
            "--partitions: expected some of %s of %s, actual %s".formatted(found, topic, wanted));
      }
      return RangeBound.range(
          consumer,
          wanted.stream().map(number -> new TopicPartition(topic, number)).toList(),
          from,
          to);
    } catch (KafkaException e) {
      throw refused(e);
    }
  }

  /**
   * All that is committed at this moment.
   *
   * @throws UserErrorException if Kafka does not answer
   */
  TopicRange whole() {
    try {
      return RangeBound.range(
          consumer,
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList(),
          new RangeBound.Earliest(),
          new RangeBound.Latest());
    } catch (KafkaException e) {
      throw refused(e);
    }
  }

  /**
   * Reads a range.
   *
   * @param next where to go on, by partition; else at its first
   */
  TopicReader read(TopicRange range, Map<Integer, Long> next) {
    return new TopicReader(consumer, range, next);
  }

  UserErrorException refused(KafkaException problem) {
    return new UserErrorException(
        "topic %s: expected a Kafka that gives its records, actual: %s"
            .formatted(topic, Causes.root(problem).getMessage()));
  }

  @Override
  public void close() {
    consumer.close();
  }
}
