package io.streamglot.translator.text;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds the ends of sentences with the rules that the Java platform has for a language.
 *
 * <p>The rules know punctuation, not abbreviations: "Mr. Smith" may end after "Mr.". That is good
 * enough to cut a text that is too long. Thread-safe.
 */
public final class SentenceSplitter {

  private final Locale locale;

  /**
   * A splitter for one language.
   *
   * @param languageTag BCP 47 tag such as {@code en}; a language that the platform does not know
   *     gets its general rules
   */
  public SentenceSplitter(String languageTag) {
    this.locale = Locale.forLanguageTag(languageTag);
  }

  /**
   * Where the sentences of a text end, ascending: each the index after the last character of a
   * sentence and of the white space that follows it. The last is the length of the text; a text
   * without characters has none.
   */
  public List<Integer> ends(String text) {
    // A BreakIterator keeps its position: one for each call.
    BreakIterator sentences = BreakIterator.getSentenceInstance(locale);
    sentences.setText(text);
    List<Integer> ends = new ArrayList<>();
    for (int end = sentences.next(); end != BreakIterator.DONE; end = sentences.next()) {
      ends.add(end);
    }
    return ends;
  }
}
