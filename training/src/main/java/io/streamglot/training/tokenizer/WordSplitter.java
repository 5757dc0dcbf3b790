package io.streamglot.training.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a text into the words within which merges happen, as the tokenizer.json of {@link
 * TokenizerJson} does.
 */
final class WordSplitter {

  /** Stands for a space: U+2581, lower one eighth block. */
  static final String SPACE = "\u2581";

  /** White space that folds into one space. */
  static final String WHITE_SPACE = "\\s+";

  /**
   * What stands alone, with the space before it: a punctuation mark, a symbol or a digit, but
   * neither apostrophe nor hyphen. Written to be the same expression in Java and Oniguruma.
   */
  static final String ISOLATED = SPACE + "?(?!['\u2019" + SPACE + "-])[\\p{P}\\p{S}\\p{Nd}]";

  private static final Pattern WHITE_SPACE_PATTERN =
      Pattern.compile(WHITE_SPACE, Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern ISOLATED_PATTERN = Pattern.compile(ISOLATED);

  private WordSplitter() {}

  /** The words of a text, each space turned into {@link #SPACE}; joined they are the text. */
  static List<String> split(String text, Normalization normalization) {
    List<String> words = new ArrayList<>();
    String folded = WHITE_SPACE_PATTERN.matcher(normalization.of(text)).replaceAll(" ").strip();
    if (folded.isEmpty()) {
      return words;
    }
    String marked = folded.replace(" ", SPACE);
    if (!marked.startsWith(SPACE)) {
      marked = SPACE + marked;
    }
    int start = 0;
    for (int next = marked.indexOf(SPACE, 1); start < marked.length(); ) {
      int end = next < 0 ? marked.length() : next;
      isolate(marked.substring(start, end), words);
      start = end;
      next = marked.indexOf(SPACE, start + 1);
    }
    return words;
  }

  private static void isolate(String piece, List<String> words) {
    Matcher matcher = ISOLATED_PATTERN.matcher(piece);
    int end = 0;
    while (matcher.find()) {
      if (matcher.start() > end) {
        words.add(piece.substring(end, matcher.start()));
      }
      words.add(matcher.group());
      end = matcher.end();
    }
    if (end < piece.length()) {
      words.add(piece.substring(end));
    }
  }
}
