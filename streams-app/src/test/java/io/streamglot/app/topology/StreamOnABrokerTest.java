package io.streamglot.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.app.embedded.EmbeddedBroker;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.translator.Translation;
import io.streamglot.translator.bundle.SearchOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The topology in Kafka Streams on a broker, under settings that ask something of it. */
class StreamOnABrokerTest {

  private static final int PARTITIONS = 2;

  /** Batches of 64 records; with time to gather them, so that the timer does not cut them short. */
  private static final TopologySettings SETTINGS =
      new TopologySettings(
          "source-text",
          "translations",
          "translation-failures",
          64,
          1_000_000,
          100_000,
          Duration.ofSeconds(1));

  @TempDir private Path folder;
  private final Queue<Throwable> problems = new ConcurrentLinkedQueue<>();

  /**
   * A batch of 64 would take 1.6 times as long as Kafka waits, and there is one from each
   * partition. What a lost transaction undoes would be translated again.
   */
  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void aSlowDecoderLosesNeitherItsPartitionsNorATransaction() throws Exception {
    var translator = new SlowTranslator(Duration.ofMillis(150));

    translate(
        150,
        translator,
        Map.of(
            "max.poll.interval.ms", "6000",
            "transaction.timeout.ms", "6000",
            "session.timeout.ms", "30000"));

    assertThat(translator.calls.stream().flatMap(List::stream))
        .hasSize(150)
        .doesNotHaveDuplicates();
    assertThat(translator.calls).hasSizeLessThan(100);
  }

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource({"group.protocol,streams", "group.instance.id,one"})
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void eachWayToBeAMemberOfTheGroupTranslates(String key, String value) throws Exception {
    translate(10, new TestTranslator("en", "fr"), Map.of(key, value));
  }

  /** Sends texts, runs the topology until their translations are committed, and stops it. */
  private void translate(int messages, TestTranslator translator, Map<String, String> settings)
      throws Exception {
    try (var broker = EmbeddedBroker.start(folder)) {
      broker.createTopics(PARTITIONS, "source-text", "translations", "translation-failures");
      send(broker, messages);
      var all = new HashMap<>(settings);
      all.put("bootstrap.servers", broker.bootstrapServers());
      try (var translators = new Translators(List.of(translator));
          var streams =
              new KafkaStreams(
                  TranslationTopology.build(SETTINGS, translators), StreamsDefaults.with(all))) {
        streams.setUncaughtExceptionHandler(
            problem -> {
              problems.add(problem);
              return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            });
        streams.start();
        assertThat(translations(broker, messages)).isEqualTo(messages);
      }
      assertThat(problems).isEmpty();
    }
  }

  private static void send(EmbeddedBroker broker, int messages) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < messages; i++) {
        var text = Records.bytes(Records.text("m" + i, "text " + i, "en", "fr"));
        producer.send(new ProducerRecord<>("source-text", i % PARTITIONS, null, text)).get();
      }
    }
  }

  /** How many translations are committed until all are there, or the application has failed. */
  private int translations(EmbeddedBroker broker, int messages) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", broker.bootstrapServers());
    settings.put("isolation.level", "read_committed");
    settings.put("group.id", "reader");
    settings.put("auto.offset.reset", "earliest");
    int count = 0;
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of("translations"));
      while (count < messages && problems.isEmpty()) {
        for (var record : consumer.poll(Duration.ofMillis(100))) {
          var translation = AvroSerdes.translation().deserialize(record.topic(), record.value());
          assertThat(translation.getText()).startsWith("fr:text ");
          count++;
        }
      }
    }
    return count;
  }

  /** Takes its time for each text. */
  private static final class SlowTranslator extends TestTranslator {

    private final Duration perText;

    SlowTranslator(Duration perText) {
      super("en", "fr");
      this.perText = perText;
    }

    @Override
    public List<Translation> translate(List<String> texts, SearchOptions options) {
      try {
        Thread.sleep(perText.toMillis() * texts.size());
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return super.translate(texts, options);
    }
  }
}
