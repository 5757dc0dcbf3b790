package io.streamglot.app.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.streamglot.app.format.Formats;
import io.streamglot.app.format.ValueFormat;
import io.streamglot.app.topology.StreamsDefaults;
import io.streamglot.app.topology.TopologySettings;
import io.streamglot.app.topology.TranslationTopology;
import io.streamglot.app.topology.Translators;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.SourceText;
import io.streamglot.translator.BundleTranslator;
import io.streamglot.translator.Translation;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.decode.DecoderSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** Sends 200 sentences through the topology with the shipped model, in any formats. */
final class FormatRun implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Instant SENT_AT = Instant.parse("2026-11-20T12:00:00Z");

  private final BundleTranslator translator;
  private final List<String> sentences;
  private final List<String> expected;

  FormatRun() throws IOException {
    translator = BundleTranslator.open(ModelBundle.open(Model.FOLDER), new DecoderSettings(1));
    sentences = Files.readAllLines(Path.of("../translator/src/test/resources/sentences/en.txt"));
    expected = translator.translate(sentences).stream().map(Translation::text).toList();
  }

  /**
   * Holds the translations that come out to what the model makes of the sentences by itself.
   *
   * @param write value of a source record
   * @param read text of a translation's value
   */
  void verify(Formats formats, Function<SourceText, byte[]> write, Function<byte[], String> read) {
    var settings = settings(formats);
    try (var driver =
        new TopologyTestDriver(
            TranslationTopology.build(settings, new Translators(List.of(translator))),
            StreamsDefaults.with(Map.of("bootstrap.servers", "none:9092")))) {
      var in =
          driver.createInputTopic(
              settings.sourceTopic(), new ByteArraySerializer(), new ByteArraySerializer());
      for (int i = 0; i < sentences.size(); i++) {
        in.pipeInput(
            new TestRecord<>(
                bytes("room"),
                write.apply(
                    new SourceText(
                        "m" + i,
                        sentences.get(i),
                        "en",
                        List.of("fr"),
                        SENT_AT,
                        Map.of(),
                        List.of())),
                headers(formats.source() == ValueFormat.TEXT),
                SENT_AT));
      }
      driver.advanceWallClockTime(Duration.ofSeconds(1));
      var out =
          driver.createOutputTopic(
              settings.translationsTopic(),
              new ByteArrayDeserializer(),
              new ByteArrayDeserializer());
      var records = out.readRecordsToList();
      assertThat(records).extracting(record -> read.apply(record.value())).isEqualTo(expected);
      assertThat(records)
          .allSatisfy(
              record -> {
                assertThat(record.key()).isEqualTo(bytes("room"));
                assertThat(record.getRecordTime()).isEqualTo(SENT_AT);
                assertThat(record.headers().lastHeader("traceparent").value())
                    .isEqualTo(bytes("00-0af7-b7ad-01"));
              });
    }
  }

  /** How a source text is written in a format that needs no registry. */
  static byte[] write(ValueFormat format, SourceText text) {
    return switch (format) {
      case AVRO -> AvroSerdes.sourceText().serialize("source-text", text);
      case JSON ->
          bytes(
              JSON.createObjectNode()
                  .put("messageId", text.getMessageId())
                  .put("text", text.getText())
                  .put("sourceLanguage", "en")
                  .set("targetLanguages", JSON.createArrayNode().add("fr"))
                  .toString());
      case TEXT -> bytes(text.getText());
      case AVRO_REGISTRY -> throw new IllegalArgumentException("needs a registry");
    };
  }

  /** The text of a translation in a format that needs no registry. */
  static String read(ValueFormat format, byte[] value) {
    return switch (format) {
      case AVRO -> AvroSerdes.translation().deserialize("translations", value).getText();
      case JSON -> {
        try {
          yield JSON.readTree(value).path("text").asText();
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
      }
      case TEXT -> new String(value, StandardCharsets.UTF_8);
      case AVRO_REGISTRY -> throw new IllegalArgumentException("needs a registry");
    };
  }

  @Override
  public void close() {
    translator.close();
  }

  /** The defaults in other formats, and without a cache. */
  static TopologySettings settings(Formats formats) {
    return TopologySettings.defaults().withFormats(formats).withCacheMaxBytes(0);
  }

  private static RecordHeaders headers(boolean withLanguages) {
    var headers = new RecordHeaders();
    headers.add("traceparent", bytes("00-0af7-b7ad-01"));
    if (withLanguages) {
      headers.add("streamglot-source-language", bytes("en"));
      headers.add("streamglot-target-languages", bytes("fr"));
    }
    return headers;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
