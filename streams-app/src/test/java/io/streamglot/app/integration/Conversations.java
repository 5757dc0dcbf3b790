package io.streamglot.app.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.app.integration.DeliveryCheck.Message;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.SourceText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Numbered messages of some conversations: sends texts, and reads what became of them. */
final class Conversations {

  private static final int KEYS = 20;

  private static final List<String> SENTENCES =
      List.of(
          "How are you?",
          "I love you.",
          "Where is the station?",
          "It is raining.",
          "She has two dogs.",
          "What time is it?",
          "He does not know.",
          "We are hungry.",
          "Thank you very much.",
          "I will be there tomorrow.");

  private Conversations() {}

  /** Sends messages and waits until all are acknowledged. */
  static List<Message> send(Broker broker, int count) throws Exception {
    return send(broker, 0, count);
  }

  /** Sends more of them, from a number on. */
  static List<Message> send(Broker broker, int first, int count) throws Exception {
    var sent = new ArrayList<Message>();
    var acknowledged = new ArrayList<Future<RecordMetadata>>();
    var serde = AvroSerdes.sourceText();
    try (var producer = broker.producer()) {
      for (int i = first; i < first + count; i++) {
        var message = new Message("conversation-" + i % KEYS, "message-" + i);
        var text =
            new SourceText(
                message.id(),
                SENTENCES.get(i % SENTENCES.size()),
                "en",
                List.of("fr"),
                Instant.now(),
                Map.of(),
                List.of());
        acknowledged.add(
            producer.send(
                new ProducerRecord<>(
                    Broker.SOURCE, message.key(), serde.serialize(Broker.SOURCE, text))));
        sent.add(message);
      }
      for (var record : acknowledged) {
        record.get();
      }
    }
    return sent;
  }

  /** Reads until there are {@code count} messages in all, while the application lives. */
  static void receive(
      KafkaConsumer<String, byte[]> consumer, List<Message> received, int count, AppProcess app) {
    while (received.size() < count) {
      app.requireAlive();
      poll(consumer, received);
    }
  }

  /** Reads all that is there by now. */
  static void drain(KafkaConsumer<String, byte[]> consumer, List<Message> received) {
    var ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      poll(consumer, received);
    }
  }

  private static void poll(KafkaConsumer<String, byte[]> consumer, List<Message> received) {
    for (var record : consumer.poll(Duration.ofMillis(20))) {
      assertThat(record.topic()).isEqualTo(Broker.TRANSLATIONS);
      var translation = AvroSerdes.translation().deserialize(record.topic(), record.value());
      received.add(new Message(record.key(), translation.getMessageId()));
    }
  }
}
