package io.streamglot.app.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamglot.app.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LargestOutcomeTest {
  private static final int KEY_BYTES = 100;
  private static final int HEADERS = 1_000;
  private static final int HEADER_BYTES = 16 + 3 + 1; // as RecordSize counts name and value

  @Test
  void isTakenByATopicOfTheBoundThatIsGivenAndByNoMuchSmallerOne(@TempDir Path folder)
      throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder)) {
      Map<String, Object> kafka =
          Map.of(
              "bootstrap.servers",
              broker.bootstrapServers(),
              "max.request.size",
              StreamsDefaults.MAX_REQUEST_BYTES,
              "transactional.id",
              "largest");
      create(broker, "bound", StreamsDefaults.MAX_OUTCOME_BYTES);
      create(broker, "smaller", OutcomeWriter.MAX_RECORD_BYTES);
      try (var producer =
          new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
        producer.initTransactions();
        producer.beginTransaction();
        assertThat(producer.send(plain("bound")).get().serializedValueSize())
            .isEqualTo(OutcomeWriter.MAX_RECORD_BYTES - KEY_BYTES);
        producer.send(withHeaders("bound")).get();
        assertThatThrownBy(() -> producer.send(plain("smaller")).get())
            .hasCauseInstanceOf(RecordTooLargeException.class);
      }
    }
  }

  private static ProducerRecord<byte[], byte[]> plain(String topic) {
    return new ProducerRecord<>(
        topic, new byte[KEY_BYTES], new byte[OutcomeWriter.MAX_RECORD_BYTES - KEY_BYTES]);
  }

  private static ProducerRecord<byte[], byte[]> withHeaders(String topic) {
    var headers = new RecordHeaders();
    for (int i = 0; i < HEADERS; i++) {
      headers.add(new RecordHeader("h", new byte[1]));
    }
    return new ProducerRecord<>(
        topic,
        0,
        new byte[KEY_BYTES],
        new byte[OutcomeWriter.MAX_RECORD_BYTES - KEY_BYTES - HEADERS * HEADER_BYTES],
        headers);
  }

  private static void create(EmbeddedBroker broker, String topic, int mostBytes) throws Exception {
    try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(topic, Optional.of(1), Optional.empty())
                      .configs(Map.of("max.message.bytes", Integer.toString(mostBytes)))))
          .all()
          .get();
    }
  }
}
