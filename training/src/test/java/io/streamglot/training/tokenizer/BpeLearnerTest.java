package io.streamglot.training.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamglot.training.TatoebaDev;
import io.streamglot.training.corpus.SentencePair;
import io.streamglot.translator.text.Placeholders;
import io.streamglot.translator.text.Tokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BpeLearnerTest {

  static {
    // DJL asks the network about its host otherwise.
    System.setProperty("ai.djl.offline", "true");
  }

  @TempDir private Path folder;

  @Test
  void theMostFrequentPairIsMergedFirstAndTiesGoToTheLowerIds() throws IOException {
    Path file = learn(List.of("ab ab ab", "xab xab", "xcd xcd", "ycd ycd", "y"), 260 + 7 + 5);

    // Characters in order of code points; ▁ (U+2581) is last.
    assertThat(tokens(file).subList(260, 267)).containsExactly("a", "b", "c", "d", "x", "y", "▁");
    // ab 5 times. cd and ▁x 4: c is the lower left id. ▁y and ▁ab 3: y is the lower right id.
    assertThat(merges(file)).containsExactly("a b", "c d", "▁ x", "▁ y", "▁ ab");
    assertThat(tokens(file).subList(267, 272)).containsExactly("ab", "cd", "▁x", "▁y", "▁ab");
  }

  @Test
  void repeatedCharactersMergeFromLeftToRight() throws IOException {
    Path file = learn(List.of("aaaaa aaaaa aaaaa"), 260 + 2 + 1);

    assertThat(merges(file)).containsExactly("a a");
    assertThat(pieces(file, "aaaaa")).containsExactly("▁", "aa", "aa", "a", "</s>");
  }

  @Test
  void theOrderOfTheLinesDoesNotMatter() throws IOException {
    List<String> lines = new ArrayList<>(english());
    Path first = learn(lines, 400);
    byte[] expected = Files.readAllBytes(first);
    Collections.shuffle(lines, new Random(7));

    assertThat(learn(lines, 400)).hasBinaryContent(expected);
  }

  @Test
  void aPlaceholderIsOneTokenAndMergesWithNothing() throws IOException {
    String first = String.valueOf(Placeholders.character(0));
    String second = String.valueOf(Placeholders.character(1));
    Path file = folder.resolve("tokenizer.json");
    List<String> lines = List.of("ab" + first + " ab" + first, "ab" + first + "ab " + first);

    BpeLearner.learn(lines, Normalization.NFKC, 300, 2, file);

    assertThat(tokens(file).subList(260, 265)).containsExactly(first, second, "a", "b", "▁");
    assertThat(merges(file)).containsExactly("a b", "▁ ab");
    assertThat(pieces(file, "ab" + first + "ab " + second + " ab"))
        .containsExactly("▁ab", first, "ab", "▁", second, "▁ab", "</s>");
    try (Tokenizer tokenizer = Tokenizer.open(file)) {
      assertThat(Placeholders.of(tokenizer).count()).isEqualTo(2);
    }
  }

  @Test
  void punctuationDigitsAndSymbolsStandAlone() {
    assertThat(
            WordSplitter.split(
                "Où est la «\u00a0gare\u00a0»\u202f?  It's 25€, est-ce...\n", Normalization.NFKC))
        .containsExactly(
            "▁Où", "▁est", "▁la", "▁«", "▁gare", "▁»", "▁?", "▁It's", "▁2", "5", "€", ",",
            "▁est-ce", ".", ".", ".");
  }

  @Test
  void aChineseClauseIsAWordAndItsMarksStandAlone() {
    assertThat(WordSplitter.split("你好吗？我很好，谢谢！ Tom喜欢猫。", Normalization.NFC))
        .containsExactly("▁你好吗", "？", "我很好", "，", "谢谢", "！", "▁Tom喜欢猫", "。");
  }

  @Test
  void onlyNfcKeepsFullWidthMarks() throws IOException {
    List<String> lines = List.of("好？好？好？", "你，你，你，");

    assertThat(tokens(learn(lines, Normalization.NFC, 1000))).contains("？", "，");
    assertThat(roundTrip(folder.resolve("tokenizer.json"), "你，好？")).isEqualTo("你，好？");
    assertThat(tokens(learn(lines, Normalization.NFKC, 1000))).doesNotContain("？", "，");
    assertThat(roundTrip(folder.resolve("tokenizer.json"), "你，好？")).isEqualTo("你,好?");
  }

  @Test
  void rareCharactersBecomeTheirBytes() throws IOException {
    Path file = learn(List.of("ab ab ab é é"), 260 + 3 + 1);

    assertThat(tokens(file)).doesNotContain("é");
    assertThat(pieces(file, "é")).containsExactly("▁", "<0xC3>", "<0xA9>", "</s>");
  }

  @Test
  void idsAreThoseOfTheContract() throws IOException {
    List<String> tokens = tokens(learn(english(), 400));

    assertThat(tokens).hasSize(400).doesNotHaveDuplicates();
    assertThat(tokens.subList(0, 6))
        .containsExactly("<pad>", "<unk>", "<s>", "</s>", "<0x00>", "<0x01>");
    assertThat(tokens.get(259)).isEqualTo("<0xFF>");
  }

  @Test
  void aVocabularyBelowTheCharactersIsRefused() {
    assertThatThrownBy(() -> learn(List.of("abc abc abc"), 263))
        .isInstanceOf(VocabularySizeException.class)
        .hasMessage(
            "vocabulary size: expected at least 264 (special tokens, bytes and 4 characters),"
                + " actual 263");
  }

  @Test
  void theVocabularyIsSmallerWhereNothingIsLeftToMerge() throws IOException {
    assertThat(tokens(learn(List.of("ab ab ab"), 1000))).hasSize(260 + 3 + 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Hello, world!",
        "Ça va ? « Oui », dit-il.",
        "l'été 2026 : 12,5 % d'œufs",
        "🙂👩‍👩‍👧 ok 👍🏽",
        "漢字かな交じり文。",
        "a_b <b>bold</b> {{name}} C:\\dir #1 @x ^^ ``",
        "\u0000\u0007 control",
        "'quoted' -dash- ’",
      })
  void textComesBackThroughTheTokenizer(String text) throws IOException {
    for (Normalization normalization : Normalization.values()) {
      Path file = learn(english(), normalization, 400);

      assertThat(roundTrip(file, text)).isEqualTo(normalization.of(text));
    }
  }

  @Test
  void whiteSpaceIsFolded() throws IOException {
    Path file = learn(english(), 400);

    assertThat(roundTrip(file, " \ta \u00a0 b\r\n\nc\u2028d\u3000")).isEqualTo("a b c d");
  }

  @ParameterizedTest
  @EnumSource
  void theTokenizerSegmentsAsMergesAppliedOneByOne(Normalization normalization) throws IOException {
    Path file = learn(allSentences(), normalization, 2000);
    PlainBpe plain = new PlainBpe(tokens(file), merges(file), normalization);
    List<String> sentences = allSentences();
    assertThat(sentences).hasSizeGreaterThan(3000);

    try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(file)) {
      for (String sentence : sentences) {
        assertThat(tokenizer.encode(sentence).getIds())
            .as(sentence)
            .containsExactly(plain.encode(sentence));
        assertThat(tokenizer.decode(tokenizer.encode(sentence).getIds(), true))
            .isEqualTo(expected(sentence, normalization));
      }
    }
  }

  private static List<String> english() throws IOException {
    return TatoebaDev.read().pairs().stream().map(SentencePair::source).distinct().toList();
  }

  private static List<String> allSentences() throws IOException {
    return TatoebaDev.read().pairs().stream()
        .flatMap(pair -> Stream.of(pair.source(), pair.target()))
        .distinct()
        .toList();
  }

  /** No-break spaces fold under either form. */
  private static String expected(String sentence, Normalization normalization) {
    return normalization.of(sentence).replaceAll("\\h+", " ").strip();
  }

  private Path learn(List<String> lines, int vocabularySize) throws IOException {
    return learn(lines, Normalization.NFKC, vocabularySize);
  }

  private Path learn(List<String> lines, Normalization normalization, int vocabularySize)
      throws IOException {
    Path file = folder.resolve("tokenizer.json");
    BpeLearner.learn(lines, normalization, vocabularySize, 0, file);
    return file;
  }

  private static String roundTrip(Path file, String text) throws IOException {
    try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(file)) {
      return tokenizer.decode(tokenizer.encode(text).getIds(), true);
    }
  }

  private static List<String> pieces(Path file, String text) throws IOException {
    try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(file)) {
      return List.of(tokenizer.encode(text).getTokens());
    }
  }

  private static List<String> tokens(Path file) throws IOException {
    JsonNode vocabulary = new ObjectMapper().readTree(file.toFile()).at("/model/vocab");
    List<String> tokens = new ArrayList<>(Collections.nCopies(vocabulary.size(), ""));
    vocabulary
        .properties()
        .forEach(entry -> tokens.set(entry.getValue().intValue(), entry.getKey()));
    return tokens;
  }

  private static List<String> merges(Path file) throws IOException {
    List<String> merges = new ArrayList<>();
    new ObjectMapper()
        .readTree(file.toFile())
        .at("/model/merges")
        .forEach(pair -> merges.add(pair.get(0).textValue() + " " + pair.get(1).textValue()));
    return merges;
  }

  /** The definition of BPE: every merge in the order learned, over the whole word. */
  private static final class PlainBpe {
    private final Map<String, Integer> ids = new HashMap<>();
    private final List<String[]> merges = new ArrayList<>();
    private final Normalization normalization;

    PlainBpe(List<String> tokens, List<String> merges, Normalization normalization) {
      this.normalization = normalization;
      for (int id = 0; id < tokens.size(); id++) {
        ids.put(tokens.get(id), id);
      }
      merges.forEach(merge -> this.merges.add(merge.split(" ", -1)));
    }

    long[] encode(String text) {
      List<Long> result = new ArrayList<>();
      for (String word : WordSplitter.split(text, normalization)) {
        for (String symbol : segment(word)) {
          result.add((long) ids.get(symbol));
        }
      }
      result.add(3L);
      return result.stream().mapToLong(Long::longValue).toArray();
    }

    private List<String> segment(String word) {
      List<String> symbols = new ArrayList<>();
      for (String character : word.codePoints().mapToObj(Character::toString).toList()) {
        if (ids.containsKey(character)) {
          symbols.add(character);
        } else {
          for (byte b : character.getBytes(StandardCharsets.UTF_8)) {
            symbols.add("<0x%02X>".formatted(b));
          }
        }
      }
      for (String[] merge : merges) {
        for (int i = 0; i + 1 < symbols.size(); i++) {
          if (symbols.get(i).equals(merge[0]) && symbols.get(i + 1).equals(merge[1])) {
            symbols.set(i, merge[0] + merge[1]);
            symbols.remove(i + 1);
          }
        }
      }
      return symbols;
    }
  }
}
