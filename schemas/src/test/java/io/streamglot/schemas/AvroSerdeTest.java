package io.streamglot.schemas;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AvroSerdeTest {

  private static final AvroSerde<SourceText> SERDE = AvroSerdes.sourceText();
  private static final SourceText HELLO =
      new SourceText(
          "m1",
          "Hello",
          "en",
          List.of("fr"),
          Instant.ofEpochMilli(1_000),
          Map.of("room", "7"),
          List.of());

  @Property(tries = 300)
  void sourceTextsReadBackAsWritten(
      @ForAll String messageId,
      @ForAll String text,
      @ForAll @Size(max = 3) List<String> targets,
      @ForAll @LongRange(min = -62_135_596_800_000L, max = 253_402_300_799_999L) long sentAt,
      @ForAll @Size(max = 3) Map<String, String> attributes,
      @ForAll @Size(max = 3) List<String> terms) {
    var written =
        new SourceText(
            encodable(messageId),
            encodable(text),
            targets.isEmpty() ? null : "en",
            targets.stream().map(AvroSerdeTest::encodable).toList(),
            Instant.ofEpochMilli(sentAt),
            encodable(attributes),
            terms.stream().map(AvroSerdeTest::encodable).toList());

    assertThat(SERDE.deserialize("topic", SERDE.serialize("topic", written))).isEqualTo(written);
  }

  @Property(tries = 300)
  void translationsReadBackAsWritten(
      @ForAll String text,
      @ForAll float score,
      @ForAll boolean truncated,
      @ForAll @Size(max = 3) List<String> others) {
    var written =
        new Translation(
            "m1",
            "en",
            "fr",
            encodable(text),
            score,
            others.stream().map(other -> new Alternative(encodable(other), score)).toList(),
            truncated,
            "en-fr",
            "1.0.0",
            Instant.ofEpochMilli(1),
            Map.of());
    var serde = AvroSerdes.translation();

    assertThat(serde.deserialize("topic", serde.serialize("topic", written))).isEqualTo(written);
  }

  @Property(tries = 300)
  void failuresReadBackAsWritten(
      @ForAll byte[] key, @ForAll byte[] value, @ForAll FailureReason reason) {
    var written =
        new TranslationFailure(
            null,
            null,
            "source-text",
            3,
            Long.MAX_VALUE,
            reason,
            "why",
            ByteBuffer.wrap(key),
            ByteBuffer.wrap(value),
            Instant.ofEpochMilli(1));
    var serde = AvroSerdes.translationFailure();

    assertThat(serde.deserialize("topic", serde.serialize("topic", written))).isEqualTo(written);
  }

  @Test
  void pendingRecordsReadBackAsWritten() {
    var written =
        new PendingRecord(
            "source-text",
            0,
            7L,
            8L,
            null,
            ByteBuffer.wrap(new byte[] {1, 2}),
            List.of(new PendingHeader("a", null), new PendingHeader("a", ByteBuffer.allocate(0))));
    var serde = AvroSerdes.pendingRecord();

    assertThat(serde.deserialize("topic", serde.serialize("topic", written))).isEqualTo(written);
  }

  static Stream<Arguments> placesOfLengths() {
    var bytes = SERDE.serialize("topic", HELLO);
    var text = new String(bytes, ISO_8859_1);
    return Stream.of(
        Arguments.of("message id", 10),
        Arguments.of("text", text.indexOf("Hello") - 1),
        Arguments.of("number of target languages", text.indexOf("fr") - 2),
        Arguments.of("number of attributes", text.indexOf("room") - 2));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("placesOfLengths")
  void aLengthBeyondTheEndIsRefusedBeforeRoomIsMadeForIt(String name, int place) {
    var whole = SERDE.serialize("topic", HELLO);
    var hugeLength = new byte[] {(byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0E};
    var bytes =
        ByteBuffer.allocate(whole.length + hugeLength.length - 1)
            .put(whole, 0, place)
            .put(hugeLength)
            .put(whole, place + 1, whole.length - place - 1)
            .array();
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();

    assertThatThrownBy(() -> SERDE.deserialize("topic", bytes))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("expected a whole record after the header");

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000_000);
  }

  @Test
  void nullStaysNull() {
    assertThat(SERDE.serialize("topic", null)).isNull();
    assertThat(SERDE.deserialize("topic", null)).isNull();
  }

  @Test
  void bytesStartWithTheMarkerOfSingleObjectEncoding() {
    assertThat(SERDE.serialize("topic", HELLO)).startsWith(0xC3, 0x01);
  }

  @Test
  void malformedUtf8IsReadAsReplacementCharacters() {
    var bytes = SERDE.serialize("topic", HELLO);
    int text = new String(bytes, ISO_8859_1).indexOf("Hello");
    // The UTF-8 form that a lone surrogate U+D800 would have, and a byte that UTF-8 never has.
    System.arraycopy(
        new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80, (byte) 0xFF}, 0, bytes, text, 4);

    assertThat(SERDE.deserialize("topic", bytes).getText()).matches("\uFFFD+o");
  }

  @Test
  void readingLeavesTheTrustSettingsOfTheJvmAlone() {
    SERDE.deserialize("topic", SERDE.serialize("topic", HELLO));

    assertThat(ClassSecurityValidator.getGlobal()).isSameAs(ClassSecurityValidator.DEFAULT);
    assertThat(ClassSecurityValidator.getGlobal().isTrusted(SourceText.class)).isFalse();
  }

  static Stream<Arguments> malformed() {
    var good = SERDE.serialize("topic", HELLO);
    var header = Arrays.copyOf(good, 10);
    var otherMarker = good.clone();
    otherMarker[0] = 0;
    var otherSchema = good.clone();
    otherSchema[2] ^= 1;
    var wholeRecord = "expected a whole record after the header";
    return Stream.of(
        Arguments.of("no bytes", new byte[0], "actual no bytes"),
        Arguments.of("one byte", new byte[] {(byte) 0xC3}, "actual 1 bytes starting with C3"),
        Arguments.of("header cut", Arrays.copyOf(good, 9), "actual 9 bytes starting with C3 01"),
        Arguments.of("plain text", "Hello".getBytes(UTF_8), "starting with 48 65 6C 6C 6F"),
        Arguments.of("other marker", otherMarker, "expected C3 01 and a fingerprint of 8 bytes"),
        Arguments.of("other schema", otherSchema, "expected a known schema, such as"),
        Arguments.of("header alone", header, wholeRecord),
        Arguments.of("last byte missing", Arrays.copyOf(good, good.length - 1), wholeRecord),
        Arguments.of("negative length", with(header, out -> out.writeLong(-5)), wholeRecord),
        Arguments.of("length of 1 GB", with(header, out -> out.writeLong(1 << 30)), wholeRecord),
        Arguments.of("length of 1 EB", with(header, out -> out.writeLong(1L << 60)), wholeRecord),
        Arguments.of(
            "no such branch of a union",
            with(
                header,
                out -> {
                  out.writeString("m1");
                  out.writeString("Hello");
                  out.writeIndex(9);
                }),
            wholeRecord),
        Arguments.of(
            "a billion target languages",
            with(
                header,
                out -> {
                  out.writeString("m1");
                  out.writeString("Hello");
                  out.writeIndex(0);
                  out.writeLong(1_000_000_000);
                }),
            wholeRecord));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformed")
  void malformedBytesAreRefusedWithWhatWasExpected(String name, byte[] bytes, String message) {
    assertThatThrownBy(() -> SERDE.deserialize("topic", bytes))
        .isInstanceOf(SerializationException.class)
        .hasMessageStartingWith("SourceText in Avro single-object encoding: expected")
        .hasMessageContaining(message);
  }

  @Property(tries = 500)
  void anyBytesAfterTheHeaderAreReadOrRefused(@ForAll @Size(max = 60) byte[] body) {
    var bytes =
        with(Arrays.copyOf(SERDE.serialize("topic", HELLO), 10), out -> out.writeFixed(body));
    try {
      assertThat(SERDE.deserialize("topic", bytes)).isNotNull();
    } catch (SerializationException e) {
      assertThat(e).hasMessageContaining("expected");
    }
  }

  private interface Body {
    void write(BinaryEncoder out) throws IOException;
  }

  private static byte[] with(byte[] header, Body body) {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(header);
    var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    try {
      body.write(encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The string without what UTF-8 cannot carry. */
  private static String encodable(String string) {
    return new String(string.getBytes(UTF_8), UTF_8);
  }

  private static Map<String, String> encodable(Map<String, String> strings) {
    var result = new HashMap<String, String>();
    strings.forEach((key, value) -> result.put(encodable(key), encodable(value)));
    return result;
  }
}
