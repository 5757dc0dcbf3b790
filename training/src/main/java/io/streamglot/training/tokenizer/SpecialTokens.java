package io.streamglot.training.tokenizer;

import io.streamglot.translator.text.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The ids that every vocabulary begins with: padding, unknown, start, end, then the 256 bytes. */
public final class SpecialTokens {

  /** Fills a batch. */
  public static final int PAD = 0;

  /** Never produced, since bytes stand in for what is unknown; the format asks for one. */
  public static final int UNKNOWN = 1;

  /** The decoder starts from it. */
  public static final int START = 2;

  /** Ends every source and target sentence. */
  public static final int END = 3;

  /** Id of byte 0; byte {@code b} has {@code FIRST_BYTE + b}. */
  public static final int FIRST_BYTE = 4;

  /** First id after the bytes: that of the first placeholder, if there are any, or character. */
  public static final int FIRST_CHARACTER = FIRST_BYTE + 256;

  static final List<String> NAMES =
      List.of(Tokenizer.PAD, Tokenizer.UNKNOWN, Tokenizer.START, Tokenizer.END);

  private SpecialTokens() {}

  /** The ids of the bytes that a character is in UTF-8. */
  static IntStream bytes(String character) {
    byte[] utf8 = character.getBytes(StandardCharsets.UTF_8);
    return IntStream.range(0, utf8.length).map(i -> FIRST_BYTE + (utf8[i] & 0xff));
  }

  /** The tokens with ids below {@link #FIRST_CHARACTER}, in order of their ids. */
  static List<String> tokens() {
    List<String> tokens = new ArrayList<>(NAMES);
    for (int b = 0; b < 256; b++) {
      tokens.add("<0x%02X>".formatted(b));
    }
    return tokens;
  }
}
