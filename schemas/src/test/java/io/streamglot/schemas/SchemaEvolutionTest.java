package io.streamglot.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the schemas to what was released. */
class SchemaEvolutionTest {

  static final List<Schema> CURRENT =
      List.of(
          SourceText.getClassSchema(),
          Translation.getClassSchema(),
          TranslationFailure.getClassSchema(),
          PendingRecord.getClassSchema());

  static Stream<Arguments> released() {
    return AvroSerdes.RELEASED.stream()
        .flatMap(version -> CURRENT.stream().map(schema -> Arguments.of(version, schema)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("released")
  void currentSchemasReadWhatReleasedOnesWrote(String version, Schema current) {
    assertThat(compatibility(current, AvroSerdes.frozen(version, current.getName())))
        .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
  }

  static Stream<AvroSerde<?>> serdes() {
    return Stream.of(
        AvroSerdes.sourceText(),
        AvroSerdes.translation(),
        AvroSerdes.translationFailure(),
        AvroSerdes.pendingRecord());
  }

  @ParameterizedTest
  @MethodSource("serdes")
  void whatOthersSeeIsWhatIsWrittenWithoutWhatIsForJava(AvroSerde<?> serde) throws IOException {
    var published = serde.publishedSchema();

    assertThat(published.toString()).doesNotContain("avro.java");
    assertThat(SchemaNormalization.toParsingForm(published))
        .isEqualTo(SchemaNormalization.toParsingForm(serde.schema()));
    assertThat(published)
        .isEqualTo(
            new Schema.Parser()
                .parse(Path.of("src/main/avro", published.getName() + ".avsc").toFile()));
  }

  @Test
  void aNewFieldWithoutADefaultWouldBeFound() {
    var frozen = AvroSerdes.frozen("v1", "SourceText");
    var fields =
        new ArrayList<>(
            frozen.getFields().stream()
                .map(field -> new Schema.Field(field, field.schema()))
                .toList());
    fields.add(new Schema.Field("urgency", Schema.create(Schema.Type.INT), "How urgent."));
    var changed =
        Schema.createRecord(
            frozen.getName(), frozen.getDoc(), frozen.getNamespace(), false, fields);

    assertThat(compatibility(changed, frozen)).isEqualTo(SchemaCompatibilityType.INCOMPATIBLE);
  }

  @ParameterizedTest
  @CsvSource({
    "v1, SourceText, c28fcadeaf331d56",
    "v1, Translation, 798037f0e9bd9eb5",
    "v1, TranslationFailure, dcc14c37b076a286",
    "v1, PendingRecord, de9e4736d2c1b355",
  })
  void frozenCopiesAreNeverEdited(String version, String name, String fingerprint) {
    var frozen = AvroSerdes.frozen(version, name);

    assertThat("%016x".formatted(SchemaNormalization.parsingFingerprint64(frozen)))
        .isEqualTo(fingerprint);
  }

  static Stream<Arguments> recordsOfVersion1() {
    return Stream.of(
        Arguments.of(
            AvroSerdes.sourceText(),
            new SourceText(
                "m1",
                "Où est la gare ? 🚉",
                "fr",
                List.of("en", "de"),
                Instant.parse("2026-11-20T12:00:00.123Z"),
                Map.of("room", "7"),
                List.of())),
        Arguments.of(
            AvroSerdes.translation(),
            new Translation(
                "m1",
                "fr",
                "en",
                "Where is the station?",
                -0.25f,
                List.of(new Alternative("Where's the station?", -0.5f)),
                true,
                "fr-en",
                "1.0.0",
                Instant.parse("2026-11-20T12:00:00.456Z"),
                Map.of("room", "7"))),
        Arguments.of(
            AvroSerdes.translationFailure(),
            new TranslationFailure(
                "m1",
                "zh",
                "source-text",
                2,
                41L,
                FailureReason.UNSUPPORTED_LANGUAGE_PAIR,
                "no model",
                null,
                ByteBuffer.wrap(new byte[] {(byte) 0xC3, 1}),
                Instant.parse("2026-11-20T12:00:00.789Z"))),
        Arguments.of(
            AvroSerdes.pendingRecord(),
            new PendingRecord(
                "source-text",
                2,
                41L,
                1_000L,
                ByteBuffer.wrap(new byte[] {1}),
                ByteBuffer.wrap(new byte[] {2, 3}),
                List.of(new PendingHeader("trace", ByteBuffer.wrap(new byte[] {4}))))));
  }

  @ParameterizedTest
  @MethodSource("recordsOfVersion1")
  void bytesOfVersion1AreStillRead(AvroSerde<SpecificRecord> serde, SpecificRecord expected)
      throws IOException {
    assertThat(serde.deserialize("topic", bytes("v1", expected.getSchema().getName())))
        .isEqualTo(expected);
  }

  @Test
  void whatAnEarlierSchemaLackedTakesItsDefault() throws IOException {
    var earlier =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "SourceText", "namespace": "io.streamglot.schemas",
                 "fields": [
                  {"name": "messageId", "type": "string"},
                  {"name": "text", "type": "string"},
                  {"name": "targetLanguages", "type": {"type": "array", "items": "string"}},
                  {"name": "sentAt", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}
                """);
    var written =
        new GenericRecordBuilder(earlier)
            .set("messageId", "m0")
            .set("text", "Hello")
            .set("targetLanguages", List.of("fr"))
            .set("sentAt", 5L)
            .build();
    var buffer = new BinaryMessageEncoder<>(new GenericData(), earlier).encode(written);
    var bytes = new byte[buffer.remaining()];
    buffer.get(bytes);

    assertThat(new AvroSerde<>(SourceText.class, List.of(earlier)).deserialize("topic", bytes))
        .isEqualTo(
            new SourceText(
                "m0", "Hello", null, List.of("fr"), Instant.ofEpochMilli(5), Map.of(), List.of()));
  }

  private static SchemaCompatibilityType compatibility(Schema reader, Schema writer) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType();
  }

  private static byte[] bytes(String version, String name) throws IOException {
    try (var in =
        SchemaEvolutionTest.class.getResourceAsStream("bytes/%s/%s.hex".formatted(version, name))) {
      return HexFormat.of()
          .parseHex(new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip());
    }
  }
}
