package io.streamglot.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.streamglot.app.format.ValueFormat;
import io.streamglot.app.recording.Damage;
import io.streamglot.app.recording.RecordingMetadata;
import io.streamglot.app.recording.RecordingReader;
import io.streamglot.app.recording.RecordingWriter;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.RecordedHeader;
import io.streamglot.schemas.RecordedMessage;
import io.streamglot.schemas.SourceText;
import io.streamglot.schemas.Translation;
import io.streamglot.schemas.TranslationFailure;
import io.streamglot.translator.decode.DecoderSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What {@code replay} makes of recordings and topics with the bundles that ship. */
class ReplayCommandTest extends OnATopicsBroker {
  private static final long NOON = Instant.parse("2026-11-20T12:00:00Z").toEpochMilli();
  private static final String MODELS = "../models/en-fr,../models/en-de";

  private static final List<String> TEXTS =
      List.of(
          "A dog runs through the grass.",
          "Two men are talking @anna 42.",
          "",
          "A woman in a red dress is singing. The people listen!");

  @TempDir private Path folder;
  private Path recording;
  private Path out;

  @BeforeEach
  void nameTheFiles() {
    recording = folder.resolve("chat.avro");
    out = folder.resolve("replayed.avro");
  }

  @Test
  void theSameRecordingAndBundleGiveTheSameBytes() throws Exception {
    write(messages(40));

    List<String> counts = replayed();
    assertThat(counts).startsWith("replayed: 41", "translations: 80", "failures: 1");
    assertThat(counts.get(3)).as("no 0.0").matches("seconds: (0\\.\\d{3}|[1-9]\\d*\\.\\d), .+");
    byte[] first = Files.readAllBytes(out);
    replayed("--force");

    assertThat(Files.readAllBytes(out)).isEqualTo(first);
    assertThat(RecordingReader.metadata(out))
        .containsEntry(RecordingMetadata.REPLAYED, "true")
        .containsEntry(RecordingMetadata.TOPIC, "source-text")
        .containsEntry(RecordingMetadata.SEARCH, "beam of the bundle, threads 1")
        .hasEntrySatisfying(
            RecordingMetadata.RECORDED_FROM, hash -> assertThat(hash).matches("[0-9a-f]{64}"))
        .hasEntrySatisfying(
            RecordingMetadata.BUNDLES,
            bundles -> assertThat(bundles).contains("\"name\":\"en-fr\"", "\"name\":\"en-de\""));
  }

  @Test
  void aRecordingSaysHowItsValuesAreWritten() throws Exception {
    byte[] text = "{\"text\": \"Hello.\", \"targetLanguages\": [\"fr\"]}".getBytes(UTF_8);
    write(List.of(message(0, text)), ValueFormat.JSON);

    assertThat(replayed()).contains("translations: 1", "failures: 0");
    assertThat(translation(read(out).get(0)).getTargetLanguage()).isEqualTo("fr");

    write(messages(1), ValueFormat.AVRO_REGISTRY);
    assertRefused(
        replay(arguments("--force")),
        "chat.avro: expected --config with streamglot.registry.url, for its values are avro-registry, actual none");
  }

  @Test
  void outcomesAreInTheOrderOfTheSourceWithItsKeysTimesAndPlaces() throws Exception {
    List<RecordedMessage> messages = messages(6);
    write(messages);
    replayed();

    List<RecordedMessage> outcomes = read(out);

    // Each into French and German, but the last, which is no text.
    assertThat(outcomes).hasSize(13);
    for (int i = 0; i < 12; i++) {
      RecordedMessage outcome = outcomes.get(i);
      RecordedMessage source = messages.get(i / 2);
      assertThat(outcome)
          .extracting(
              RecordedMessage::getTopic,
              RecordedMessage::getPartition,
              RecordedMessage::getOffset,
              RecordedMessage::getTimestamp,
              RecordedMessage::getKey,
              RecordedMessage::getHeaders)
          .containsExactly(
              "translations",
              source.getPartition(),
              source.getOffset(),
              source.getTimestamp(),
              source.getKey(),
              source.getHeaders());
      Translation translation = translation(outcome);
      assertThat(translation.getMessageId()).isEqualTo("m" + i / 2);
      assertThat(translation.getTargetLanguage()).isEqualTo(i % 2 == 0 ? "fr" : "de");
      assertThat(translation.getTranslatedAt().toEpochMilli()).isEqualTo(source.getTimestamp());
    }
    RecordedMessage failed = outcomes.get(12);
    TranslationFailure failure =
        AvroSerdes.translationFailure().deserialize(null, array(failed.getValue()));
    assertThat(failed.getTopic()).isEqualTo("translation-failures");
    assertThat(failure.getReason()).hasToString("UNDECODABLE");
    assertThat(failure.getFailedAt().toEpochMilli()).isEqualTo(failed.getTimestamp());
  }

  @Test
  void aReplayIsWhatTheApplicationPublishes() throws Exception {
    for (String topic : topics.names()) {
      broker.create(topic, Map.of());
    }
    broker.create("replayed-to", 3, Map.of());
    List<RecordedMessage> messages = messages(30);
    try (var producer =
        new KafkaProducer<>(
            broker.adminSettings(), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (RecordedMessage message : messages) {
        producer
            .send(
                new ProducerRecord<>(
                    topics.source(),
                    0,
                    message.getTimestamp(),
                    array(message.getKey()),
                    array(message.getValue())))
            .get();
      }
    }
    String config = broker.config(topics, MODELS);
    List<RecordedMessage> published;
    var bundles = Models.bundles(List.of(Path.of("../models/en-fr"), Path.of("../models/en-de")));
    var settings = new DecoderSettings(1);
    try (var app =
        broker.startApp(
            topics,
            Models.translators(bundles, settings, false, line -> {}),
            folder.resolve("state"),
            Map.of())) {
      assertThat(app.streams()).isNotNull();
      published = awaitPublished(config, 60);
    }

    replay("--config", config, "--topic", topics.source(), "--model", MODELS, "--out", out + "");
    replay(
        "--config",
        config,
        "--topic",
        topics.source(),
        "--model",
        MODELS,
        "--to-topic",
        "replayed-to");

    assertThat(read(out).stream().filter(m -> m.getTopic().endsWith("-out")))
        .extracting(RecordedMessage::getKey, m -> words(translation(m)))
        .containsExactlyElementsOf(
            published.stream().map(m -> tuple(m.getKey(), words(translation(m)))).toList());
    assertThat(recorded(config, "replayed-to"))
        .extracting(RecordedMessage::getKey, RecordedMessage::getValue)
        .containsExactlyElementsOf(
            read(out).stream().map(m -> tuple(m.getKey(), m.getValue())).toList());
  }

  @Test
  void aDamagedRecordingIsRefusedAndSalvagedIfAsked() throws Exception {
    write(messages(20));
    byte[] whole = Files.readAllBytes(recording);
    Files.write(recording, Arrays.copyOf(whole, whole.length - 5));

    assertRefused(replay(arguments()), "cut short after");
    assertRefused(replay(arguments()), "; --salvage uses what can be read");
    assertThat(out).doesNotExist();

    CommandLineRun run = replay(arguments("--salvage"));
    assertThat(run.exitCode()).as(run.err()).isZero();
    String skipped = "streamglot replay: warning: skipped: " + recording + ": ";
    assertThat(run.errLines())
        .anyMatch(line -> line.startsWith(skipped) && line.contains("cut short after"))
        .contains(skipped + "1 in all; messages that could be read: 21");
    assertThat(read(out)).hasSize(41);

    Files.write(recording, Arrays.copyOf(whole, whole.length - 60));
    assertThat(replay(arguments("--salvage", "--force")).errLines())
        .contains(skipped + "1 in all; nothing could be read");
  }

  @Test
  void atRecordedPaceItTakesAsLongAsItTook() throws Exception {
    write(messages(3));

    String seconds = replayed("--speed", "4").get(3);

    // Messages are a second apart; the last is three seconds after the first.
    assertThat(seconds).matches("seconds: (0\\.[789]\\d\\d|[1-9]\\d*\\.\\d), .+");
    assertThat(read(out)).hasSize(7);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void stoppedWhileNoMessageIsDueItEndsAndLeavesNothing() throws Exception {
    write(messages(3));
    Path part = RecordingWriter.partOf(out);
    var arguments = new ArrayList<>(List.of("replay"));
    arguments.addAll(List.of(arguments("--speed", "0.0001"))); // a message in three hours
    Path log = folder.resolve("log");
    Process program =
        ProgramProcess.builder(folder, arguments.toArray(String[]::new))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      while (!Files.exists(part)) { // the timeout of the test ends it
        assertThat(program.waitFor(50, TimeUnit.MILLISECONDS)).as("ended early").isFalse();
      }
      program.destroy();

      assertThat(program.waitFor(30, TimeUnit.SECONDS)).as("has ended").isTrue();
      assertThat(program.exitValue()).isEqualTo(143);
      assertThat(Files.readString(log)).contains("stopped; a replay begins anew");
      assertThat(part).doesNotExist();
      assertThat(out).doesNotExist();
    } finally {
      program.destroyForcibly();
    }
  }

  @Test
  void thePartOfAnInterruptedRecordingIsReplacedOnlyIfAsked() throws Exception {
    write(messages(2));
    Path part = RecordingWriter.partOf(out);
    Files.writeString(part, "recorded so far");

    assertRefused(
        replay(arguments()), "--out: expected no file of this name (--force replaces it)");

    assertThat(part).hasContent("recorded so far");
    replayed("--force");
    assertThat(part).doesNotExist();
  }

  @Test
  void theRecordingThatIsReadIsNeverWrittenOver() throws Exception {
    write(messages(2));
    byte[] recorded = Files.readAllBytes(recording);
    Path part = RecordingWriter.partOf(out);
    Files.move(recording, part);

    for (Path target : List.of(out, part)) {
      assertRefused(
          replay(part + "", "--model", MODELS, "--out", target + "", "--salvage", "--force"),
          "--out: expected another file than the recording, actual " + part);
    }

    assertThat(part).hasBinaryContent(recorded);
  }

  @Test
  void anotherBeamIsUsedAndNamed() throws Exception {
    write(messages(3));

    replayed("--beam", "1");

    assertThat(RecordingReader.metadata(out))
        .containsEntry(RecordingMetadata.SEARCH, "beam 1, threads 1");
  }

  @Test
  void whatIsWrongIsALineAndExitCode2() throws Exception {
    String model = "../models/en-fr";
    assertRefused(
        replay("--model", model, "--out", out + ""), "expected a RECORDING or --topic, actual");
    assertRefused(replay(recording + "", "--model", model), "--out=FILE | --to-topic=NAME");
    assertRefused(
        replay(recording + "", "--out", out + ""), "--model: expected a folder of a model bundle");
    assertRefused(
        replay(recording + "", "--model", model, "--out", out + ""),
        "chat.avro: file: expected a recording, actual no such file");
    write(messages(1));
    assertRefused(replay(arguments("--speed", "fast")), "--speed: expected max or a number above");
    for (String option :
        List.of("--from=5", "--to=9", "--partitions=0", "--key=room-1", "--header=lang=fr")) {
      assertRefused(
          replay(arguments(option)),
          option.split("=", 2)[0] + ": expected with --topic only, actual with the recording");
    }
    String inNoFolder = folder.resolve("none/replayed.avro").toString();
    for (String target : List.of(folder + "", inNoFolder)) {
      // Refused before the models are looked at.
      assertRefused(
          replay(recording + "", "--model", "nowhere", "--out", target),
          "--out: expected a file in a folder that there is, actual " + target);
    }
    assertRefused(replay(arguments("--beam", "0")), "--beam: expected 1 to 64, actual 0");
    assertRefused(replay(arguments("--model", "nowhere")), "nowhere");
    String config = broker.config(topics, model);
    assertRefused(
        replay(recording + "", "--config", config, "--to-topic", topics.failures()),
        "--to-topic: expected a topic of its own, actual '" + topics.failures());
    assertRefused(
        replay(recording + "", "--config", config, "--to-topic", "not-there"),
        "--to-topic: expected a topic that exists, actual no 'not-there'");
    Files.createFile(out);
    assertRefused(replay(arguments()), "--out: expected no file of this name");
  }

  private List<String> replayed(String... options) {
    CommandLineRun run = replay(arguments(options));
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run.outLines();
  }

  private String[] arguments(String... options) {
    var arguments =
        new ArrayList<>(
            List.of(recording + "", "--model", MODELS, "--threads", "1", "--out", out + ""));
    arguments.addAll(List.of(options));
    return arguments.toArray(String[]::new);
  }

  private static CommandLineRun replay(String... arguments) {
    var all = new ArrayList<>(List.of("replay"));
    all.addAll(List.of(arguments));
    return CommandLineRun.of("", all.toArray(String[]::new));
  }

  private static void assertRefused(CommandLineRun run, String message) {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(message);
    assertThat(run.errLines()).hasSize(1);
  }

  private List<RecordedMessage> awaitPublished(String config, int count) throws Exception {
    List<RecordedMessage> published = List.of();
    while (published.size() < count) { // the timeout of the test ends it
      published = recorded(config, topics.translations().get(0));
    }
    return published;
  }

  private List<RecordedMessage> recorded(String config, String topic) {
    Path file = folder.resolve(topic + ".avro");
    CommandLineRun run =
        CommandLineRun.of(
            "", "record", "--config", config, "--topic", topic, "--out", file + "", "--force");
    assertThat(run.exitCode()).as(run.err()).isZero();
    return read(file);
  }

  private static List<RecordedMessage> read(Path file) {
    var messages = new ArrayList<RecordedMessage>();
    try (var reader = RecordingReader.open(file, Damage.REFUSE)) {
      reader.forEachRemaining(messages::add);
    }
    return messages;
  }

  private void write(List<RecordedMessage> messages) throws IOException {
    write(messages, ValueFormat.AVRO);
  }

  private void write(List<RecordedMessage> messages, ValueFormat format) throws IOException {
    Files.deleteIfExists(recording);
    try (var writer =
        RecordingWriter.create(
            recording,
            Map.of(
                RecordingMetadata.TOPIC,
                "source-text",
                RecordingMetadata.FORMAT,
                format.toString()))) {
      messages.forEach(writer::write);
      writer.publish();
    }
  }

  /** Texts a second apart, and after them something that is no text. */
  private static List<RecordedMessage> messages(int texts) {
    var messages = new ArrayList<RecordedMessage>();
    for (int i = 0; i < texts; i++) {
      var text =
          new SourceText(
              "m" + i,
              TEXTS.get(i % TEXTS.size()),
              "en",
              List.of("fr", "de"),
              Instant.ofEpochMilli(NOON),
              Map.of(),
              List.of());
      messages.add(message(i, AvroSerdes.sourceText().serialize(null, text)));
    }
    messages.add(message(texts, "no text".getBytes(UTF_8)));
    return messages;
  }

  private static RecordedMessage message(int number, byte[] value) {
    ByteBuffer key = ByteBuffer.wrap(("room-" + number % 5).getBytes(UTF_8));
    return new RecordedMessage(
        "source-text",
        0,
        (long) number,
        NOON + number * 1000L,
        key,
        ByteBuffer.wrap(value),
        List.of(new RecordedHeader("trace", ByteBuffer.wrap(new byte[] {(byte) number}))));
  }

  private static List<Object> words(Translation translation) {
    return List.of(
        translation.getMessageId(), translation.getTargetLanguage(), translation.getText());
  }

  private static Translation translation(RecordedMessage message) {
    return AvroSerdes.translation().deserialize(null, array(message.getValue()));
  }

  private static byte[] array(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
