package io.streamglot.app.integration;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.app.topology.StreamsDefaults;
import io.streamglot.app.topology.TopologySettings;
import io.streamglot.app.topology.TranslationTopology;
import io.streamglot.app.topology.Translators;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.FailureReason;
import io.streamglot.schemas.SourceText;
import io.streamglot.schemas.Translation;
import io.streamglot.schemas.TranslationFailure;
import io.streamglot.translator.BundleTranslator;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.decode.DecoderSettings;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a record holds, it ends in one of the two topics and the next one is translated. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PoisonTest {

  private static final String KEY = "room";
  private static final int HUGE = 200_000;

  private Broker broker;
  private Translators translators;
  private KafkaStreams streams;
  private KafkaProducer<String, byte[]> producer;
  private KafkaProducer<String, byte[]> compressing;
  private KafkaConsumer<String, byte[]> consumer;
  private int sent;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    broker = Broker.start(folder, 1);
    var bundle = ModelBundle.open(Model.FOLDER);
    translators = new Translators(List.of(BundleTranslator.open(bundle, DecoderSettings.DEFAULT)));
    streams =
        new KafkaStreams(
            TranslationTopology.build(TopologySettings.defaults(), translators),
            StreamsDefaults.with(Map.of("bootstrap.servers", broker.bootstrapServers())));
    streams.start();
    producer = broker.producer();
    compressing =
        broker.producer(Map.of("compression.type", "gzip", "max.request.size", 20_000_000));
    consumer = broker.committed(Broker.TRANSLATIONS, Broker.FAILURES);
  }

  @AfterAll
  void stop() {
    consumer.close();
    producer.close();
    compressing.close();
    streams.close();
    translators.close();
    broker.close();
  }

  static Stream<Arguments> badRecords() {
    var unpaired = bytes("bad", "a\uD800b", "en", "fr");
    return Stream.of(
        Arguments.of("bytes that are no Avro", "Hello".getBytes(UTF_8), FailureReason.UNDECODABLE),
        Arguments.of("a null value", null, FailureReason.NULL_VALUE),
        Arguments.of(
            "no target language", bytes("bad", "Hello", "en"), FailureReason.NO_TARGET_LANGUAGE),
        Arguments.of(
            "a language pair without a model",
            bytes("bad", "Hello", "en", "zh"),
            FailureReason.UNSUPPORTED_LANGUAGE_PAIR),
        Arguments.of(
            "no source language, and none that leads to the target",
            bytes("bad", "Hello", null, "zh"),
            FailureReason.UNSUPPORTED_LANGUAGE_PAIR),
        Arguments.of(
            "a blank text larger than a topic takes",
            bytes("bad", " ".repeat(1_000_000), "en", "fr"),
            FailureReason.TOO_LARGE),
        Arguments.of(
            "a target language of 540,000 characters",
            bytes("bad", "Hello", "en", "x".repeat(540_000)),
            FailureReason.UNSUPPORTED_LANGUAGE_PAIR),
        Arguments.of(
            "a text of 2.6 million spaces, compressed",
            bytes("bad", " ".repeat(2_600_000), "en", "fr"),
            FailureReason.TOO_LARGE),
        Arguments.of(
            "a text of 15 million spaces, compressed",
            bytes("bad", " ".repeat(15_000_000), "en", "fr"),
            FailureReason.TOO_LARGE),
        Arguments.of(
            "20,000 target languages",
            bytes("bad", "Hello", "en", tags(20_000)),
            FailureReason.TOO_MANY_TARGET_LANGUAGES),
        Arguments.of("an empty text", bytes("bad", "", "en", "fr"), null),
        Arguments.of(
            "200,000 characters without a space", bytes("bad", "a".repeat(HUGE), "en", "fr"), null),
        Arguments.of("200,000 emoji", bytes("bad", "\uD83D\uDE00".repeat(HUGE), "en", "fr"), null),
        Arguments.of("a lone surrogate", unpaired, null),
        Arguments.of("bytes that are no UTF-8", withoutUtf8(), null));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badRecords")
  void aBadRecordEndsInATopicAndTheNextIsTranslated(String name, byte[] value, FailureReason reason)
      throws Exception {
    var bad = new ProducerRecord<>(Broker.SOURCE, KEY, value);
    boolean compressed = value != null && value.length > 2_000_000;
    long offset = (compressed ? compressing : producer).send(bad).get().offset();
    var nextId = "good-" + sent++;
    producer
        .send(new ProducerRecord<>(Broker.SOURCE, KEY, bytes(nextId, "How are you?", "en", "fr")))
        .get();

    var translations = new ArrayList<Translation>();
    var failures = new ArrayList<TranslationFailure>();
    while (translations.stream().noneMatch(found -> found.getMessageId().equals(nextId))) {
      assertThat(streams.state()).isNotEqualTo(KafkaStreams.State.ERROR);
      for (var record : consumer.poll(Duration.ofMillis(20))) {
        assertThat(record.key()).isEqualTo(KEY);
        if (record.topic().equals(Broker.TRANSLATIONS)) {
          translations.add(AvroSerdes.translation().deserialize(null, record.value()));
        } else {
          failures.add(AvroSerdes.translationFailure().deserialize(null, record.value()));
        }
      }
    }

    assertThat(translations.get(translations.size() - 1).getText()).isNotBlank();
    if (reason == null) {
      assertThat(failures).isEmpty();
      assertThat(translations).extracting(Translation::getMessageId).containsExactly("bad", nextId);
    } else {
      assertThat(translations).extracting(Translation::getMessageId).containsExactly(nextId);
      assertThat(failures).hasSize(1);
      var failure = failures.get(0);
      assertThat(failure.getReason()).isEqualTo(reason);
      assertThat(failure.getOffset()).isEqualTo(offset);
      assertThat(failure.getMessage()).contains("expected");
      if (value != null && value.length < 900_000) {
        assertThat(failure.getOriginalValue()).isEqualTo(ByteBuffer.wrap(value));
      }
    }
  }

  private static String[] tags(int count) {
    return IntStream.range(0, count).mapToObj(i -> "x-" + i).toArray(String[]::new);
  }

  private static byte[] bytes(String messageId, String text, String source, String... targets) {
    return AvroSerdes.sourceText()
        .serialize(
            Broker.SOURCE,
            new SourceText(
                messageId, text, source, List.of(targets), Instant.now(), Map.of(), List.of()));
  }

  /** A record whose text has the bytes that UTF-8 would give a lone surrogate, and a stray byte. */
  private static byte[] withoutUtf8() {
    var bytes = bytes("bad", "1234 is it?", "en", "fr");
    int text = new String(bytes, ISO_8859_1).indexOf("1234");
    System.arraycopy(
        new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80, (byte) 0xFF}, 0, bytes, text, 4);
    return bytes;
  }
}
