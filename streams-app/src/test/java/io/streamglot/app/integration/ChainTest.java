package io.streamglot.app.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.app.format.Formats;
import io.streamglot.app.format.ValueFormat;
import io.streamglot.app.topology.StreamsDefaults;
import io.streamglot.app.topology.TopologySettings;
import io.streamglot.app.topology.TranslationTopology;
import io.streamglot.app.topology.Translators;
import io.streamglot.schemas.SourceText;
import io.streamglot.translator.BundleTranslator;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.decode.DecoderSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one application translated is the source of another. */
class ChainTest {

  private static BundleTranslator enFr;

  @BeforeAll
  static void openModel() throws IOException {
    enFr = BundleTranslator.open(ModelBundle.open(Model.FOLDER), new DecoderSettings(1));
  }

  @AfterAll
  static void closeModel() {
    enFr.close();
  }

  /**
   * The first translates into French, and so would the second, from English, whatever text is taken
   * for English. Its source has what the sender asked of the first.
   */
  @ParameterizedTest
  @CsvSource({"TEXT, TEXT", "JSON, TEXT", "TEXT, JSON", "JSON, JSON"})
  void theSecondKnowsTheLanguageOfWhatTheFirstTranslated(ValueFormat source, ValueFormat between) {
    var text =
        new SourceText(
            "m1",
            "Where is the station?",
            "en",
            List.of("fr-CA"),
            Instant.EPOCH,
            Map.of(),
            List.of());
    var asked =
        new RecordHeaders()
            .add("traceparent", bytes("00-0af7-b7ad-01"))
            .add("streamglot-source-language", bytes("en"))
            .add("streamglot-target-languages", bytes("fr-CA"));

    var first =
        translated(
            source, between, new TestRecord<>(bytes("room"), FormatRun.write(source, text), asked));
    var second = translated(between, ValueFormat.TEXT, first);

    assertThat(header(second, "streamglot-source-language")).isEqualTo("fr-CA");
    assertThat(header(second, "streamglot-target-language")).isEqualTo("fr");
    assertThat(header(second, "streamglot-model")).startsWith("none");
    assertThat(header(second, "traceparent")).isEqualTo("00-0af7-b7ad-01");
    assertThat(FormatRun.read(ValueFormat.TEXT, second.value()))
        .isEqualTo(FormatRun.read(between, first.value()))
        .isNotEqualTo(text.getText());
  }

  /** What an application makes of a record, into French where nobody asks for another language. */
  private static TestRecord<byte[], byte[]> translated(
      ValueFormat source, ValueFormat translations, TestRecord<byte[], byte[]> record) {
    var settings =
        TopologySettings.defaults()
            .withFormats(new Formats(source, translations, List.of("fr"), Optional.empty()));
    try (var driver =
        new TopologyTestDriver(
            TranslationTopology.build(settings, new Translators(List.of(enFr))),
            StreamsDefaults.with(Map.of("bootstrap.servers", "none:9092")))) {
      driver
          .createInputTopic(
              settings.sourceTopic(), new ByteArraySerializer(), new ByteArraySerializer())
          .pipeInput(record);
      driver.advanceWallClockTime(Duration.ofSeconds(1));
      return driver
          .createOutputTopic(
              settings.translationsTopic(),
              new ByteArrayDeserializer(),
              new ByteArrayDeserializer())
          .readRecord();
    }
  }

  private static String header(TestRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return new String(header.value(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
