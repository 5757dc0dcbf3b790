package io.streamglot.app.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {
  private static final byte[] KEY =
      Arrays.copyOf("a key of a test".getBytes(StandardCharsets.UTF_8), Redaction.KEY_BYTES);

  private final Redaction redaction = new Redaction(KEY);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Write to Anna.Karlsson@mail.example.org today. | Write to [A-Z][a-z]{3}\\.[A-Z][a-z]{7}@[a-z]{4}\\.[a-z]{7}\\.[a-z]{3} today\\.",
        "Thanks @anna_k, and @Bob.Stone! | Thanks @[a-z]{4}_[a-z], and @[A-Z][a-z]{2}\\.[A-Z][a-z]{4}!",
        "Call +46 70 123-45-67 | Call \\+\\d\\d \\d\\d \\d{3}-\\d\\d-\\d\\d",
        "`code for @anna` and 1,234.56 | `code for @[a-z]{4}` and \\d,\\d{3}\\.\\d\\d",
        "see https://example.com/user/4711 | see https://example\\.com/user/\\d{4}",
        "das kostet ٤٢ € | das kostet [\\u0660-\\u0669]{2} €",
        "Frag @Åsa und @李明 | Frag @[A-Z][a-z]{2} und @[a-z]{2}",
      })
  void standInsHaveTheShapeOfWhatTheyReplace(String text, String expected) {
    assertThat(redaction.redact(text)).matches(expected).isNotEqualTo(text);
  }

  @Test
  void whatIsEqualStaysEqualAndAnotherKeyGivesOthers() {
    String text =
        "@annabelle wrote to annabelle@example.com, not @annabelle or 4711471147 4711471147";

    String redacted = redaction.redact(text);

    String[] words = redacted.split(" ", -1);
    assertThat(words[0]).isEqualTo(words[5]).isNotEqualTo("@annabelle");
    assertThat(words[7]).isEqualTo(words[8]).isNotEqualTo("4711471147");
    assertThat(redacted).isEqualTo(new Redaction(KEY).redact(text));
    assertThat(redacted).isNotEqualTo(new Redaction(new byte[Redaction.KEY_BYTES]).redact(text));
  }

  @Property(tries = 300)
  void onlyLettersAndDigitsChange(@ForAll String text) {
    String redacted = redaction.redact(text);

    assertThat(redacted.codePointCount(0, redacted.length()))
        .isEqualTo(text.codePointCount(0, text.length()));
    int[] before = text.codePoints().toArray();
    int[] after = redacted.codePoints().toArray();
    for (int i = 0; i < before.length; i++) {
      if (!Character.isLetterOrDigit(before[i])) {
        assertThat(after[i]).isEqualTo(before[i]);
      }
    }
  }
}
