package io.streamglot.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedBrokerTest {

  private static final String TOPIC = "numbers";

  @Test
  void keepsRecordsAndPortOverARestart(@TempDir Path folder) throws Exception {
    int port;
    try (var broker = EmbeddedBroker.start(folder)) {
      port = broker.port();
      broker.createTopics(1, TOPIC);
      sendInTransaction(broker, "one", "two");
    }
    try (var broker = EmbeddedBroker.start(folder, port)) {
      assertThat(broker.port()).isEqualTo(port);
      sendInTransaction(broker, "three");
      assertThat(readCommitted(broker, 3)).containsExactly("one", "two", "three");
    }
  }

  @Test
  void takesUpTheFolderOnAnotherPort(@TempDir Path folder) throws Exception {
    int port;
    try (var broker = EmbeddedBroker.start(folder)) {
      port = broker.port();
      broker.createTopics(1, TOPIC);
      sendInTransaction(broker, "one");
    }
    try (var other = LoopbackSockets.bind(Map.of("other", port));
        var broker = EmbeddedBroker.start(folder)) {
      assertThat(broker.port()).isNotEqualTo(other.port("other"));
      assertThat(readCommitted(broker, 1)).containsExactly("one");
    }
  }

  @Test
  void createsTheTopicsThatAreMissingAndLeavesOthersAlone(@TempDir Path folder) {
    try (var broker = EmbeddedBroker.start(folder)) {
      broker.createTopics(1, TOPIC);
      sendInTransaction(broker, "one");
      broker.createTopics(3, TOPIC, "letters");

      assertThat(partitions(broker, TOPIC)).isEqualTo(1);
      assertThat(partitions(broker, "letters")).isEqualTo(3);
      assertThat(readCommitted(broker, 1)).containsExactly("one");
      assertThatThrownBy(() -> broker.createTopics(1, "not a name"))
          .isInstanceOf(KafkaException.class)
          .hasMessageContaining("not a name");
    }
  }

  @Test
  void refusesAPortThatIsTaken(@TempDir Path folder) throws Exception {
    try (var other = LoopbackSockets.bind(Map.of("other", 0))) {
      int taken = other.port("other");
      assertThatThrownBy(() -> EmbeddedBroker.start(folder, taken))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining(folder.toString())
          .hasMessageContaining("port " + taken)
          .hasMessageContaining("in use");
    }
  }

  @Test
  void closesTwiceAndFreesItsPort(@TempDir Path folder) throws Exception {
    var broker = EmbeddedBroker.start(folder);
    int port = broker.port();
    broker.close();
    broker.close();
    try (var again = LoopbackSockets.bind(Map.of("again", port))) {
      assertThat(again.port("again")).isEqualTo(port);
    }
  }

  private static void sendInTransaction(EmbeddedBroker broker, String... values) {
    Map<String, Object> config =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "broker-test");
    try (var producer =
        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      for (var value : values) {
        var unused = producer.send(new ProducerRecord<>(TOPIC, value));
      }
      producer.commitTransaction();
    }
  }

  private static int partitions(EmbeddedBroker broker, String topic) {
    Map<String, Object> config = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (var consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      return consumer.partitionsFor(topic).size();
    }
  }

  private static List<String> readCommitted(EmbeddedBroker broker, int count) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers", broker.bootstrapServers(),
            "group.id", "broker-test",
            "isolation.level", "read_committed",
            "auto.offset.reset", "earliest");
    var values = new ArrayList<String>();
    try (var consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(TOPIC));
      while (values.size() < count) {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
      }
    }
    return values;
  }
}
