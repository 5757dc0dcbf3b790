package io.streamglot.translator.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Turns text into token ids and back, as a {@code tokenizer.json} of Hugging Face tokenizers says:
 * byte-pair encoding (Sennrich et al. 2016) with byte fallback.
 *
 * <ul>
 *   <li>{@code decode(encode(text))} is the text in the Unicode normal form that the file asks for
 *       (NFKC, or NFC), with each run of white space as one space and none at the ends. Nothing
 *       else changes: a character that the vocabulary lacks becomes the bytes of its UTF-8 form.
 *   <li>Two exceptions: lone surrogates, which no encoding can carry, become U+FFFD, and U+2581,
 *       with which the vocabulary marks a space, becomes a space.
 *   <li>Special tokens come from the format alone. A text that spells one, such as {@code </s>}, is
 *       text.
 *   <li>Nothing is downloaded and nobody is called.
 * </ul>
 *
 * <p>Thread-safe, but for {@link #close}, which must not be called while another thread is inside.
 */
public final class Tokenizer implements AutoCloseable {

  /** Token that fills a batch. */
  public static final String PAD = "<pad>";

  /** Token for what nothing else covers; with byte fallback it does not occur. */
  public static final String UNKNOWN = "<unk>";

  /** Token that a target sentence starts from. */
  public static final String START = "<s>";

  /** Token that ends a sentence. */
  public static final String END = "</s>";

  /** Marks a space, and so the start of a word. */
  private static final char WORD_START = '\u2581';

  private static final JsonMapper JSON = new JsonMapper();

  private static final List<String> SPECIAL_TOKENS = List.of(PAD, UNKNOWN, START, END);

  /** Most characters that NFC and NFKC join into one: a Greek vowel and its three marks. */
  private static final int MAX_COMPOSED_CHARACTERS = 4;

  static {
    // DJL would otherwise look for a CUDA build of the tokenizer and fetch it.
    System.setProperty("ai.djl.offline", "true");
  }

  private final HuggingFaceTokenizer tokenizer;
  private final Map<String, Integer> ids;
  private final List<String> tokens;
  private final BitSet specialIds = new BitSet();
  private final int longestToken;

  private Tokenizer(HuggingFaceTokenizer tokenizer, Map<String, Integer> ids) {
    this.tokenizer = tokenizer;
    this.ids = ids;
    this.tokens =
        ids.entrySet().stream()
            .sorted(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .toList();
    SPECIAL_TOKENS.forEach(token -> specialIds.set(ids.get(token)));
    this.longestToken =
        ids.keySet().stream().mapToInt(t -> t.codePointCount(0, t.length())).max().orElse(1);
  }

  /**
   * Opens a tokenizer.
   *
   * @param tokenizerJson a {@code tokenizer.json}
   * @throws IOException if the file cannot be read or is no tokenizer with byte fallback; the
   *     message is one line
   */
  public static Tokenizer open(Path tokenizerJson) throws IOException {
    ObjectNode format = readFormat(tokenizerJson);
    // An added token is matched inside of text, so that a text could end its own sentence.
    format.putArray("added_tokens");
    Map<String, Integer> ids = vocabulary(tokenizerJson, format);
    byte[] json = JSON.writeValueAsBytes(format);
    try {
      return new Tokenizer(
          HuggingFaceTokenizer.newInstance(
              new ByteArrayInputStream(json),
              Map.of("truncation", "false", "padding", "DO_NOT_PAD")),
          ids);
    } catch (RuntimeException e) {
      throw malformed(tokenizerJson, "a tokenizer of Hugging Face tokenizers", e.getMessage(), e);
    }
  }

  /**
   * The token ids of a text, the end token last; a blank text has the end token alone. The text may
   * be of any length: a caller that needs a bound on time and memory cuts it to {@link
   * #maxCharacters} first.
   *
   * @param text any text, not null
   * @return at least one id, each at least 0 and below {@link #vocabularySize}
   */
  public int[] encode(String text) {
    // HuggingFaceTokenizer.encode makes a string and a span of each token, besides its id.
    TokenizersLibrary library = TokenizersLibrary.LIB;
    long encoding = library.encode(tokenizer.getHandle(), TextCleaner.clean(text), true);
    try {
      long[] encoded = library.getTokenIds(encoding);
      int[] ids = new int[encoded.length];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = Math.toIntExact(encoded[i]);
      }
      return ids;
    } finally {
      library.deleteEncoding(encoding);
    }
  }

  /**
   * The text that token ids stand for. Special tokens are left out; bytes that are no UTF-8 become
   * U+FFFD.
   *
   * @param tokens token ids, each at least 0 and below {@link #vocabularySize}
   */
  public String decode(int[] tokens) {
    long[] text = new long[tokens.length];
    int length = 0;
    for (int id : tokens) {
      if (!specialIds.get(id)) {
        text[length++] = id;
      }
    }
    // Cleaned again, for NFKC makes spaces of its own.
    return TextCleaner.clean(tokenizer.decode(Arrays.copyOf(text, length), false));
  }

  /** Number of token ids. */
  public int vocabularySize() {
    return ids.size();
  }

  /**
   * The id of a token.
   *
   * @throws IllegalArgumentException if the vocabulary lacks it
   */
  public int idOf(String token) {
    Integer id = ids.get(token);
    if (id == null) {
      throw new IllegalArgumentException(
          "token '%s': expected one of the %d of the vocabulary".formatted(token, ids.size()));
    }
    return id;
  }

  /** Whether the vocabulary has a token. */
  public boolean hasToken(String token) {
    return ids.containsKey(token);
  }

  /** Whether the vocabulary has what begins a word as one token: the word, or such a beginning. */
  public boolean hasWord(String word) {
    return ids.containsKey(WORD_START + word);
  }

  /**
   * The token with that id as the vocabulary has it: U+2581 stands for a space, {@code <0x0A>} for
   * a byte.
   *
   * @param id at least 0 and below {@link #vocabularySize}
   * @throws IndexOutOfBoundsException if it is not
   */
  public String tokenOf(int id) {
    return tokens.get(id);
  }

  /**
   * Most characters (Unicode code points) of a {@linkplain TextCleaner cleaned} text that so many
   * tokens can stand for: a longer text is sure to give more tokens.
   */
  public int maxCharacters(int tokens) {
    return Math.multiplyExact(Math.multiplyExact(longestToken, MAX_COMPOSED_CHARACTERS), tokens);
  }

  /** Releases the native memory. A second call does nothing. */
  @Override
  public void close() {
    tokenizer.close();
  }

  private static ObjectNode readFormat(Path file) throws IOException {
    try {
      if (JSON.readTree(Files.readAllBytes(file)) instanceof ObjectNode format) {
        return format;
      }
      throw malformed(file, "a JSON object", "another JSON value", null);
    } catch (JsonProcessingException e) {
      throw malformed(file, "JSON", e.getOriginalMessage(), e);
    } catch (NoSuchFileException e) {
      throw malformed(file, "a file", "missing", e);
    }
  }

  /** Checks what this class relies on: byte fallback, ids without gaps, the special tokens. */
  private static Map<String, Integer> vocabulary(Path file, JsonNode format) throws IOException {
    JsonNode model = format.path("model");
    if (!model.path("byte_fallback").asBoolean(false)) {
      throw malformed(file, "model.byte_fallback true", model.path("byte_fallback"), null);
    }
    Map<String, Integer> vocabulary = new HashMap<>();
    for (Map.Entry<String, JsonNode> token : model.path("vocab").properties()) {
      vocabulary.put(token.getKey(), token.getValue().asInt(-1));
    }
    BitSet seen = new BitSet();
    vocabulary.values().stream().filter(id -> id >= 0).forEach(seen::set);
    if (seen.cardinality() != vocabulary.size() || seen.length() != vocabulary.size()) {
      throw malformed(
          file,
          "model.vocab with the ids 0 to " + (vocabulary.size() - 1) + ", each once",
          seen.cardinality() + " different ids up to " + (seen.length() - 1),
          null);
    }
    for (String token : Stream.concat(SPECIAL_TOKENS.stream(), byteTokens()).toList()) {
      if (!vocabulary.containsKey(token)) {
        throw malformed(file, "model.vocab with the token " + token, "none", null);
      }
    }
    return Map.copyOf(vocabulary);
  }

  private static Stream<String> byteTokens() {
    return IntStream.range(0, 256).mapToObj("<0x%02X>"::formatted);
  }

  private static IOException malformed(Path file, String expected, Object actual, Exception cause) {
    String shown = String.valueOf(actual).lines().findFirst().orElse("nothing");
    return new IOException(
        "%s: tokenizer: expected %s, actual %s".formatted(file, expected, shown), cause);
  }
}
