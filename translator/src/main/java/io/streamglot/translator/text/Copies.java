package io.streamglot.translator.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sees whether a translation has the numbers and names of its sentence. A model that is unsure of
 * one writes another in its place.
 *
 * <ul>
 *   <li>A number has two digits or more, marks such as those of "10:30" and "1,000.50" between
 *       them, and no letter beside it ("21st" may become "XXIe"). It is there if its digits are
 *       among those of the translation, in their order: "1,000" may become "1 000".
 *   <li>A name has a capital within the sentence, and the vocabulary has it only in {@value
 *       #NAME_TOKENS} parts or more, so that the model has seldom read it. Only with a model that
 *       knows {@link Placeholders}: to cut a sentence in pieces costs more than a bent name.
 * </ul>
 *
 * <p>Thread-safe.
 */
public final class Copies {

  private static final int NAME_TOKENS = 3;

  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}])(?=\\p{Nd}[.,:/-]?\\p{Nd})\\p{Nd}++(?:[.,:/-]\\p{Nd}++)*+(?![\\p{L}\\p{N}])");

  private static final Pattern NAME =
      Pattern.compile("(?<=[\\p{L}\\p{N},] )\\p{Lu}\\p{Ll}++(?![\\p{L}\\p{N}])");

  private final ToIntFunction<String> tokens;
  private final boolean names;

  /**
   * A check for one model.
   *
   * @param tokens how many tokens a word has in its vocabulary
   * @param names whether names count
   */
  public Copies(ToIntFunction<String> tokens, boolean names) {
    this.tokens = tokens;
    this.names = names;
  }

  /**
   * The numbers and names of a sentence, outside of its spans, if the translation lacks one of
   * them.
   *
   * @return from left to right; empty if it has them all
   */
  public List<Span> ifOneIsLost(Sentence sentence, String translation) {
    List<Span> copies = new ArrayList<>();
    boolean lost = false;
    String digits = digits(translation);
    for (Span number : found(NUMBER, sentence)) {
      copies.add(number);
      lost |= !digits.contains(digits(textOf(number, sentence)));
    }
    for (Span name : found(NAME, sentence)) {
      String word = textOf(name, sentence);
      if (names && tokens.applyAsInt(word) >= NAME_TOKENS) {
        copies.add(name);
        lost |= !translation.contains(word);
      }
    }
    copies.sort((a, b) -> Integer.compare(a.start(), b.start()));
    return lost ? copies : List.of();
  }

  /** What matches outside of the spans. */
  private static List<Span> found(Pattern pattern, Sentence sentence) {
    List<Span> found = new ArrayList<>();
    Matcher matcher = pattern.matcher(sentence.text());
    while (matcher.find()) {
      Span span = new Span(matcher.start(), matcher.end());
      if (sentence.spans().stream().noneMatch(span::overlaps)) {
        found.add(span);
      }
    }
    return found;
  }

  private static String textOf(Span span, Sentence sentence) {
    return sentence.text().substring(span.start(), span.end());
  }

  private static String digits(String text) {
    StringBuilder digits = new StringBuilder();
    text.codePoints().filter(Character::isDigit).forEach(digits::appendCodePoint);
    return digits.toString();
  }
}
