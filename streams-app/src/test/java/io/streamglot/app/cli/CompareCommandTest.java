package io.streamglot.app.cli;

import static io.streamglot.app.compare.Recordings.failed;
import static io.streamglot.app.compare.Recordings.translated;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamglot.app.compare.Recordings;
import io.streamglot.app.format.ValueFormat;
import io.streamglot.app.recording.RecordingMetadata;
import io.streamglot.app.recording.RecordingWriter;
import io.streamglot.schemas.RecordedMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompareCommandTest extends OnATopicsBroker {

  private static final List<RecordedMessage> OLD =
      List.of(
          translated("1", "fr", "Il fait beau aujourd'hui à Paris."),
          translated("2", "fr", "Le chien a mordu l'homme."),
          translated("3", "fr", "oui"));

  private static final List<RecordedMessage> NEW =
      List.of(
          translated("1", "fr", "Il fait beau aujourd'hui à Paris."),
          translated("2", "fr", "Un \u001b[31mchien a mordu l'homme.", -0.75f, "1.1.0", 50),
          failed("3", "fr"));

  @TempDir private Path folder;

  private Path old;
  private Path candidate;

  @BeforeEach
  void record() {
    old = Recordings.writeLive(folder.resolve("old.avro"), OLD);
    candidate = Recordings.writeLive(folder.resolve("new.avro"), NEW);
  }

  @Test
  void twoEqualRecordingsAreIdenticalAndPassEveryGate() {
    CommandLineRun run =
        compare(old, old, "--fail-on", "changed>0,missing>0,new>0,failed>0,agreement-bleu<100");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.outLines())
        .contains("identical               3   100.00 %  same text")
        .contains("NEW against OLD: BLEU 100.00, chrF2 100.00");
  }

  @ParameterizedTest
  @EnumSource(names = {"JSON", "TEXT"})
  void translationsInAnyFormatCompareWithThoseInAvro(ValueFormat format) {
    Path live = Recordings.writeLive(folder.resolve("live.avro"), OLD, format);

    CommandLineRun run = compare(live, old, "--fail-on", "identical<3");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.outLines())
        .as("a text does not say when it was translated")
        .anySatisfy(
            line ->
                assertThat(line)
                    .matches(
                        format == ValueFormat.TEXT
                            ? "latency ms +- +- +-"
                            : "latency ms +20 / 20 +20 / 20 +0 / 0"));
  }

  @Test
  void valuesThatNeedARegistryAreRefusedWithoutOneAndWithOneThatDoesNotAnswer() throws Exception {
    Path live = folder.resolve("live.avro");
    try (var writer =
        RecordingWriter.create(live, Map.of(RecordingMetadata.FORMAT, "avro-registry"))) {
      writer.write(Recordings.record("translations", new byte[] {0, 0, 0, 0, 1}));
      writer.publish();
    }
    Path config =
        Files.writeString(
            folder.resolve("app.properties"),
            "bootstrap.servers=localhost:1\nstreamglot.registry.url=http://localhost:1\n");

    CommandLineRun without = compare(live, old);
    CommandLineRun unreachable = compare(live, old, "--config", config.toString());

    assertThat(without.exitCode()).isEqualTo(2);
    assertThat(without.err())
        .contains("live.avro: expected --config with streamglot.registry.url, for its values are");
    assertThat(unreachable.exitCode()).as(unreachable.err()).isEqualTo(2);
    assertThat(unreachable.errLines()).singleElement().asString().contains("http://localhost:1");
  }

  @Test
  void saysWhatChangedAndNothingOfATextActsOnTheTerminal() {
    CommandLineRun run = compare(old, candidate);

    assertThat(run.exitCode()).isZero();
    assertThat(run.outLines())
        .contains("changed                 1    33.33 %  other text")
        .contains("failed-new              1    33.33 %  failed in NEW only")
        .contains("                1 by en-fr 1.1.0")
        .contains("  OLD  Le chien a mordu l'homme.")
        .contains("  NEW  Un <U+001B>[31mchien a mordu l'homme.")
        .contains("  NEW  (TRANSLATION_FAILED: expected a translation, actual none)")
        .anySatisfy(line -> assertThat(line).matches("latency ms +20 / 20 +20 / 50 +0 / 30"));
    assertThat(run.out()).doesNotContain("\u001b");
  }

  @Test
  void eachGateThatFailsHasALineAndTheExitCodeIsOne() {
    CommandLineRun run =
        compare(old, candidate, "--fail-on", "changed>50%,changed>0,missing>0,failed-new>0");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errLines())
        .containsExactly(
            "streamglot compare: changed: expected at most 0, actual 1",
            "streamglot compare: failed-new: expected at most 0, actual 1");
  }

  @Test
  void writesWhatProgramsReadAndAReport() throws IOException {
    Path json = folder.resolve("comparison.json");
    Path html = folder.resolve("report.html");
    Path references =
        Files.writeString(folder.resolve("right.tsv"), "2\tfr\tLe chien a mordu l'homme.\n");

    CommandLineRun run =
        compare(
            old,
            candidate,
            "--json=" + json,
            "--html=" + html,
            "--references=" + references,
            "--fail-on=bleu<-0.5");

    assertThat(run.exitCode()).isEqualTo(1);
    JsonNode comparison = new ObjectMapper().readTree(json.toFile());
    assertThat(comparison.at("/version").intValue()).isEqualTo(1);
    assertThat(comparison.at("/pairs").intValue()).isEqualTo(3);
    assertThat(comparison.at("/counts/changed").intValue()).isEqualTo(1);
    assertThat(comparison.at("/new/models/en-fr 1.1.0").intValue()).isEqualTo(1);
    assertThat(comparison.at("/references/old/bleu").doubleValue()).isEqualTo(100);
    assertThat(comparison.at("/references/bleuP").doubleValue()).isBetween(0.0, 1.0);
    assertThat(comparison.at("/latencyMs/difference/p95").intValue()).isEqualTo(30);
    assertThat(comparison.at("/failedGates/0").textValue()).startsWith("bleu: expected at least");
    assertThat(comparison.at("/differences/0/messageId").textValue()).isEqualTo("2");
    assertThat(comparison.at("/differences/0/new/score").floatValue()).isEqualTo(-0.75f);
    assertThat(comparison.at("/differences/1/new/reason").textValue())
        .isEqualTo("TRANSLATION_FAILED");
    assertThat(html).content().contains("Failed: bleu: expected at least");
  }

  @Test
  void aTopicIsASideAsItIs() throws Exception {
    String topic = topics.translations().get(0);
    broker.create(topic, 2, Map.of());
    String config = broker.config(topics, "..");
    try (var producer =
        new KafkaProducer<>(
            broker.adminSettings(), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < NEW.size() - 1; i++) {
        RecordedMessage message = NEW.get(i);
        producer
            .send(
                new ProducerRecord<>(
                    topic, i % 2, message.getTimestamp(), null, message.getValue().array()))
            .get();
      }
    }

    CommandLineRun run = compare(old.toString(), "topic:" + topic, "--config=" + config);

    assertThat(run.err()).isEmpty();
    assertThat(run.outLines())
        .contains("NEW  topic:" + topic + ": 2 outcomes")
        .contains("changed                 1    33.33 %  other text")
        .contains("missing                 1    33.33 %  in OLD, nothing in NEW")
        .anySatisfy(line -> assertThat(line).matches("latency ms +20 / 20 +20 / 50 +0 / 30"));
    assertThat(compare(old.toString(), "topic:none", "--config=" + config).err())
        .contains("topic: expected one of the Kafka at", "actual no 'none'");
    assertThat(compare(old.toString(), "topic:none").err())
        .isEqualToIgnoringNewLines(
            "streamglot compare: topic:none: expected --config with the settings of its Kafka,"
                + " actual none");
  }

  @Test
  void aReplayTellsNoLatency() {
    Path replayed = Recordings.write(folder.resolve("replayed.avro"), NEW);

    assertThat(compare(old, replayed).outLines())
        .anySatisfy(line -> assertThat(line).matches("latency ms +- +- +-"));
  }

  @Test
  void aDamagedRecordingIsRefusedAndUsedOnlyIfAskedFor() throws IOException {
    byte[] whole = Files.readAllBytes(candidate);
    Path cut = folder.resolve("cut.avro");
    Files.write(cut, Arrays.copyOf(whole, whole.length - 18));

    CommandLineRun refused = compare(old, cut);
    CommandLineRun salvaged = compare(old, cut, "--salvage");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.errLines()).hasSize(1);
    assertThat(refused.err()).contains("cut.avro").contains("cut short");
    assertThat(salvaged.exitCode()).isZero();
    assertThat(salvaged.err()).startsWith("streamglot compare: warning: skipped: " + cut);
    assertThat(salvaged.out()).contains("failed in NEW only");
  }

  @Test
  void wrongInputIsOneLine() {
    assertRefused("none.avro: file: expected a recording, actual no such file", "none.avro");
    assertRefused("--fail-on bleu<-1: expected --references, actual none", "--fail-on", "bleu<-1");
    assertRefused("--fail-on: expected one of identical,", "--fail-on=speed>1");
    assertRefused("--worst: expected at least 0, actual -1", "--worst=-1");
    assertRefused("right.tsv: expected references, actual no such file", "--references=right.tsv");
    assertRefused("x.html: expected a file that can be written", "--html=no/such/folder/x.html");
  }

  private void assertRefused(String message, String... arguments) {
    CommandLineRun run =
        arguments[0].equals("none.avro")
            ? compare(old, Path.of("none.avro"))
            : compare(old, candidate, arguments);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.err()).contains(message);
  }

  private static CommandLineRun compare(Path old, Path candidate, String... options) {
    return compare(old.toString(), candidate.toString(), options);
  }

  private static CommandLineRun compare(String old, String candidate, String... options) {
    return CommandLineRun.of(
        "",
        Stream.concat(Stream.of("compare", old, candidate), Arrays.stream(options))
            .toArray(String[]::new));
  }
}
