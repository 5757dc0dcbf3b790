package io.streamglot.translator.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamglot.translator.TestResources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerTest {

  private static Tokenizer tokenizer;

  @BeforeAll
  @BeforeContainer
  static void open() throws IOException {
    tokenizer = Tokenizer.open(TestResources.tokenizer());
  }

  @AfterAll
  @AfterContainer
  static void close() {
    tokenizer.close();
  }

  /** Both sides in normal form: the platform may know newer characters than the library. */
  @Property(tries = 2000)
  void givesAnyTextBackUpToNormalForm(@ForAll("texts") String text) {
    assertThat(normalForm(tokenizer.decode(tokenizer.encode(text)))).isEqualTo(normalForm(text));
  }

  /**
   * Any code point that this platform knows, planes in equal parts, and surrogates that stand
   * alone.
   */
  @Provide
  Arbitrary<String> texts() {
    Arbitrary<Integer> known =
        Arbitraries.oneOf(
                Arbitraries.integers().between(0, 0x24F),
                Arbitraries.integers().between(0x250, 0xFFFF),
                Arbitraries.integers().between(0x10000, Character.MAX_CODE_POINT))
            .filter(Character::isDefined);
    return known
        .list()
        .ofMaxSize(40)
        .map(
            list ->
                list.stream()
                    .collect(
                        StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "How are you?",
        "Où est la gare ?",
        "naïve café, cœur, Übergröße, žluťoučký kůň",
        "Привет, как дела? Γειά σου. שלום. مرحبا. नमस्ते. สวัสดี",
        "你好，世界。こんにちは。안녕하세요.",
        "👍🏽 👩‍👩‍👧‍👦 🇫🇷 ❤️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𓀀𓀁 𐍈 𞤀",
        "e\u0301 a\u0323\u0302 Z\u0351\u036b\u0343",
        "\u0000\u0001\u0007\u001b[31m\u007f",
        "\u200b\u200d\ufeff\u202eabc\u202c",
        "https://example.org/a?b=c&d=%20 @you #tag {{name}} `x = 1;`",
        "<s> </s> <pad> <unk> <0x41> [CLS]",
        "\ufffd \ufffe \uffff",
        "\ud800 \udc00 \udc00\ud800",
        "½ ﬁ ① Ⅷ ﷺ ㍿ ¨",
      })
  void givesRealTextBackUpToNormalForm(String text) {
    assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(normalForm(text));
  }

  @Test
  void eachIdIsThatOfItsToken() {
    for (int id = 0; id < tokenizer.vocabularySize(); id++) {
      assertThat(tokenizer.idOf(tokenizer.tokenOf(id))).isEqualTo(id);
    }
    assertThatThrownBy(() -> tokenizer.tokenOf(tokenizer.vocabularySize()))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void endsEveryTextWithTheEndToken() {
    for (String text : List.of("", " \n", "a", "Hello, world!", "</s>", "a </s> b")) {
      int[] ids = tokenizer.encode(text);

      assertThat(ids[ids.length - 1]).as(text).isEqualTo(tokenizer.idOf(Tokenizer.END));
      assertThat(Arrays.copyOf(ids, ids.length - 1)).as(text).doesNotContain(0, 1, 2, 3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\r\n", "\u00a0\u2003\u3000"})
  void givesABlankTextTheEndTokenAlone(String text) {
    assertThat(tokenizer.encode(text)).containsExactly(tokenizer.idOf(Tokenizer.END));
  }

  @Test
  void spellsWhatTheVocabularyLacksInBytes() {
    int[] ids = tokenizer.encode("😀"); // F0 9F 98 80

    assertThat(ids)
        .containsExactly(
            tokenizer.idOf("\u2581"),
            tokenizer.idOf("<0xF0>"),
            tokenizer.idOf("<0x9F>"),
            tokenizer.idOf("<0x98>"),
            tokenizer.idOf("<0x80>"),
            tokenizer.idOf(Tokenizer.END));
  }

  @Test
  void readsBytesThatAreNoUtf8AsReplacementCharacters() {
    int[] broken = {tokenizer.idOf("<0xF0>"), tokenizer.idOf("<0x9F>")};

    assertThat(tokenizer.decode(broken)).isEqualTo("\ufffd\ufffd");
  }

  @Test
  void leavesSpecialTokensOutOfText() {
    int[] tokens = {2, tokenizer.idOf("▁votre"), 1, 0, 3};

    assertThat(tokenizer.decode(tokens)).isEqualTo("votre");
    assertThat(tokenizer.decode(new int[0])).isEmpty();
  }

  @Test
  void mergesFrequentWordsToOneToken() {
    assertThat(tokenizer.encode("votre"))
        .containsExactly(tokenizer.idOf("▁votre"), tokenizer.idOf(Tokenizer.END));
  }

  @Test
  void takesATextOfAnyLengthWhole() {
    String text = "x".repeat(200_000);

    assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
  }

  @Property(tries = 300)
  void neverFitsMoreCharactersIntoTokensThanItSays(@ForAll("texts") String text) {
    String cleaned = TextCleaner.clean(text);
    int tokens = tokenizer.encode(cleaned).length;

    assertThat(cleaned.codePointCount(0, cleaned.length()))
        .isLessThanOrEqualTo(tokenizer.maxCharacters(tokens));
  }

  @Test
  void namesTheTokenThatItLacks() {
    assertThatThrownBy(() -> tokenizer.idOf("zebra"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("zebra")
        .hasMessageContaining("738");
  }

  @Test
  void encodesTheSameInManyThreadsAtOnce() {
    List<String> sentences = TestResources.sentences();
    List<String> alone = sentences.stream().map(s -> Arrays.toString(tokenizer.encode(s))).toList();

    List<String> together =
        IntStream.range(0, 8 * sentences.size())
            .parallel()
            .mapToObj(i -> Arrays.toString(tokenizer.encode(sentences.get(i % sentences.size()))))
            .toList();

    for (int i = 0; i < together.size(); i++) {
      assertThat(together.get(i)).isEqualTo(alone.get(i % sentences.size()));
    }
  }

  @Test
  void closesTwice() throws IOException {
    Tokenizer closed = Tokenizer.open(TestResources.tokenizer());
    closed.close();
    closed.close();

    assertThatThrownBy(() -> closed.encode("a")).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"byte_fallback\": true | \"byte_fallback\": false | byte_fallback",
        "\"<s>\": 2 | \"<s>\": 3 | each once",
        "\"<s>\": 2 | \"<s>\": 2000 | each once",
        "\"<s>\": 2 | \"<start>\": 2 | <s>",
        "\"<0x41>\": 69 | \"<byte>\": 69 | <0x41>",
        "\"type\": \"BPE\" | \"type\": \"Unheard\" | tokenizer",
        "\"version\": \"1.0\" | \"version | JSON",
      })
  void refusesAnotherFormatInOneLine(
      String original, String changed, String named, @TempDir Path folder) throws IOException {
    String json = Files.readString(TestResources.tokenizer(), UTF_8);
    assertThat(json).contains(original);
    Path file =
        Files.writeString(folder.resolve("tokenizer.json"), json.replace(original, changed));

    assertThatThrownBy(() -> Tokenizer.open(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + ": tokenizer: expected ")
        .hasMessageContaining(named)
        .hasMessageNotContaining("\n");
  }

  @Test
  void refusesAFileThatIsNotThere(@TempDir Path folder) {
    Path file = folder.resolve("tokenizer.json");

    assertThatThrownBy(() -> Tokenizer.open(file))
        .isInstanceOf(IOException.class)
        .hasMessage("%s: tokenizer: expected a file, actual missing", file);
  }

  /** The Java platform's NFKC, white space as one space, U+2581 as a space. */
  private static String normalForm(String text) {
    String cleaned = Normalizer.normalize(TextCleaner.clean(text), Normalizer.Form.NFKC);
    return cleaned.replace('\u2581', ' ').replaceAll(" +", " ").strip();
  }
}
