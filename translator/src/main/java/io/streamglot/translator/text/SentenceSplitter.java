package io.streamglot.translator.text;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.text.FilteredBreakIteratorBuilder;
import com.ibm.icu.util.ULocale;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a text into sentences: at the end of each line, at tabs, and where the rules of Unicode (UAX
 * 29) end one, but not after an abbreviation such as "Mr." that CLDR lists for the language, and a
 * few more. Thread-safe.
 */
public final class SentenceSplitter {

  /** Stands for what is protected: a letter that may begin a sentence or end one. */
  private static final char STAND_IN = 'X';

  /** Abbreviations that CLDR leaves out because they may end a sentence, but in chat rarely do. */
  private static final List<String> ABBREVIATIONS =
      List.of("Dr.", "St.", "Mr.", "Mrs.", "Mme.", "Hr.", "Fr.", "z.B.", "bzw.");

  private final BreakIterator prototype;

  /**
   * A splitter for one language.
   *
   * @param languageTag BCP 47 tag such as {@code en}; a language that CLDR does not know gets the
   *     general rules
   */
  public SentenceSplitter(String languageTag) {
    ULocale locale = ULocale.forLanguageTag(languageTag);
    FilteredBreakIteratorBuilder filter = FilteredBreakIteratorBuilder.getInstance(locale);
    ABBREVIATIONS.forEach(filter::suppressBreakAfter);
    this.prototype = filter.wrapIteratorWithFilter(BreakIterator.getSentenceInstance(locale));
  }

  /**
   * The sentences of a text.
   *
   * @param text any text, not null
   * @param spans of it that are protected, as {@link ProtectedSpans} finds them
   */
  public SegmentedText split(String text, List<Span> spans) {
    Segments segments = new Segments(text, spans);
    String masked = masked(text, spans);
    int from = 0;
    for (int i = 0; i <= masked.length(); i++) {
      if (i == masked.length() || masked.charAt(i) == '\t' || Lines.isEnd(masked.charAt(i))) {
        splitLine(masked, from, i, segments);
        from = i + 1;
      }
    }
    return segments.finish();
  }

  private void splitLine(String masked, int from, int to, Segments segments) {
    if (from == to) {
      return;
    }
    // A BreakIterator keeps its position: one for each call.
    BreakIterator sentences = prototype.clone();
    sentences.setText(masked.substring(from, to));
    int start = 0;
    for (int end = sentences.next(); end != BreakIterator.DONE; end = sentences.next()) {
      segments.add(from + start, from + end);
      start = end;
    }
  }

  private static String masked(String text, List<Span> spans) {
    if (spans.isEmpty()) {
      return text;
    }
    char[] masked = text.toCharArray();
    spans.forEach(span -> Arrays.fill(masked, span.start(), span.end(), STAND_IN));
    return new String(masked);
  }
}
