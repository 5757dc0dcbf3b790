package io.streamglot.app.integration;

import io.streamglot.app.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A broker with the application's topics, and clients for it. */
final class Broker implements AutoCloseable {

  static final String SOURCE = "source-text";
  static final String TRANSLATIONS = "translations";
  static final String FAILURES = "translation-failures";

  private static final String KAFKA_MAX_MESSAGE_BYTES = "1048588";

  private final EmbeddedBroker embedded;
  private final int partitions;

  private Broker(EmbeddedBroker embedded, int partitions) {
    this.embedded = embedded;
    this.partitions = partitions;
  }

  static Broker start(Path folder, int partitions) {
    var embedded = EmbeddedBroker.start(folder);
    embedded.createTopics(partitions, SOURCE, TRANSLATIONS, FAILURES);
    var broker = new Broker(embedded, partitions);
    broker.limitRecords(SOURCE, TRANSLATIONS, FAILURES);
    return broker;
  }

  /** The embedded broker takes larger records than Kafka by default, which users' topics do not. */
  private void limitRecords(String... topics) {
    for (var topic : topics) {
      set(topic, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, KAFKA_MAX_MESSAGE_BYTES);
    }
  }

  /** Another topic than those of the application. */
  void createTopic(String topic, int topicPartitions) {
    embedded.createTopics(topicPartitions, topic);
  }

  /** Sets a setting of a topic. */
  void set(String topic, String key, String value) {
    var change = List.of(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET));
    Map<ConfigResource, Collection<AlterConfigOp>> changes =
        Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), change);
    try (var admin = admin()) {
      admin.incrementalAlterConfigs(changes).all().get();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  String bootstrapServers() {
    return embedded.bootstrapServers();
  }

  Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
  }

  KafkaProducer<String, byte[]> producer() {
    return producer(Map.of("max.request.size", 2_000_000));
  }

  KafkaProducer<String, byte[]> producer(Map<String, Object> settings) {
    var config = new HashMap<>(settings);
    config.put("bootstrap.servers", bootstrapServers());
    return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
  }

  /** A consumer of committed records, from the beginning of all partitions of the topics. */
  KafkaConsumer<String, byte[]> committed(String... topics) {
    Map<String, Object> config =
        Map.of("bootstrap.servers", bootstrapServers(), "isolation.level", "read_committed");
    var consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> all =
        Stream.of(topics)
            .flatMap(
                topic ->
                    Stream.iterate(0, partition -> partition + 1)
                        .limit(partitions)
                        .map(partition -> new TopicPartition(topic, partition)))
            .toList();
    consumer.assign(all);
    consumer.seekToBeginning(all);
    return consumer;
  }

  @Override
  public void close() {
    embedded.close();
  }
}
