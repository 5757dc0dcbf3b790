package io.streamglot.translator;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.translator.text.Tokenizer;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceEncoderTest {

  private static Tokenizer tokenizer;

  @BeforeAll
  static void open() throws IOException {
    tokenizer = Tokenizer.open(TestResources.tokenizer());
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  @Test
  void takesATextThatJustFitsWhole() {
    String text = "How are you? Where is the station?";
    int length = tokenizer.encode(text).length;

    EncodedText source = encoder(length).encode(text);

    assertThat(source.ids()).isEqualTo(tokenizer.encode(text));
    assertThat(source.truncated()).isFalse();
  }

  @Test
  void cutsATextThatIsOneTokenTooLongAfterItsLastWholeSentence() {
    String text = "How are you? Where is the station?";
    int length = tokenizer.encode(text).length;

    EncodedText source = encoder(length - 1).encode(text);

    assertThat(decode(source)).isEqualTo("How are you?");
    assertThat(source.ids()).endsWith(tokenizer.idOf(Tokenizer.END));
    assertThat(source.truncated()).isTrue();
  }

  @Test
  void keepsAsManySentencesAsFit() {
    String text = "One. Two. Three. Four. Five.";
    int length = tokenizer.encode("One. Two. Three.").length;

    assertThat(decode(encoder(length).encode(text))).isEqualTo("One. Two. Three.");
  }

  @Test
  void cutsASentenceThatIsTooLongAtTheTokenLimit() {
    String text = "one two three four five six seven eight nine ten";
    int[] whole = tokenizer.encode(text);

    EncodedText source = encoder(8).encode(text);

    assertThat(source.length()).isEqualTo(8);
    assertThat(Arrays.copyOf(source.ids(), 7)).isEqualTo(Arrays.copyOf(whole, 7));
    assertThat(source.ids()[7]).isEqualTo(tokenizer.idOf(Tokenizer.END));
    assertThat(source.truncated()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "😀", "\u0301", "\ud800", "! ", "a ", "\n"})
  void boundsTheTimeForHundredsOfThousandsOfCharacters(String piece) {
    String text = "Hello. " + piece.repeat(200_000 / piece.length());
    long start = System.nanoTime();

    EncodedText source = encoder(128).encode(text);

    assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
    assertThat(source.length()).isLessThanOrEqualTo(128);
    assertThat(source.truncated()).isEqualTo(!piece.isBlank());
    assertThat(decode(source)).startsWith("Hello.");
  }

  @Test
  void neverTakesTheCutForTheEndOfASentence() {
    String text = "Stop. " + "X".repeat(200_000);

    assertThat(decode(encoder(20).encode(text))).isEqualTo("Stop.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t", "\u00a0\u3000"})
  void findsABlankTextBlank(String text) {
    assertThat(encoder(128).encode(text).isBlank()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "</s>", "\u200b", "\u0000", "\ud800", "."})
  void findsNoOtherTextBlank(String text) {
    assertThat(encoder(128).encode(text).isBlank()).isFalse();
    assertThat(encoder(1).encode(text).isBlank()).isFalse();
  }

  private static SourceEncoder encoder(int maxLength) {
    return new SourceEncoder(tokenizer, "en", maxLength);
  }

  private static String decode(EncodedText source) {
    return tokenizer.decode(source.ids());
  }
}
