package io.streamglot.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.app.recording.Damage;
import io.streamglot.app.recording.RecordingMetadata;
import io.streamglot.app.recording.RecordingReader;
import io.streamglot.app.recording.RecordingWriter;
import io.streamglot.app.recording.Redaction;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.RecordedHeader;
import io.streamglot.schemas.RecordedMessage;
import io.streamglot.schemas.SourceText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code record} writes of a topic on a broker. */
class RecordCommandTest extends OnATopicsBroker {
  private static final long NOON = Instant.parse("2026-11-20T12:00:00Z").toEpochMilli();

  @TempDir private Path folder;
  private Path out;

  @BeforeEach
  void nameTheFile() {
    out = folder.resolve("chat.avro");
  }

  @Test
  void aTopicIsRecordedAsItIsTheOldestMessageFirst() throws Exception {
    List<RecordedMessage> sent = send(3, 700);

    assertThat(recorded()).containsExactly("recorded: 700", "passed over: 0 offsets");

    assertThat(read()).isEqualTo(oldestFirst(sent));
    byte[] first = Files.readAllBytes(out);
    assertThat(record("--force").exitCode()).isZero();
    assertThat(Files.readAllBytes(out)).isEqualTo(first);
    try (var reader = RecordingReader.open(out, Damage.REFUSE)) {
      assertThat(reader.metadata())
          .containsEntry(RecordingMetadata.TOPIC, topics.source())
          .containsEntry(RecordingMetadata.FORMAT, "avro")
          .containsKeys(RecordingMetadata.CLUSTER, RecordingMetadata.RANGE)
          .doesNotContainKeys(RecordingMetadata.FILTER, RecordingMetadata.REDACTED);
    }
  }

  @Test
  void whatWasInterruptedIsResumedToTheSameBytesEvenIfMessagesCameSince() throws Exception {
    send(2, 2_000);
    recorded();
    byte[] whole = Files.readAllBytes(out);
    List<RecordedMessage> messages = read();
    var metadata = new TreeMap<>(RecordingReader.metadata(out));
    metadata.remove(RecordingMetadata.VERSION);
    Files.delete(out);
    try (var writer = RecordingWriter.create(out, metadata)) {
      messages.subList(0, 1_500).forEach(writer::write);
    }
    send(2, 50);

    assertThat(recorded()).startsWith("recorded: 2000");

    assertThat(Files.readAllBytes(out)).isEqualTo(whole);
    assertThat(RecordingWriter.partOf(out)).doesNotExist();
  }

  @Test
  void aPartOfAnotherCommandIsLeftAlone() throws Exception {
    send(1, 10);
    try (var writer = RecordingWriter.create(out, Map.of(RecordingMetadata.TOPIC, "another"))) {
      assertThat(writer.messages()).isZero();
    }
    byte[] part = Files.readAllBytes(RecordingWriter.partOf(out));

    assertRefused(
        record(), "chat.avro.part: expected a part of the same command, actual one begun");

    assertThat(Files.readAllBytes(RecordingWriter.partOf(out))).isEqualTo(part);
  }

  @Test
  void anotherCommandThanThePartsIsToldWhatDiffers() throws Exception {
    send(1, 10);
    recorded();
    var metadata = new TreeMap<>(RecordingReader.metadata(out));
    metadata.remove(RecordingMetadata.VERSION);
    Files.delete(out);
    RecordingWriter.create(out, metadata).close();

    String command = "chat.avro.part: expected a part of the same command, actual one begun with ";
    assertRefused(record("--redact"), command + "redacted 'none' instead of 'true'; --force");
    assertRefused(
        record("--from", "5", "--key", "a*"),
        command
            + "filter 'none' instead of 'key a*',"
            + " request 'from earliest to latest, partitions all' instead of"
            + " 'from 5 to latest, partitions all'; --force");
  }

  @Test
  void aRangeIsOffsetsOrTimesOfSomePartitions() throws Exception {
    List<RecordedMessage> sent = send(3, 300);
    Instant time = Instant.ofEpochMilli(NOON + 60_000);

    record("--from", "5", "--to", "9", "--partitions", "0,2-2");
    assertThat(read())
        .isEqualTo(
            oldestFirst(
                sent.stream()
                    .filter(m -> m.getPartition() != 1)
                    .filter(m -> m.getOffset() >= 5 && m.getOffset() < 9)
                    .toList()));

    // Kafka's lookup: all from the first message of that time or later.
    record("--force", "--from", time.toString(), "--partitions", "1");
    long first =
        sent.stream()
            .filter(m -> m.getPartition() == 1 && m.getTimestamp() >= time.toEpochMilli())
            .mapToLong(RecordedMessage::getOffset)
            .min()
            .orElseThrow();
    assertThat(read())
        .isEqualTo(
            oldestFirst(
                sent.stream()
                    .filter(m -> m.getPartition() == 1 && m.getOffset() >= first)
                    .toList()));
  }

  @Test
  void aFilterTakesKeysAndHeaders() throws Exception {
    List<RecordedMessage> sent = send(2, 200);

    record("--key", "room-1*", "--header", "lang=fr");

    assertThat(read())
        .isNotEmpty()
        .isEqualTo(
            oldestFirst(
                sent.stream()
                    .filter(m -> m.getKey() != null && text(m.getKey()).startsWith("room-1"))
                    .filter(
                        m ->
                            m.getHeaders().stream()
                                .anyMatch(header -> text(header.getValue()).equals("fr")))
                    .toList()));
    assertThat(RecordingReader.metadata(out))
        .containsEntry(RecordingMetadata.FILTER, "key room-1*, header lang=fr");
  }

  @Test
  void redactedTextsKeepTheirShapeAndNothingElseChanges() throws Exception {
    createTopics(1);
    String said = "Ask @anna_k or Anna.K@example.com, room 42, not @anna_k!";
    try (var producer = producer()) {
      producer.send(new ProducerRecord<>(topics.source(), bytes("room-7"), text("m1", said))).get();
      producer.send(new ProducerRecord<>(topics.source(), null, bytes("no text at all"))).get();
    }

    CommandLineRun run = record("--redact");

    assertThat(run.errLines())
        .anyMatch(line -> line.endsWith("left out, neither text nor translation: 1"));
    List<RecordedMessage> messages = read();
    SourceText redacted =
        AvroSerdes.sourceText().deserialize(null, array(messages.get(0).getValue()));
    assertThat(redacted.getText())
        .matches(
            "Ask (@[a-z]{4}_[a-z]) or [A-Z][a-z]{3}\\.[A-Z]@[a-z]{7}\\.[a-z]{3}, room \\d\\d, not"
                + " \\1!")
        .doesNotContain("anna", "Anna", "example");
    assertThat(redacted.getMessageId()).isEqualTo("m1");
    assertThat(text(messages.get(0).getKey())).isEqualTo("room-7");
    assertThat(messages.get(1).getValue()).isNull();
    assertThat(RecordingReader.metadata(out)).containsEntry(RecordingMetadata.REDACTED, "true");
    assertThat(folder).isDirectoryNotContaining(file -> file.toString().endsWith(".key"));
  }

  @Test
  void aRedactionGoesOnWithItsKeyAndSaysSinceWhenItCounts() throws Exception {
    createTopics(1);
    try (var producer = producer()) {
      producer.send(new ProducerRecord<>(topics.source(), null, bytes("no text"))).get();
      producer.send(new ProducerRecord<>(topics.source(), null, text("m1", "Ask @anna"))).get();
      producer.send(new ProducerRecord<>(topics.source(), null, bytes("nor that"))).get();
    }
    record("--redact");
    var metadata = new TreeMap<>(RecordingReader.metadata(out));
    metadata.remove(RecordingMetadata.VERSION);
    RecordedMessage first = read().get(0);
    Files.delete(out);
    Path part = RecordingWriter.partOf(out);
    try (var writer = RecordingWriter.create(folder.resolve("begun"), metadata)) {
      writer.write(first);
      writer.publish();
    }
    Files.move(folder.resolve("begun"), part);
    Path key = folder.resolve("chat.avro.part.key");

    assertRefused(record("--redact"), "chat.avro.part.key: expected that it can be read");

    Files.write(key, new byte[Redaction.KEY_BYTES]);
    CommandLineRun run = record("--redact");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.errLines())
        .anyMatch(line -> line.endsWith("nor translation, since it was resumed: 1"));
    String redacted =
        AvroSerdes.sourceText().deserialize(null, array(read().get(1).getValue())).getText();
    assertThat(redacted)
        .isEqualTo(new Redaction(new byte[Redaction.KEY_BYTES]).redact("Ask @anna"));
    assertThat(key).doesNotExist();
  }

  @Test
  void aFileThatOnlyLooksLikeAKeyIsLeftAlone() throws Exception {
    send(1, 1);
    Path users = Files.writeString(folder.resolve("chat.avro.key"), "the user's");
    Path unasked = Files.writeString(folder.resolve("chat.avro.part.key"), "a key");

    assertRefused(record("--redact"), "--redact: expected no file of this name (--force replaces");
    assertThat(RecordingWriter.partOf(out)).doesNotExist();
    recorded();
    assertThat(unasked).hasContent("a key");
    record("--redact", "--force");

    assertThat(unasked).doesNotExist();
    assertThat(users).hasContent("the user's");
  }

  @Test
  void aBeginningThatWasDeletedSinceIsSaid() throws Exception {
    send(1, 100);
    recorded();
    List<RecordedMessage> messages = read();
    var metadata = new TreeMap<>(RecordingReader.metadata(out));
    metadata.remove(RecordingMetadata.VERSION);
    Files.delete(out);
    RecordingWriter.create(out, metadata).close();
    broker.deleteRecords(topics.source(), 30);

    CommandLineRun run = record();

    assertThat(run.errLines())
        .anyMatch(line -> line.endsWith("-0: offsets 0 to 29 were deleted before they were read"));
    assertThat(read()).isEqualTo(messages.subList(30, 100));
  }

  @Test
  void whatIsWrongIsALineAndExitCode2() throws Exception {
    send(1, 1);
    assertRefused(record("--topic", "nothing-here"), "topic: expected one of the Kafka at");
    assertRefused(record("--from", "yesterday"), "--from: expected earliest, latest, an offset,");
    assertRefused(record("--partitions", "0,x"), "expected numbers and ranges such as 0,2-4");
    assertRefused(record("--partitions", "7"), "--partitions: expected some of [0]");
    recorded();
    assertRefused(record(), "--out: expected no file of this name (--force replaces it)");
  }

  private List<String> recorded() throws IOException {
    CommandLineRun run = record();
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run.outLines();
  }

  private CommandLineRun record(String... options) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of("record", "--config", broker.config(topics, ".."), "--out", out.toString()));
    arguments.addAll(List.of(options));
    return CommandLineRun.of("", arguments.toArray(String[]::new));
  }

  private static void assertRefused(CommandLineRun run, String message) {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(message);
    assertThat(run.errLines()).hasSize(1);
  }

  private List<RecordedMessage> read() {
    var messages = new ArrayList<RecordedMessage>();
    try (var reader = RecordingReader.open(out, Damage.REFUSE)) {
      reader.forEachRemaining(messages::add);
    }
    return messages;
  }

  /** What is on each partition is in the order of time here. */
  private static List<RecordedMessage> oldestFirst(List<RecordedMessage> messages) {
    return messages.stream()
        .sorted(
            Comparator.comparingLong(RecordedMessage::getTimestamp)
                .thenComparingInt(RecordedMessage::getPartition)
                .thenComparingLong(RecordedMessage::getOffset))
        .toList();
  }

  /** Sends messages of growing time to all partitions, some of them without a key or a value. */
  private List<RecordedMessage> send(int partitions, int count) throws Exception {
    createTopics(partitions);
    var random = new Random(count);
    var sending = new ArrayList<Future<RecordMetadata>>();
    var messages = new ArrayList<ProducerRecord<byte[], byte[]>>();
    try (var producer = producer()) {
      for (int i = 0; i < count; i++) {
        byte[] key = random.nextInt(10) == 0 ? null : bytes("room-" + random.nextInt(20));
        byte[] value = random.nextInt(20) == 0 ? null : text("m" + i, "Text " + i);
        var message =
            new ProducerRecord<>(
                topics.source(), random.nextInt(partitions), NOON + i * 500L, key, value);
        message.headers().add("lang", bytes(random.nextBoolean() ? "fr" : "de"));
        messages.add(message);
        sending.add(producer.send(message));
      }
    }
    var sent = new ArrayList<RecordedMessage>();
    for (int i = 0; i < count; i++) {
      var message = messages.get(i);
      byte[] language = message.headers().lastHeader("lang").value();
      sent.add(
          new RecordedMessage(
              topics.source(),
              message.partition(),
              sending.get(i).get().offset(),
              message.timestamp(),
              buffer(message.key()),
              buffer(message.value()),
              List.of(new RecordedHeader("lang", buffer(language)))));
    }
    return sent;
  }

  private void createTopics(int partitions) throws Exception {
    if (!broker.exists(topics.source())) {
      broker.create(topics.source(), partitions, Map.of());
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    Map<String, Object> settings = new HashMap<>(broker.adminSettings());
    // Of several under way, a partition that is not ready yet may refuse the first for good.
    settings.put("max.in.flight.requests.per.connection", 1);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static byte[] text(String id, String text) {
    return AvroSerdes.sourceText()
        .serialize(
            null,
            new SourceText(
                id, text, "en", List.of("fr"), Instant.ofEpochMilli(5), Map.of(), List.of()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return bytes == null ? null : ByteBuffer.wrap(bytes);
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
  }

  private static byte[] array(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
