package io.streamglot.translator;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.translator.text.Placeholders;
import io.streamglot.translator.text.Terms;
import io.streamglot.translator.text.TextNormalizer;
import io.streamglot.translator.text.Tokenizer;
import java.io.IOException;
import java.util.List;
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
  void encodesEachSentenceByItself() {
    EncodedText source = encoder(64).encode("How are you?\n Where is the station?", Terms.NONE);

    assertThat(source.sentences())
        .extracting(EncodedSentence::ids)
        .containsExactly(
            tokenizer.encode("How are you?"), tokenizer.encode("Where is the station?"));
    assertThat(source.length())
        .isEqualTo(source.sentences().stream().mapToInt(s -> s.ids().length).sum());
    assertThat(source.truncated()).isFalse();
  }

  @Test
  void cutsASentenceThatIsOneTokenTooLongNearItsMiddle() {
    String text = "One two three, four five six seven.";
    int length = tokenizer.encode(text).length;

    assertThat(parts(encoder(length).encode(text, Terms.NONE))).containsExactly(text);
    assertThat(parts(encoder(length - 1).encode(text, Terms.NONE)))
        .containsExactly("One two three,", "four five six seven.");
  }

  @Test
  void cutsATextOfTooManyTokensAfterAWholeSentence() {
    String sentence = "How are you? ";
    int fitting = SourceEncoder.MAX_TOKENS / tokenizer.encode(sentence).length;

    EncodedText whole = encoder(64).encode(sentence.repeat(fitting), Terms.NONE);
    EncodedText cut = encoder(64).encode(sentence.repeat(fitting + 1), Terms.NONE);

    assertThat(whole.sentences()).hasSize(fitting);
    assertThat(whole.truncated()).isFalse();
    assertThat(cut.sentences()).hasSize(fitting);
    assertThat(cut.truncated()).isTrue();
    assertThat(cut.tail()).isEqualTo(" " + sentence);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "😀",
        "\u0301",
        "\ud800",
        "! ",
        "a ",
        "\n",
        "`",
        "` `` ",
        "`\n``\n",
        "~~~~\n~~~\n",
        "<code>",
        "<pre><script a",
        "{{",
        "](",
        "<a ",
        "<!--",
        "a.",
        "a@",
        "www.",
        "aa.bb.",
        "éa",
        "e\u0301",
        "http://",
        "http://(",
        "@",
        "#",
        ":a",
        "%",
        "%(a",
        "&",
        "*a",
        "_a_",
        "a_b_",
        "> ",
        "[",
        "1. ",
        "- ",
        "Mr. ",
        "e.g. ",
        "~~",
        "\ue000",
        "🏳️‍🌈",
        "👩‍",
        "x`",
        "${",
        "${a{b}",
        "{a,plural,{b{c}}",
        "<a b=\"<a b='",
        "a**",
        "[[a",
        "\n[a",
        ":) ",
        "¿"
      })
  void boundsTheTimeForHundredsOfThousandsOfCharacters(String piece) {
    String text = "Hello. " + piece.repeat(150_000 / piece.length());
    long start = System.nanoTime();

    EncodedText source = encoder(128).encode(text, Terms.of(List.of("a a a a", "x".repeat(99))));

    // A second on an idle machine; 12 leave room for a busy one. In time of the square it takes 17
    // or more.
    assertThat(System.nanoTime() - start).isLessThan(12_000_000_000L);
    assertThat(source.length()).isLessThanOrEqualTo(SourceEncoder.MAX_TOKENS);
    assertThat(text(source)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "\n\t", "\u00a0\u3000", "1", "?!", "😀", "@bob", "</s>", "\u200b"})
  void findsNothingToTranslateWithoutALetter(String text) {
    EncodedText source = encoder(128).encode(text, Terms.NONE);

    assertThat(source.sentences()).isEmpty();
    assertThat(source.length()).isZero();
    assertThat(source.tail()).isEqualTo(text);
    assertThat(source.truncated()).isFalse();
  }

  @Test
  void passesOnWhatNotEvenACharacterFitsInto() {
    EncodedText source = encoder(1).encode("a", Terms.NONE);

    assertThat(source.sentences()).isEmpty();
    assertThat(source.tail()).isEqualTo("a");
    assertThat(source.truncated()).isTrue();
  }

  private static SourceEncoder encoder(int maxLength) {
    return new SourceEncoder(
        tokenizer,
        Placeholders.of(tokenizer),
        new TextNormalizer("en", tokenizer::hasWord),
        "en",
        maxLength);
  }

  private static List<String> parts(EncodedText source) {
    return source.sentences().stream().map(s -> s.sentence().text()).toList();
  }

  /** The text again, of its parts. */
  private static String text(EncodedText source) {
    return source.sentences().stream().map(s -> s.before() + s.sentence().text()).collect(joining())
        + source.tail();
  }
}
