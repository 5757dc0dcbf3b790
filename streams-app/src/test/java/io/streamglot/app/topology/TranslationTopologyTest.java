package io.streamglot.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.FailureReason;
import io.streamglot.schemas.SourceText;
import io.streamglot.schemas.Translation;
import io.streamglot.schemas.TranslationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The topology with its topics, its store as configured, and a clock that the test moves. */
class TranslationTopologyTest {

  private TopologyTestDriver driver;
  private TestInputTopic<String, SourceText> texts;
  private TestOutputTopic<String, Translation> translations;
  private TestOutputTopic<String, TranslationFailure> failures;

  @BeforeEach
  void start() {
    start("exactly_once_v2");
  }

  private void start(String guarantee) {
    driver =
        new TopologyTestDriver(
            TranslationTopology.build(
                new TopologySettings(
                    "source-text",
                    "translations",
                    "failures",
                    100,
                    100_000,
                    10_000,
                    Duration.ofMillis(20)),
                new Translators(List.of(new TestTranslator("en", "fr")))),
            StreamsDefaults.with(
                Map.of("bootstrap.servers", "none:9092", "processing.guarantee", guarantee)));
    texts =
        driver.createInputTopic(
            "source-text", new StringSerializer(), AvroSerdes.sourceText().serializer());
    translations =
        driver.createOutputTopic(
            "translations", new StringDeserializer(), AvroSerdes.translation().deserializer());
    failures =
        driver.createOutputTopic(
            "failures", new StringDeserializer(), AvroSerdes.translationFailure().deserializer());
  }

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void afterTheFirstTextsWaitForTheTimerAndLeaveInOrder() {
    texts.pipeInput("room", Records.text("m0", "zero", "en", "fr"));
    assertThat(translations.readValue().getText()).isEqualTo("fr:zero");

    var now = Instant.now();
    texts.pipeInput("room", Records.text("m1", "one", "en", "fr"), now);
    texts.pipeInput("room", Records.text("m2", "two", "en", "fr"), now.plusMillis(1));
    driver.advanceWallClockTime(Duration.ofMillis(19));
    assertThat(translations.isEmpty()).isTrue();

    driver.advanceWallClockTime(Duration.ofMillis(1));
    var records = translations.readRecordsToList();
    assertThat(records)
        .extracting(record -> record.getValue().getText())
        .containsExactly("fr:one", "fr:two");
    assertThat(records).extracting(record -> record.getKey()).containsOnly("room");
    assertThat(records)
        .extracting(record -> record.timestamp())
        .containsExactly(now.toEpochMilli(), now.toEpochMilli() + 1);
  }

  @Test
  void bytesThatAreNoAvroBecomeAFailureAndTheNextTextIsTranslated() {
    driver
        .createInputTopic("source-text", new StringSerializer(), new ByteArraySerializer())
        .pipeInput("room", new byte[] {1, 2, 3});
    texts.pipeInput("room", Records.text("m2", "two", "en", "fr"));
    driver.advanceWallClockTime(Duration.ofMillis(20));

    var failure = failures.readValue();
    assertThat(failure.getReason()).isEqualTo(FailureReason.UNDECODABLE);
    assertThat(failure.getOriginalValue().array()).containsExactly(1, 2, 3);
    assertThat(translations.readValue().getText()).isEqualTo("fr:two");
  }

  @Test
  void aTextThatTheChangelogWouldRefuseFailsAtOnceAndTheNextIsTranslated() {
    texts.pipeInput("room", Records.text("m1", "one", "en", "fr"));
    texts.pipeInput("room", Records.text("m2", " ".repeat(15_000_000), "en", "fr"));
    assertThat(translations.readValue().getText()).isEqualTo("fr:one");
    var failure = failures.readValue();
    assertThat(failure.getReason()).isEqualTo(FailureReason.TOO_LARGE);
    assertThat(failure.getOffset()).isEqualTo(1);
    assertThat(failure.getMessage()).startsWith("key, value and headers: expected at most 2031616");
    assertThat(driver.getKeyValueStore(TranslateProcessor.STORE).all()).isExhausted();

    texts.pipeInput("room", Records.text("m3", "three", "en", "fr"));
    driver.advanceWallClockTime(Duration.ofMillis(20));
    assertThat(translations.readValue().getText()).isEqualTo("fr:three");
    assertThat(failures.isEmpty()).isTrue();
  }

  @Test
  void underAtLeastOnceATextLeavesTheStoreOnceACommitHasFollowedItsTranslation() {
    driver.close();
    start("at_least_once");
    texts.pipeInput("room", Records.text("m1", "one", "en", "fr"));
    driver.advanceWallClockTime(Duration.ofMillis(20));
    assertThat(translations.readValue().getText()).isEqualTo("fr:one");
    try (var entries = driver.getKeyValueStore(TranslateProcessor.STORE).all()) {
      assertThat(entries).toIterable().hasSize(1);
    }

    driver.advanceWallClockTime(Duration.ofMillis(100));
    assertThat(driver.getKeyValueStore(TranslateProcessor.STORE).all()).isExhausted();
    assertThat(translations.isEmpty()).isTrue();
  }

  @Test
  void everyRunIgnoresWhatATransactionTookBackOrLeftOpen() {
    for (var guarantee : List.of("at_least_once", "exactly_once_v2")) {
      var config =
          new StreamsConfig(
              StreamsDefaults.with(
                  Map.of("bootstrap.servers", "x:1", "processing.guarantee", guarantee)));
      assertThat(config.getMainConsumerConfigs("group", "client", 0))
          .containsEntry("isolation.level", "read_committed");
      assertThat(config.getRestoreConsumerConfigs("client"))
          .containsEntry("isolation.level", "read_committed");
    }
  }

  @Test
  void userSettingsReplaceTheDefaults() {
    var settings =
        StreamsDefaults.with(
            Map.of("bootstrap.servers", "kafka:9092", "linger.ms", "50", "poll.ms", "100"));

    assertThat(settings)
        .containsEntry("linger.ms", "50")
        .containsEntry("poll.ms", "100")
        .containsEntry("processing.guarantee", "exactly_once_v2");
  }

  @Test
  void theSessionTimeoutIsLeftToTheBrokerUnderTheStreamsProtocol() {
    assertThat(StreamsDefaults.with(Map.of("group.protocol", "streams")))
        .doesNotContainKeys("session.timeout.ms", "heartbeat.interval.ms");
    assertThat(StreamsDefaults.with(Map.of())).containsKey("session.timeout.ms");
  }
}
