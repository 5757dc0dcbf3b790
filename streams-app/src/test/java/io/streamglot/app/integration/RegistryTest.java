package io.streamglot.app.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.streamglot.app.format.Formats;
import io.streamglot.app.format.MessageReader;
import io.streamglot.app.format.RegistryException;
import io.streamglot.app.format.RegistrySettings;
import io.streamglot.app.format.SubjectNaming;
import io.streamglot.app.format.TranslationReader;
import io.streamglot.app.format.TranslationWriter;
import io.streamglot.app.format.ValueFormat;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.PendingRecord;
import io.streamglot.schemas.SourceText;
import io.streamglot.schemas.Translation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The format avro-registry against a real registry, read and written with plain Avro beside it. */
class RegistryTest {

  private static final String SOURCE = "source-text";
  private static final Schema TEXT_SCHEMA = AvroSerdes.sourceText().publishedSchema();

  @TempDir private static Path folder;
  private static RegistryServer registry;
  private static FormatRun run;

  @BeforeAll
  static void startRegistry() throws Exception {
    var hindrance = RegistryServer.hindrance();
    assumeTrue(hindrance.isEmpty(), () -> hindrance.orElseThrow());
    registry = RegistryServer.start(folder);
    run = new FormatRun();
  }

  @AfterAll
  static void stop() {
    if (registry != null) {
      registry.close();
    }
    if (run != null) {
      run.close();
    }
  }

  @ParameterizedTest(name = "{0} to {1}")
  @MethodSource("pairs")
  void theTranslationsOf200SentencesAreTheSame(ValueFormat source, ValueFormat translations)
      throws Exception {
    int id = registry.register(SOURCE + "-value", TEXT_SCHEMA);
    run.verify(
        new Formats(source, translations, List.of(), Optional.of(settings(true))),
        text ->
            source == ValueFormat.AVRO_REGISTRY
                ? framed(id, generic(text))
                : FormatRun.write(source, text),
        value ->
            translations == ValueFormat.AVRO_REGISTRY
                ? generic(value).get("text").toString()
                : FormatRun.read(translations, value));
  }

  static Stream<Arguments> pairs() {
    return Stream.of(ValueFormat.values())
        .flatMap(
            other ->
                Stream.of(
                    Arguments.of(ValueFormat.AVRO_REGISTRY, other),
                    Arguments.of(other, ValueFormat.AVRO_REGISTRY)))
        .distinct();
  }

  @Test
  void aProducersOwnVersionOfTheSchemaIsRead() throws Exception {
    var schema =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "SourceText", "namespace": "com.example.chat",
                 "fields": [
                   {"name": "mood", "type": "string"},
                   {"name": "text", "type": "string"},
                   {"name": "messageId", "type": "string"},
                   {"name": "targetLanguages", "type": {"type": "array", "items": "string"}},
                   {"name": "sentAt", "type": "long"}]}""");
    var record = new GenericData.Record(schema);
    record.put("mood", "good");
    record.put("text", "Hello");
    record.put("messageId", "m1");
    record.put("targetLanguages", List.of("fr"));
    record.put("sentAt", 1_000L);

    var message = reader().read(pending(framed(registry.register("own-value", schema), record)));

    assertThat(message.text())
        .isEqualTo(
            new SourceText(
                "m1",
                "Hello",
                null,
                List.of("fr"),
                Instant.ofEpochMilli(1_000),
                Map.of(),
                List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "TOPIC, naming-translations-value",
    "RECORD, io.streamglot.schemas.Translation",
    "TOPIC_RECORD, naming-translations-io.streamglot.schemas.Translation"
  })
  void theSchemaIsRegisteredUnderTheSubjectOfTheStrategy(SubjectNaming naming, String subject)
      throws Exception {
    writer(
        "naming-translations",
        new RegistrySettings(registry.url(), Optional.empty(), naming, true, Map.of()));

    assertThat(registry.versions(subject)).isEqualTo(1);
  }

  @Test
  void whatIsRegisteredIsTheSchemaAsPublished() throws Exception {
    var value = writer("published", settings(true)).value("published", TRANSLATION, Map.of());

    assertThat(registry.schema(id(value)).toString())
        .isEqualTo(new Schema.Parser().parse(published()).toString());
  }

  @Test
  void aSchemaThatMayNotBeRegisteredHasToBeThere() throws Exception {
    assertThatThrownBy(() -> writer("strict", settings(false)))
        .isInstanceOf(RegistryException.class)
        .hasMessageContainingAll(
            registry.url().toString(),
            "subject strict-value",
            "may not be registered",
            "actual none");
    assertThat(registry.versions("strict-value")).isZero();

    int id = registry.register("strict-value", published());
    var value = writer("strict", settings(false)).value("strict", TRANSLATION, Map.of());

    assertThat(id(value)).isEqualTo(id);
    assertThat(generic(value).get("text")).hasToString("Bonjour");
    assertThat(
            TranslationReader.of(ValueFormat.AVRO_REGISTRY, Optional.of(settings(false)))
                .read(pending(value)))
        .isEqualTo(TRANSLATION);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anOlderVersionWithOtherWordsIsTheSameSchema(boolean register) throws Exception {
    var topic = "words-" + register;
    var subject = topic + "-value";
    int id = registry.register(subject, published().replace("The translation", "What came out"));
    registry.register(
        subject,
        published()
            .replaceFirst(
                "\"fields\": \\[",
                "\"fields\": [{\"name\": \"mood\", \"type\": \"string\", \"default\": \"good\"},"));

    var value = writer(topic, settings(register)).value(topic, TRANSLATION, Map.of());

    assertThat(id(value)).isEqualTo(id);
    assertThat(registry.versions(subject)).isEqualTo(2);
  }

  @Test
  void aSubjectWithOtherSchemasAloneLacksOurs() throws Exception {
    registry.register("other-value", "{\"type\": \"string\"}");

    assertThatThrownBy(() -> writer("other", settings(false)))
        .isInstanceOf(RegistryException.class)
        .hasMessageContainingAll("subject other-value", "actual others: versions [1]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          01 00 00 00 01 | value: expected 00 and a schema's id of 4 bytes, actual 5 bytes starting with 01
          00 00 00       | value: expected 00 and a schema's id of 4 bytes, actual 3 bytes starting with 00
          00 7F FF FF FF 00 | expected an Avro schema, actual status 404
          """)
  void aValueThatNamesNoKnownSchemaIsTheRecordsFault(String hex, String message) {
    var bytes = java.util.HexFormat.ofDelimiter(" ").parseHex(hex);

    assertThatThrownBy(() -> reader().read(pending(bytes)))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aValueOfAnotherKindOfRecordIsTheRecordsFault() throws Exception {
    var other =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Order", "fields": [{"name": "n", "type": "int"}]}""");
    var order = new GenericData.Record(other);
    order.put("n", 5);
    var bytes = framed(registry.register("orders-value", other), order);

    assertThatThrownBy(() -> reader().read(pending(bytes)))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("SourceText: expected a record that was written with Order");
  }

  @Test
  void aRecordCutShortIsTheRecordsFault() throws Exception {
    int id = registry.register(SOURCE + "-value", TEXT_SCHEMA);
    byte[] huge =
        ByteBuffer.allocate(10)
            .put((byte) 0)
            .putInt(id)
            .put(new byte[] {-2, -1, -1, -1, 15})
            .array();

    assertThatThrownBy(() -> reader().read(pending(huge)))
        .isInstanceOf(SerializationException.class);
  }

  private static final Translation TRANSLATION =
      new Translation(
          "m1",
          "en",
          "fr",
          "Bonjour",
          -1f,
          List.of(),
          false,
          "en-fr",
          "1",
          Instant.EPOCH,
          Map.of());

  private static TranslationWriter writer(String topic, RegistrySettings settings) {
    return TranslationWriter.of(
        new Formats(ValueFormat.AVRO, ValueFormat.AVRO_REGISTRY, List.of(), Optional.of(settings)),
        List.of(topic));
  }

  private static MessageReader reader() {
    return MessageReader.of(
        new Formats(
            ValueFormat.AVRO_REGISTRY, ValueFormat.AVRO, List.of(), Optional.of(settings(true))));
  }

  private static RegistrySettings settings(boolean register) {
    return new RegistrySettings(
        registry.url(), Optional.empty(), SubjectNaming.TOPIC, register, Map.of());
  }

  private static PendingRecord pending(byte[] value) {
    return new PendingRecord(SOURCE, 0, 0L, 0L, null, ByteBuffer.wrap(value), List.of());
  }

  /** As a program without our classes has it. */
  private static GenericRecord generic(SourceText text) {
    var record = new GenericData.Record(TEXT_SCHEMA);
    record.put("messageId", text.getMessageId());
    record.put("text", text.getText());
    record.put("sourceLanguage", text.getSourceLanguage());
    record.put("targetLanguages", text.getTargetLanguages());
    record.put("sentAt", text.getSentAt().toEpochMilli());
    record.put("attributes", text.getAttributes());
    record.put("doNotTranslate", text.getDoNotTranslate());
    return record;
  }

  private static int id(byte[] value) {
    return ByteBuffer.wrap(value).getInt(1);
  }

  /** What the README points to. */
  private static String published() throws IOException {
    return Files.readString(Path.of("../schemas/src/main/avro/Translation.avsc"));
  }

  private static GenericRecord generic(byte[] value) {
    var bytes = ByteBuffer.wrap(value);
    assertThat(bytes.get()).isZero();
    try {
      var schema = registry.schema(bytes.getInt());
      return new GenericDatumReader<GenericRecord>(schema)
          .read(null, DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] framed(int id, GenericRecord record) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
    try {
      var binary = EncoderFactory.get().directBinaryEncoder(out, null);
      new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, binary);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
