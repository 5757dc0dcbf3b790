package io.streamglot.app.format;

import static io.streamglot.app.format.TranslationWriterTest.TRANSLATION;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamglot.schemas.PendingRecord;
import io.streamglot.schemas.Translation;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TranslationReaderTest {

  @ParameterizedTest
  @EnumSource(names = {"AVRO", "JSON"})
  void whatWasWrittenIsReadWhole(ValueFormat format) {
    assertThat(reader(format).read(written(format))).isEqualTo(TRANSLATION);
  }

  @ParameterizedTest
  @EnumSource(names = {"JSON", "TEXT"})
  void whatAReplayWritesIsReadWhateverTheFormatIs(ValueFormat format) {
    assertThat(reader(format).read(written(ValueFormat.AVRO))).isEqualTo(TRANSLATION);
  }

  @Test
  void ofATextHeadersSayTheRestAndTheTimeIsThatOfItsRecord() {
    Translation read = reader(ValueFormat.TEXT).read(written(ValueFormat.TEXT));

    assertThat(read)
        .isEqualTo(
            new Translation(
                TRANSLATION.getMessageId(),
                TRANSLATION.getSourceLanguage(),
                TRANSLATION.getTargetLanguage(),
                TRANSLATION.getText(),
                TRANSLATION.getScore(),
                List.of(),
                TRANSLATION.getTruncated(),
                TRANSLATION.getModelName(),
                TRANSLATION.getModelVersion(),
                Instant.ofEpochMilli(TextRecords.TIMESTAMP),
                Map.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          JSON | {"text": "a"}                  | field messageId: expected a string, actual nothing
          JSON | {"messageId": "1", "sourceLanguage": "en", "targetLanguage": "fr", "text": "a"} | field score: expected a number, actual nothing
          TEXT | a                              | header streamglot-model: expected one, actual none
          AVRO | a                              | expected C3 01
          """)
  void whatIsNoTranslationIsRefusedWithAReason(ValueFormat format, String value, String reason) {
    assertThatThrownBy(() -> reader(format).read(TextRecords.record(value)))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining(reason);
  }

  private static TranslationReader reader(ValueFormat format) {
    return TranslationReader.of(format, Optional.empty());
  }

  private static PendingRecord written(ValueFormat format) {
    var writer =
        TranslationWriter.of(
            new Formats(ValueFormat.AVRO, format, List.of(), Optional.empty()), List.of());
    return new PendingRecord(
        "translations",
        0,
        0L,
        TextRecords.TIMESTAMP,
        ByteBuffer.wrap("room".getBytes(UTF_8)),
        ByteBuffer.wrap(writer.value("translations", TRANSLATION, Map.of())),
        writer.headers(TRANSLATION));
  }
}
