package io.streamglot.app.topology;

import static io.streamglot.schemas.FailureReason.UNDECODABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.app.format.Formats;
import io.streamglot.app.format.TranslationWriter;
import io.streamglot.app.topology.Outcome.Failed;
import io.streamglot.app.topology.Outcome.Translated;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.FailureReason;
import io.streamglot.schemas.PendingHeader;
import io.streamglot.schemas.PendingRecord;
import io.streamglot.schemas.Translation;
import io.streamglot.schemas.TranslationFailure;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

class OutcomeWriterTest {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:05Z");
  private final OutcomeWriter writer =
      new OutcomeWriter(
          new TopicPattern("translations"), TranslationWriter.of(Formats.AVRO, List.of()));

  private String sink;
  private Record<byte[], byte[]> record;

  @Test
  void aTranslationGoesToTheTranslations() {
    write(translated("Bonjour"), Records.pending(new byte[10]));

    assertThat(sink).isEqualTo(TranslationTopology.sink("fr"));
    assertThat(AvroSerdes.translation().deserialize(null, record.value()))
        .isEqualTo(translated("Bonjour").translation());
  }

  @Test
  void aTranslationThatATopicWouldRefuseBecomesAFailureWithTheOriginal() {
    var source = Records.pending(new byte[900_000]);
    write(translated("x".repeat(OutcomeWriter.MAX_RECORD_BYTES)), source);

    assertThat(sink).isEqualTo(TranslationTopology.FAILURES);
    var failure = AvroSerdes.translationFailure().deserialize(null, record.value());
    assertThat(failure.getReason()).isEqualTo(FailureReason.TOO_LARGE);
    assertThat(failure.getMessageId()).isEqualTo("m1");
    assertThat(failure.getTargetLanguage()).isEqualTo("fr");
    assertThat(failure.getOriginalValue()).isEqualTo(source.getValue());
    assertThat(failure.getMessage()).contains("expected at most 1000000 bytes, actual 1000");
  }

  @Test
  void aFailureThatATopicWouldRefuseLeavesTheOriginalOutAndSaysSo() {
    var source = Records.pending(new byte[OutcomeWriter.MAX_RECORD_BYTES]);
    write(failed(source), source);

    var failure = AvroSerdes.translationFailure().deserialize(null, record.value());
    assertThat(failure.getOriginalValue()).isNull();
    assertThat(failure.getOriginalKey()).isNull();
    assertThat(failure.getReason()).isEqualTo(UNDECODABLE);
    assertThat(failure.getOffset()).isEqualTo(7);
    assertThat(failure.getMessage()).isEqualTo("why; original key and value left out as too large");
  }

  @Test
  void whatPassesThroughCountsAsWell() {
    var source = Records.pending(new byte[600_000]);
    var withHeaders =
        new PendingRecord(
            "source-text",
            2,
            7L,
            1_000L,
            null,
            source.getValue(),
            List.of(new PendingHeader("h", ByteBuffer.allocate(500_000))));
    write(failed(withHeaders), withHeaders);

    assertThat(failure().getOriginalValue()).isNull();
    assertThat(record.value().length).isLessThan(1_000);
    assertThat(record.headers()).hasSize(1);
  }

  @Test
  void keyHeadersAndTimestampPassThrough() {
    var source = source(3, List.of(new PendingHeader("trace", ByteBuffer.allocate(2))));
    write(translated("Bonjour"), source);

    assertThat(record.key()).hasSize(3);
    assertThat(record.timestamp()).isEqualTo(1_000);
    assertThat(record.headers()).isEqualTo(new RecordHeaders().add("trace", new byte[] {0, 0}));
  }

  @Test
  void whatSaysHowTheTextIsToBeTranslatedOrWasIsNotPassedOnToTranslationsButToFailures() {
    var headers =
        Stream.of(
                "streamglot-message-id",
                "streamglot-do-not-translate",
                "streamglot-source-language",
                "streamglot-target-languages",
                "streamglot-retry",
                "streamglot-target-language",
                "streamglot-model",
                "streamglot-score",
                "streamglot-truncated",
                "traceparent",
                "streamglot-of-another-program")
            .map(name -> new PendingHeader(name, ByteBuffer.allocate(1)))
            .toList();
    var source = source(1, headers);

    write(translated("Bonjour"), source);
    assertThat(record.headers())
        .extracting(Header::key)
        .containsExactly(
            "streamglot-message-id",
            "streamglot-do-not-translate",
            "traceparent",
            "streamglot-of-another-program");

    write(failed(source), source);
    assertThat(record.headers()).hasSameSizeAs(headers);
  }

  @Test
  void aFailureOfHugeTagIdAndMessageIsSomeKilobytes() {
    var huge = "é".repeat(540_000);
    var source = Records.pending(new byte[700_000]);
    write(new Failed(Failures.of(source, huge, huge, UNDECODABLE, huge, NOW)), source);

    var shortened = "é".repeat(999) + "…";
    assertThat(failure().getMessageId()).isEqualTo(shortened);
    assertThat(failure().getTargetLanguage()).isEqualTo(shortened);
    assertThat(failure().getMessage()).isEqualTo(shortened);
    assertThat(failure().getOriginalValue()).isEqualTo(source.getValue());

    source = Records.pending(new byte[1_100_000]);
    write(new Failed(Failures.of(source, huge, huge, UNDECODABLE, huge, NOW)), source);
    assertThat(record.value().length).isLessThan(8_000);
    assertThat(failure().getMessage())
        .isEqualTo(shortened + "; original key and value left out as too large");
  }

  @Test
  void whatHasAThousandCharactersIsNotCutAndNoCharacterIsHalved() {
    var source = Records.pending(new byte[1]);
    var fits = "x".repeat(1_000);
    var emojiAtTheCut = "x".repeat(998) + "\uD83D\uDE00".repeat(2);
    write(new Failed(Failures.of(source, fits, emojiAtTheCut, UNDECODABLE, "why", NOW)), source);

    assertThat(failure().getMessageId()).isEqualTo(fits);
    assertThat(failure().getTargetLanguage()).isEqualTo("x".repeat(998) + "…");
  }

  @Test
  void headersThatLeaveNoRoomAreDroppedAndTheKeyStays() {
    var source =
        source(
            600_000,
            List.of(
                new PendingHeader("a", ByteBuffer.allocate(300_000)),
                new PendingHeader("b", ByteBuffer.allocate(200_000))));
    write(failed(source), source);

    assertThat(record.headers()).isEmpty();
    assertThat(record.key()).hasSize(600_000);
    assertThat(failure().getMessage())
        .isEqualTo("why; original key and value, and headers, left out as too large");
    assertThat(failure().getOriginalKey()).isNull();
  }

  @Test
  void aKeyThatLeavesNoRoomIsDroppedToo() {
    var source = source(1_500_000, List.of(new PendingHeader("a", ByteBuffer.allocate(1))));
    write(translated("Bonjour"), source);

    assertThat(sink).isEqualTo(TranslationTopology.FAILURES);
    assertThat(record.key()).isNull();
    assertThat(record.headers()).isEmpty();
    assertThat(record.value().length).isLessThan(1_000);
    assertThat(failure().getReason()).isEqualTo(FailureReason.TOO_LARGE);
    assertThat(failure().getMessage())
        .startsWith("translation with its attributes, key and headers: expected at most 1000000")
        .endsWith("; original key and value, headers, and key left out as too large");
  }

  @Test
  void aMillionEmptyHeadersAreTooLarge() {
    var source = source(3, Collections.nCopies(1_000_000, new PendingHeader("", null)));
    write(failed(source), source);

    assertThat(record.headers()).isEmpty();
    assertThat(record.key()).hasSize(3);
  }

  private TranslationFailure failure() {
    return AvroSerdes.translationFailure().deserialize(null, record.value());
  }

  private static PendingRecord source(int keyBytes, List<PendingHeader> headers) {
    return new PendingRecord(
        "source-text",
        2,
        7L,
        1_000L,
        ByteBuffer.allocate(keyBytes),
        ByteBuffer.allocate(10),
        headers);
  }

  private void write(Outcome outcome, PendingRecord source) {
    writer.write(
        outcome,
        source,
        (name, written) -> {
          sink = name;
          record = written;
        });
  }

  private static Translated translated(String text) {
    return new Translated(
        new Translation("m1", "en", "fr", text, -1f, List.of(), false, "en-fr", "1", NOW, Map.of()),
        new LanguagePair("en", "fr"),
        Map.of(),
        1);
  }

  private static Failed failed(PendingRecord source) {
    return new Failed(Failures.of(source, null, null, UNDECODABLE, "why", NOW));
  }
}
