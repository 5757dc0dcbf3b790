package io.streamglot.app.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.streamglot.schemas.RecordedHeader;
import io.streamglot.schemas.RecordedMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordingTest {
  private static final Map<String, String> METADATA =
      Map.of(RecordingMetadata.TOPIC, "source-text", RecordingMetadata.RANGE, "{\"0\":[0,9]}");

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("chat.avro");
  }

  @Test
  void messagesReadBackAsWritten() {
    var messages = randomMessages(2_000, 7);
    write(messages);

    assertThat(read(Damage.REFUSE)).isEqualTo(messages);
    assertThat(RecordingWriter.partOf(file)).doesNotExist();
    try (var reader = RecordingReader.open(file, Damage.REFUSE)) {
      assertThat(reader.metadata())
          .isEqualTo(
              Map.of(
                  RecordingMetadata.VERSION, "1",
                  RecordingMetadata.TOPIC, "source-text",
                  RecordingMetadata.RANGE, "{\"0\":[0,9]}"));
    }
  }

  @Test
  void aRecordingMayBeEmpty() {
    write(List.of());

    assertThat(read(Damage.REFUSE)).isEmpty();
  }

  @Test
  void equalMessagesGiveEqualBytes() throws IOException {
    write(randomMessages(1_000, 3));
    byte[] first = Files.readAllBytes(file);
    write(randomMessages(1_000, 3));

    assertThat(Files.readAllBytes(file)).isEqualTo(first);
  }

  @Test
  void theReaderOfAvroReadsIt() throws IOException {
    var messages = randomMessages(1_000, 5);
    write(messages);

    var read = new ArrayList<GenericRecord>();
    try (var reader =
        new DataFileReader<GenericRecord>(file.toFile(), new GenericDatumReader<>())) {
      reader.forEachRemaining(read::add);
      assertThat(reader.getMetaString(RecordingMetadata.TOPIC)).isEqualTo("source-text");
    }

    assertThat(read)
        .extracting(message -> message.get("offset"), message -> message.get("value"))
        .isEqualTo(messages.stream().map(m -> tuple(m.getOffset(), m.getValue())).toList());
  }

  @Test
  void aFileThatIsCutAnywhereIsRefusedAndItsWholeBlocksAreSalvaged() throws IOException {
    var messages = largeMessages(3);
    write(messages);
    byte[] whole = Files.readAllBytes(file);
    List<Integer> ends = blockEnds(whole);
    assertThat(ends).hasSize(5);

    // Every byte near an end of a block, and some between them.
    for (int length = 0; length < whole.length; length++) {
      int cut = length;
      if (ends.stream().noneMatch(end -> Math.abs(end - cut) < 24) && length % 97 != 0) {
        continue;
      }
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> read(Damage.REFUSE))
          .as("cut at %d", length)
          .isInstanceOf(RecordingException.class)
          .hasMessageStartingWith(file + ": ")
          .hasMessageContaining(": expected ")
          .hasMessageContaining(", actual ");
      if (length >= ends.get(0)) {
        long blocks = ends.stream().filter(end -> end <= cut).count() - 1;
        assertThat(read(Damage.SALVAGE))
            .as("cut at %d", length)
            .isEqualTo(messages.subList(0, (int) blocks));
      }
    }
  }

  @Test
  void anyFlippedBitIsRefusedUnlessItChangesNothing() throws IOException {
    var messages = randomMessages(2, 1);
    write(messages);
    byte[] whole = Files.readAllBytes(file);
    int headerBits = blockEnds(whole).get(0) * 8;
    int withoutEffect = 0;

    for (int bit = 0; bit < whole.length * 8; bit += bit < headerBits ? 11 : 1) {
      Files.write(file, flipped(whole, bit));
      try (var reader = RecordingReader.open(file, Damage.REFUSE)) {
        assertThat(all(reader)).as("bit %d", bit).isEqualTo(messages);
        assertThat(reader.metadata()).as("bit %d", bit).containsAllEntriesOf(METADATA);
        withoutEffect++;
      } catch (RecordingException e) {
        assertThat(e).hasMessageMatching("\\S+: .+: expected .+, actual .+");
      }
    }

    // Such as the size of the window in the header of a compressed block.
    assertThat(withoutEffect).isLessThan(30);
  }

  @Test
  void ofABlockWithAFlippedBitOnlyThatBlockIsLost() throws IOException {
    var messages = largeMessages(4);
    write(messages);
    byte[] whole = Files.readAllBytes(file);
    List<Integer> ends = blockEnds(whole);

    for (int damaged = 0; damaged < messages.size(); damaged++) {
      int middle = (ends.get(damaged) + ends.get(damaged + 1)) / 2;
      Files.write(file, flipped(whole, middle * 8L));
      var rest = new ArrayList<>(messages);
      rest.remove(damaged);

      assertThatThrownBy(() -> read(Damage.REFUSE))
          .hasMessageContaining(
              "chat.avro: block at byte %d: expected".formatted(ends.get(damaged)));
      try (var reader = RecordingReader.open(file, Damage.SALVAGE)) {
        assertThat(all(reader)).isEqualTo(rest);
        assertThat(reader.skipped())
            .singleElement()
            .asString()
            .contains("block at byte " + ends.get(damaged));
      }
    }
  }

  @Test
  void anotherSchemaVersionIsRefusedAndReadByItsNamesIfAsked() throws IOException {
    var longer =
        SchemaBuilder.record("RecordedMessage").namespace("io.streamglot.schemas").fields();
    for (var field : RecordedMessage.getClassSchema().getFields()) {
      longer.name(field.name()).type(field.schema()).noDefault();
    }
    Schema later = longer.requiredInt("leaderEpoch").endRecord();
    var message = randomMessages(1, 2).get(0);
    var written = new GenericRecordBuilder(later).set("leaderEpoch", 4);
    for (var field : RecordedMessage.getClassSchema().getFields()) {
      written.set(field.name(), message.get(field.name()));
    }
    foreign(later, Map.of(RecordingMetadata.VERSION, "2"), written.build());

    assertThatThrownBy(() -> read(Damage.REFUSE)).isInstanceOf(RecordingException.class);
    try (var reader = RecordingReader.open(file, Damage.SALVAGE)) {
      assertThat(all(reader)).containsExactly(message);
      assertThat(reader.skipped())
          .anySatisfy(line -> assertThat(line).contains("format version: expected 1, actual 2"))
          .anySatisfy(
              line ->
                  assertThat(line)
                      .contains("schema: expected io.streamglot.schemas.RecordedMessage with"));
    }
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void anAvroFileOfAnotherKindIsRefused(Damage damage) throws IOException {
    Schema other = SchemaBuilder.record("Other").fields().requiredInt("number").endRecord();
    foreign(other, Map.of(), new GenericRecordBuilder(other).set("number", 1).build());
    assertThatThrownBy(() -> read(damage))
        .hasMessageContaining("expected metadata of a recording, actual an Avro file of another");

    foreign(
        other,
        Map.of(RecordingMetadata.VERSION, "1"),
        new GenericRecordBuilder(other).set("number", 1).build());
    assertThatThrownBy(() -> RecordingReader.open(file, damage))
        .isInstanceOf(RecordingException.class);
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void whatIsNoRecordingIsNamed(Damage damage) throws IOException {
    assertThatThrownBy(() -> read(damage))
        .hasMessage(file + ": file: expected a recording, actual no such file");
    Files.writeString(file, "Hello, world");
    assertThatThrownBy(() -> read(damage)).hasMessageContaining("first bytes: expected 'Obj'");
    Files.delete(file);
    Files.createDirectory(file);
    assertThatThrownBy(() -> read(damage)).hasMessageContaining("actual a folder");
  }

  @Test
  void whatIsNotPublishedIsResumedToTheSameBytes() throws IOException {
    var messages = randomMessages(3_000, 11);
    write(messages);
    byte[] expected = Files.readAllBytes(file);
    Files.delete(file);
    for (int interruptedAfter : new int[] {0, 1, 500, 2_999, 3_000}) {
      try (var writer = RecordingWriter.create(file, METADATA)) {
        messages.subList(0, interruptedAfter).forEach(writer::write);
      }
      assertThat(file).doesNotExist();
      // A machine that lost power leaves half a block.
      Path part = RecordingWriter.partOf(file);
      long length = Files.size(part);
      Files.write(part, Arrays.copyOf(Files.readAllBytes(part), (int) length + 30));
      var written = new ArrayList<RecordedMessage>();
      try (var writer = RecordingWriter.resume(file, written::add)) {
        assertThat(written).isEqualTo(messages.subList(0, written.size()));
        messages.subList(written.size(), messages.size()).forEach(writer::write);
        writer.publish();
      }

      assertThat(Files.readAllBytes(file)).isEqualTo(expected);
      Files.delete(file);
    }
  }

  private void write(List<RecordedMessage> messages) {
    try (var writer = RecordingWriter.create(file, METADATA)) {
      messages.forEach(writer::write);
      writer.publish();
    }
  }

  private List<RecordedMessage> read(Damage damage) {
    try (var reader = RecordingReader.open(file, damage)) {
      return all(reader);
    }
  }

  private static List<RecordedMessage> all(RecordingReader reader) {
    var messages = new ArrayList<RecordedMessage>();
    reader.forEachRemaining(messages::add);
    return messages;
  }

  /** Written by Avro, with what it makes of the end of a file. */
  private void foreign(Schema schema, Map<String, String> metadata, GenericRecord message)
      throws IOException {
    try (var writer = new DataFileWriter<GenericRecord>(new GenericDatumWriter<>(schema))) {
      new TreeMap<>(metadata).forEach(writer::setMeta);
      writer.setCodec(CodecFactory.zstandardCodec(3, true)).create(schema, file.toFile());
      writer.append(message);
    }
  }

  /** By Avro's own reader: the ends of header and blocks, the last without messages. */
  private List<Integer> blockEnds(byte[] whole) throws IOException {
    var ends = new ArrayList<Integer>();
    try (var reader =
        new DataFileReader<GenericRecord>(file.toFile(), new GenericDatumReader<>())) {
      ends.add((int) reader.previousSync());
      while (reader.hasNext()) {
        reader.nextBlock();
        ends.add((int) reader.previousSync());
      }
    }
    if (ends.get(ends.size() - 1) < whole.length) {
      ends.add(whole.length);
    }
    return ends;
  }

  private static byte[] flipped(byte[] bytes, long bit) {
    byte[] flipped = bytes.clone();
    flipped[(int) (bit / 8)] ^= (byte) (1 << (bit % 8));
    return flipped;
  }

  /** Each of them fills a block. */
  private static List<RecordedMessage> largeMessages(int count) {
    var random = new Random(9);
    var messages = new ArrayList<RecordedMessage>();
    for (int i = 0; i < count; i++) {
      byte[] value = new byte[70_000];
      for (int at = 0; at < value.length; at++) {
        value[at] = (byte) ('a' + random.nextInt(at % 100 == 0 ? 26 : 1));
      }
      messages.add(
          new RecordedMessage("topic", 0, (long) i, 5L, null, ByteBuffer.wrap(value), List.of()));
    }
    return messages;
  }

  private static List<RecordedMessage> randomMessages(int count, long seed) {
    var random = new Random(seed);
    var messages = new ArrayList<RecordedMessage>();
    for (int i = 0; i < count; i++) {
      var headers = new ArrayList<RecordedHeader>();
      for (int h = random.nextInt(3); h > 0; h--) {
        headers.add(new RecordedHeader("h" + random.nextInt(5), bytes(random, 20)));
      }
      messages.add(
          new RecordedMessage(
              "source-text",
              random.nextInt(6),
              random.nextLong() >>> 1,
              random.nextLong(),
              bytes(random, 30),
              bytes(random, 300),
              headers));
    }
    return messages;
  }

  private static ByteBuffer bytes(Random random, int most) {
    int length = random.nextInt(most) - 1;
    if (length < 0) {
      return null;
    }
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return random.nextBoolean()
        ? ByteBuffer.wrap(bytes)
        : StandardCharsets.UTF_8.encode("é".repeat(length / 2));
  }
}
