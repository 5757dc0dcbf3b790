package io.streamglot.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.app.topology.Outcome.Failed;
import io.streamglot.app.topology.Outcome.Translated;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.FailureReason;
import io.streamglot.schemas.PendingHeader;
import io.streamglot.schemas.PendingRecord;
import io.streamglot.schemas.Translation;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutcomeWriterTest {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:05Z");
  private final OutcomeWriter writer = new OutcomeWriter();

  private String sink;
  private byte[] value;

  @Test
  void aTranslationGoesToTheTranslations() {
    write(translated("Bonjour"), Records.pending(new byte[10]));

    assertThat(sink).isEqualTo(TranslationTopology.TRANSLATIONS);
    assertThat(AvroSerdes.translation().deserialize(null, value))
        .isEqualTo(translated("Bonjour").translation());
  }

  @Test
  void aTranslationThatATopicWouldRefuseBecomesAFailureWithTheOriginal() {
    var source = Records.pending(new byte[900_000]);
    write(translated("x".repeat(OutcomeWriter.MAX_RECORD_BYTES)), source);

    assertThat(sink).isEqualTo(TranslationTopology.FAILURES);
    var failure = AvroSerdes.translationFailure().deserialize(null, value);
    assertThat(failure.getReason()).isEqualTo(FailureReason.TOO_LARGE);
    assertThat(failure.getMessageId()).isEqualTo("m1");
    assertThat(failure.getTargetLanguage()).isEqualTo("fr");
    assertThat(failure.getOriginalValue()).isEqualTo(source.getValue());
    assertThat(failure.getMessage()).contains("expected at most 999997 bytes, actual 1000");
  }

  @Test
  void aFailureThatATopicWouldRefuseLeavesTheOriginalOutAndSaysSo() {
    var source = Records.pending(new byte[OutcomeWriter.MAX_RECORD_BYTES]);
    write(failed(source), source);

    var failure = AvroSerdes.translationFailure().deserialize(null, value);
    assertThat(failure.getOriginalValue()).isNull();
    assertThat(failure.getOriginalKey()).isNull();
    assertThat(failure.getReason()).isEqualTo(FailureReason.UNDECODABLE);
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

    assertThat(value.length).isLessThan(500_000);
  }

  private void write(Outcome outcome, PendingRecord source) {
    writer.write(
        outcome,
        source,
        (name, bytes) -> {
          sink = name;
          value = bytes;
        });
  }

  private static Translated translated(String text) {
    return new Translated(
        new Translation(
            "m1", "en", "fr", text, -1f, List.of(), false, "en-fr", "1", NOW, Map.of()));
  }

  private static Failed failed(PendingRecord source) {
    return new Failed(Failures.of(source, null, null, FailureReason.UNDECODABLE, "why", NOW));
  }
}
