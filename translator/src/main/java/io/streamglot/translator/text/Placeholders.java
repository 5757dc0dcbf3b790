package io.streamglot.translator.text;

import java.util.Optional;

/**
 * The characters that stand for protected spans while a sentence is translated: U+E000 and those
 * after it, of the private use area, so that no language has them. A model knows those that its
 * vocabulary has as tokens; one that was not trained with any has none.
 *
 * <p>A private-use character in a text is protected itself, so none is taken for another.
 */
public final class Placeholders {

  private static final char FIRST = '\uE000';

  /** Most that a model can know. */
  private static final int MOST = 64;

  private final int count;

  private Placeholders(int count) {
    this.count = count;
  }

  /** Those that a vocabulary has, one after the other. */
  public static Placeholders of(Tokenizer tokenizer) {
    int count = 0;
    while (count < MOST && tokenizer.hasToken(String.valueOf(character(count)))) {
      count++;
    }
    return new Placeholders(count);
  }

  /**
   * What stands for a span of a sentence.
   *
   * @param index of the span, from 0, below 64
   */
  public static char character(int index) {
    return (char) (FIRST + index);
  }

  /** How many spans of a sentence they can stand for. */
  public int count() {
    return count;
  }

  /**
   * The sentence with the first placeholder for its first span, and so on.
   *
   * @param sentence with at most {@link #count} spans
   */
  public String insert(Sentence sentence) {
    if (sentence.spans().isEmpty()) {
      return sentence.text();
    }
    StringBuilder inserted = new StringBuilder();
    int from = 0;
    for (int i = 0; i < sentence.spans().size(); i++) {
      Span span = sentence.spans().get(i);
      inserted.append(sentence.text(), from, span.start()).append(character(i));
      from = span.end();
    }
    return inserted.append(sentence.text(), from, sentence.text().length()).toString();
  }

  /**
   * The translation with the spans of its sentence in the place of their placeholders. Next to a
   * span there is white space if and only if the sentence has it there, unless punctuation stands
   * there in one of the two.
   *
   * @param translation of what {@link #insert} made of the sentence
   * @return empty unless each placeholder of the sentence occurs once, and no other; where it has
   *     no span, the translation without what the model may have written of them
   */
  public Optional<String> restore(String translation, Sentence sentence) {
    int spans = sentence.spans().size();
    if (spans == 0) {
      return Optional.of(withoutAny(translation));
    }
    for (int i = 0; i < count; i++) {
      if (occurrences(translation, character(i)) != (i < spans ? 1 : 0)) {
        return Optional.empty();
      }
    }
    String restored = translation;
    for (int i = 0; i < spans; i++) {
      restored = spaced(restored, character(i), sentence.text(), sentence.spans().get(i));
    }
    // Only now, for a span may hold anything.
    StringBuilder whole = new StringBuilder();
    for (int i = 0; i < restored.length(); i++) {
      int number = restored.charAt(i) - FIRST;
      if (number >= 0 && number < spans) {
        Span span = sentence.spans().get(number);
        whole.append(sentence.text(), span.start(), span.end());
      } else {
        whole.append(restored.charAt(i));
      }
    }
    return Optional.of(whole.toString());
  }

  private String withoutAny(String translation) {
    String rest = translation;
    for (int i = 0; i < count; i++) {
      rest = rest.replace(" " + character(i), "").replace(String.valueOf(character(i)), "");
    }
    return rest.strip();
  }

  private static long occurrences(String text, char character) {
    return text.chars().filter(c -> c == character).count();
  }

  private static String spaced(String translation, char placeholder, String source, Span span) {
    int index = translation.indexOf(placeholder);
    String left = translation.substring(0, index);
    String right = translation.substring(index + 1);
    char before = source.charAt(span.start() - 1);
    char after = source.charAt(span.end());
    if (isWord(before)) {
      left = left.stripTrailing();
    } else if (TextCleaner.isSpace(before)
        && !left.isEmpty()
        && isWord(left.charAt(left.length() - 1))) {
      left += " ";
    }
    if (isWord(after)) {
      right = right.stripLeading();
    } else if (TextCleaner.isSpace(after) && !right.isEmpty() && isWord(right.charAt(0))) {
      right = " " + right;
    }
    return left + placeholder + right;
  }

  private static boolean isWord(char character) {
    return Character.isLetterOrDigit(character) || (character >= FIRST && character < FIRST + MOST);
  }
}
