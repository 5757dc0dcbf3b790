package io.streamglot.app.cli;

import io.streamglot.app.retry.RetryLedger;
import io.streamglot.app.topics.AppTopics;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.FailureReason;
import io.streamglot.schemas.SourceText;
import io.streamglot.schemas.TranslationFailure;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes dead letters as the application does, and reads what is committed to a topic. */
final class DeadLetters implements AutoCloseable {
  static final Instant FAILED_AT = Instant.parse("2026-11-20T12:00:00Z");
  static final String KEY = "room";

  private final Map<String, Object> clientSettings;
  private final AppTopics topics;
  private final KafkaProducer<String, byte[]> producer;

  DeadLetters(TopicsBroker broker, AppTopics topics) {
    this(broker.adminSettings(), topics);
  }

  /**
   * With clients of a Kafka that asks for more.
   *
   * @param clientSettings what producers and consumers alike need to reach it
   */
  DeadLetters(Map<String, Object> clientSettings, AppTopics topics) {
    this.clientSettings = clientSettings;
    this.topics = topics;
    producer =
        new KafkaProducer<>(clientSettings, new StringSerializer(), new ByteArraySerializer());
  }

  /** A text that is to be translated into all these languages. */
  static byte[] text(String id, String... targets) {
    return AvroSerdes.sourceText()
        .serialize(
            null,
            new SourceText(
                id,
                "I love you.",
                "en",
                List.of(targets),
                FAILED_AT,
                Map.of("room", "lobby"),
                List.of()));
  }

  /** A failure of partition 0. */
  TranslationFailure failure(String target, FailureReason reason, Instant at, byte[] original) {
    return new TranslationFailure(
        null,
        target,
        topics.source(),
        0,
        7L,
        reason,
        "why",
        ByteBuffer.wrap(KEY.getBytes(StandardCharsets.UTF_8)),
        original == null ? null : ByteBuffer.wrap(original),
        at);
  }

  void add(TranslationFailure failure) throws Exception {
    add(AvroSerdes.translationFailure().serialize(null, failure));
  }

  void add(byte[] value) throws Exception {
    send(new ProducerRecord<>(topics.failures(), KEY, value));
  }

  void send(ProducerRecord<String, byte[]> record) throws Exception {
    producer.send(record).get();
  }

  /** So many failures of texts {@code m0} and on, of five keys. */
  void addMany(int count) {
    for (int i = 0; i < count; i++) {
      TranslationFailure failure =
          failure("fr", FailureReason.TRANSLATION_FAILED, FAILED_AT, text("m" + i, "fr"));
      var unused =
          producer.send(
              new ProducerRecord<>(
                  topics.failures(),
                  "room-" + i % 5,
                  AvroSerdes.translationFailure().serialize(null, failure)));
    }
    producer.flush();
  }

  /** All that is committed to the source topic, in the order of each partition. */
  List<ConsumerRecord<String, byte[]>> committedSources() {
    return committed(topics.source());
  }

  /** The ids of the texts of {@link #committedSources}. */
  List<String> committedIds() {
    return committedSources().stream()
        .map(record -> AvroSerdes.sourceText().deserialize(null, record.value()).getMessageId())
        .toList();
  }

  /** How many dead letters are remembered. */
  int remembered() {
    return committed(RetryLedger.nameFor(topics.failures())).size();
  }

  /** All that is committed to the topic by now. */
  List<ConsumerRecord<String, byte[]>> committed(String topic) {
    try (KafkaConsumer<String, byte[]> consumer = fromTheBeginning(topic)) {
      Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
      List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(20)).forEach(records::add);
      }
      return records;
    }
  }

  /** Waits until so many records are committed to the topic; the timeout of the test ends it. */
  void await(String topic, int count) {
    try (KafkaConsumer<String, byte[]> consumer = fromTheBeginning(topic)) {
      for (int seen = 0; seen < count; ) {
        seen += consumer.poll(Duration.ofMillis(100)).count();
      }
    }
  }

  /** Waits until such a value is committed to the topic; the timeout of the test ends it. */
  void await(String topic, Predicate<byte[]> wanted) {
    try (KafkaConsumer<String, byte[]> consumer = fromTheBeginning(topic)) {
      for (boolean seen = false; !seen; ) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          seen |= wanted.test(record.value());
        }
      }
    }
  }

  private KafkaConsumer<String, byte[]> fromTheBeginning(String topic) {
    Map<String, Object> settings = new HashMap<>(clientSettings);
    settings.put("isolation.level", "read_committed");
    KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return consumer;
  }

  @Override
  public void close() {
    producer.close();
  }
}
