package io.streamglot.benchmarks.chaos;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamglot.schemas.AvroSerde;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.FailureReason;
import io.streamglot.schemas.SourceText;
import io.streamglot.schemas.Translation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/**
 * Records that are not as they should be, each made of a good one. Most fail, each for its reason;
 * the others are odd, and translated all the same.
 */
enum Special {
  NO_BYTES(FailureReason.UNDECODABLE, good -> new byte[0]),
  ONE_BYTE(FailureReason.UNDECODABLE, good -> new byte[] {(byte) 0xC3}),
  MARKER_ALONE(FailureReason.UNDECODABLE, good -> Arrays.copyOf(bytes(good), 2)),
  HALF_A_FINGERPRINT(FailureReason.UNDECODABLE, good -> Arrays.copyOf(bytes(good), 6)),
  HEADER_ALONE(FailureReason.UNDECODABLE, good -> Arrays.copyOf(bytes(good), Bytes.HEADER)),
  ANOTHER_MARKER(FailureReason.UNDECODABLE, good -> with(bytes(good), 1, 0x02)),
  WRONG_FINGERPRINT(FailureReason.UNDECODABLE, good -> with(bytes(good), 5, bytes(good)[5] ^ 1)),
  FINGERPRINT_BACKWARDS(
      FailureReason.UNDECODABLE,
      good -> {
        byte[] bytes = bytes(good);
        for (int i = 2; i < Bytes.HEADER; i++) {
          bytes[i] = bytes(good)[Bytes.HEADER + 1 - i];
        }
        return bytes;
      }),
  NO_HEADER(
      FailureReason.UNDECODABLE,
      good -> Arrays.copyOfRange(bytes(good), Bytes.HEADER, bytes(good).length)),
  CONFLUENT_HEADER(
      FailureReason.UNDECODABLE,
      good -> {
        byte[] bytes = Arrays.copyOfRange(bytes(good), Bytes.HEADER - 5, bytes(good).length);
        Arrays.fill(bytes, 0, 4, (byte) 0);
        bytes[4] = 7;
        return bytes;
      }),
  CUT_IN_THE_ID(FailureReason.UNDECODABLE, good -> Arrays.copyOf(bytes(good), Bytes.HEADER + 2)),
  CUT_IN_THE_TEXT(
      FailureReason.UNDECODABLE,
      good -> Arrays.copyOf(bytes(good), Bytes.HEADER + 3 + good.getMessageId().length())),
  CUT_BY_A_BYTE(
      FailureReason.UNDECODABLE, good -> Arrays.copyOf(bytes(good), bytes(good).length - 1)),
  NEGATIVE_LENGTH(FailureReason.UNDECODABLE, good -> with(bytes(good), Bytes.HEADER, 0x03)),
  LENGTH_BEYOND_THE_END(
      FailureReason.UNDECODABLE,
      good -> {
        byte[] bytes = bytes(good);
        Arrays.fill(bytes, Bytes.HEADER, Bytes.HEADER + 4, (byte) 0xFE);
        bytes[Bytes.HEADER + 4] = 0x0E;
        return bytes;
      }),
  NO_SUCH_UNION_BRANCH(
      FailureReason.UNDECODABLE,
      good -> {
        byte[] text = good.getText().getBytes(UTF_8);
        byte[] bytes = bytes(good);
        int branch = Bytes.indexOf(bytes, text) + text.length;
        return with(bytes, branch, 0x08);
      }),
  ANOTHER_RECORD_TYPE(FailureReason.UNDECODABLE, Bytes::translation),
  PLAIN_TEXT(FailureReason.UNDECODABLE, good -> good.getText().getBytes(UTF_8)),
  JSON(FailureReason.UNDECODABLE, good -> good.toString().getBytes(UTF_8)),
  ZEROS(FailureReason.UNDECODABLE, good -> new byte[100]),
  NOISE(
      FailureReason.UNDECODABLE,
      good -> {
        byte[] noise = new byte[100];
        new Random(good.getMessageId().hashCode()).nextBytes(noise);
        return noise;
      }),
  COMPRESSED_BY_HAND(FailureReason.UNDECODABLE, good -> Bytes.gzip(bytes(good))),
  NULL(FailureReason.NULL_VALUE, good -> null),
  NO_TARGET(FailureReason.NO_TARGET_LANGUAGE, good -> into(good, List.of())),
  UNSERVED_TARGET(FailureReason.UNSUPPORTED_LANGUAGE_PAIR, good -> into(good, List.of("zh"))),
  EMPTY_TARGET(FailureReason.NO_TARGET_LANGUAGE, good -> into(good, List.of(""))),
  INVALID_TARGET(
      FailureReason.UNSUPPORTED_LANGUAGE_PAIR, good -> into(good, List.of("not a tag!\n"))),
  LONG_TARGET(
      FailureReason.UNSUPPORTED_LANGUAGE_PAIR, good -> into(good, List.of("x".repeat(20_000)))),
  UNSERVED_SOURCE(FailureReason.UNSUPPORTED_LANGUAGE_PAIR, good -> from(good, "tlh")),
  WRONG_WAY_ROUND(
      FailureReason.UNSUPPORTED_LANGUAGE_PAIR,
      good ->
          into(
              changed(good, good.getText(), good.getTargetLanguages().get(0)),
              List.of(good.getSourceLanguage()))),
  NO_SOURCE_LEADS_THERE(
      FailureReason.UNSUPPORTED_LANGUAGE_PAIR,
      good -> into(changed(good, good.getText(), null), List.of("zh"))),
  TOO_MANY_TARGETS(
      FailureReason.TOO_MANY_TARGET_LANGUAGES,
      good -> into(good, IntStream.range(0, 101).mapToObj(i -> "x-" + i).toList())),
  TOO_LARGE_A_TRANSLATION(
      FailureReason.TOO_LARGE,
      good -> bytes(changed(good, " ".repeat(1_000_000), good.getSourceLanguage()))),
  TOO_LARGE_TO_WAIT(
      FailureReason.TOO_LARGE,
      good -> bytes(changed(good, " ".repeat(2_600_000), good.getSourceLanguage()))),

  TRAILING_BYTES(
      null, good -> Arrays.copyOf(bytes(good), bytes(good).length + 3)), // Avro reads what it needs
  NO_SOURCE(null, good -> bytes(changed(good, good.getText(), null))),
  TARGET_TWICE(
      null,
      good ->
          into(good, List.of(good.getTargetLanguages().get(0), good.getTargetLanguages().get(0)))),
  EMPTY_TEXT(null, good -> bytes(changed(good, "", good.getSourceLanguage()))),
  BLANK_TEXT(null, good -> bytes(changed(good, " \t\n", good.getSourceLanguage()))),
  NO_UTF_8(null, Bytes::withoutUtf8);

  private final FailureReason reason;

  @SuppressWarnings("ImmutableEnumChecker") // the lambdas above keep nothing
  private final Function<SourceText, byte[]> value;

  Special(FailureReason reason, Function<SourceText, byte[]> value) {
    this.reason = reason;
    this.value = value;
  }

  /** Why it fails; empty if it is translated. */
  Optional<FailureReason> reason() {
    return Optional.ofNullable(reason);
  }

  /** The value of its record, which may be null. */
  byte[] value(SourceText good) {
    return value.apply(good);
  }

  /** How many kinds fail. */
  static long badKinds() {
    return Arrays.stream(values()).filter(each -> each.reason != null).count();
  }

  private static byte[] bytes(SourceText text) {
    return Bytes.SERDE.serialize(null, text);
  }

  private static byte[] with(byte[] bytes, int place, int value) {
    bytes[place] = (byte) value;
    return bytes;
  }

  private static byte[] into(SourceText good, List<String> targets) {
    return bytes(
        new SourceText(
            good.getMessageId(),
            good.getText(),
            good.getSourceLanguage(),
            targets,
            good.getSentAt(),
            good.getAttributes(),
            good.getDoNotTranslate()));
  }

  private static byte[] from(SourceText good, String source) {
    return bytes(changed(good, good.getText(), source));
  }

  private static SourceText changed(SourceText good, String text, String source) {
    return new SourceText(
        good.getMessageId(),
        text,
        source,
        new ArrayList<>(good.getTargetLanguages()),
        good.getSentAt(),
        good.getAttributes(),
        good.getDoNotTranslate());
  }

  /** Fields of an enum are not there yet when its constants are made. */
  private static final class Bytes {

    static final AvroSerde<SourceText> SERDE = AvroSerdes.sourceText();

    /** Marker and fingerprint. */
    static final int HEADER = 10;

    private Bytes() {}

    static byte[] translation(SourceText good) {
      return AvroSerdes.translation()
          .serialize(
              null,
              new Translation(
                  good.getMessageId(),
                  "en",
                  "fr",
                  good.getText(),
                  0f,
                  List.of(),
                  false,
                  "m",
                  "1",
                  good.getSentAt(),
                  Map.of()));
    }

    static byte[] gzip(byte[] bytes) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
        gzip.write(bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return out.toByteArray();
    }

    /** With an attribute that has the bytes of a lone surrogate, and a stray byte. */
    static byte[] withoutUtf8(SourceText good) {
      Map<String, String> attributes = new HashMap<>(good.getAttributes());
      attributes.put("odd", "1234");
      byte[] bytes =
          SERDE.serialize(
              null,
              new SourceText(
                  good.getMessageId(),
                  good.getText(),
                  good.getSourceLanguage(),
                  good.getTargetLanguages(),
                  good.getSentAt(),
                  attributes,
                  good.getDoNotTranslate()));
      byte[] odd = {(byte) 0xED, (byte) 0xA0, (byte) 0x80, (byte) 0xFF};
      System.arraycopy(odd, 0, bytes, indexOf(bytes, "1234".getBytes(UTF_8)), odd.length);
      return bytes;
    }

    static int indexOf(byte[] bytes, byte[] part) {
      return new String(bytes, ISO_8859_1).lastIndexOf(new String(part, ISO_8859_1));
    }
  }
}
