package io.streamglot.app.retry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.schemas.FailureReason;
import io.streamglot.schemas.TranslationFailure;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class RetriedTextTest {

  /** A text in plain UTF-8 has its name by its offset, which will be another. */
  @Test
  void aMessageKeepsTheNameThatItsFailureHas() {
    assertThat(messageId(failure("source-text-0-7"), new RecordHeaders()))
        .isEqualTo("source-text-0-7");
  }

  @Test
  void theNameInTheHeadersOfTheOriginalStays() {
    Headers headers = new RecordHeaders().add("streamglot-message-id", "own".getBytes(UTF_8));

    assertThat(messageId(failure("own"), headers)).isEqualTo("own");
    assertThat(headers.headers("streamglot-message-id")).hasSize(1);
  }

  @Test
  void aNameThatIsNotKnownOrWasCutIsLeftToTheReader() {
    assertThat(messageId(failure(null), new RecordHeaders())).isNull();
    assertThat(messageId(failure("x".repeat(999) + "…"), new RecordHeaders())).isNull();
  }

  private static String messageId(TranslationFailure failure, Headers headers) {
    var header = RetriedText.of(failure, headers, 12).headers().lastHeader("streamglot-message-id");
    return header == null ? null : new String(header.value(), UTF_8);
  }

  private static TranslationFailure failure(String messageId) {
    return new TranslationFailure(
        messageId,
        "fr",
        "source-text",
        0,
        7L,
        FailureReason.TRANSLATION_FAILED,
        "why",
        null,
        ByteBuffer.wrap("Hello".getBytes(UTF_8)),
        Instant.EPOCH);
  }
}
