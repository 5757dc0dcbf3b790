package io.streamglot.translator.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects the sentences of a text from left to right. What is white space, protected or without a
 * letter at their ends goes between them.
 */
final class Segments {

  /** After a span that was taken off, these begin no sentence; before one, they end none. */
  private static final String BEGINS_NONE = ".,;:!?…)]-–—/";

  private static final String ENDS_NONE = ",;:([-–—/";

  private final String text;
  private final List<Span> spans;
  private final List<Sentence> sentences = new ArrayList<>();
  private int passed;
  private int nextSpan;

  Segments(String text, List<Span> spans) {
    this.text = text;
    this.spans = spans;
  }

  /**
   * Adds what there is to translate from one place to another.
   *
   * @param from not before the end of the part that was added last, nor within a span; likewise
   * @param to above it
   */
  void add(int from, int to) {
    while (nextSpan < spans.size() && spans.get(nextSpan).end() <= from) {
      nextSpan++;
    }
    int last = nextSpan;
    while (last < spans.size() && spans.get(last).end() <= to) {
      last++;
    }
    add(from, to, spans.subList(nextSpan, last));
  }

  SegmentedText finish() {
    return new SegmentedText(sentences, text.substring(passed));
  }

  private void add(int from, int to, List<Span> inner) {
    int first = 0;
    int start = skipForward(from, startOf(inner, 0, to), "");
    while (first < inner.size() && inner.get(first).start() == start) {
      start = skipForward(inner.get(first).end(), startOf(inner, ++first, to), BEGINS_NONE);
    }
    int last = inner.size();
    int end = skipBack(endOf(inner, last - 1, first, start), to, "");
    while (last > first && inner.get(last - 1).end() == end) {
      int spanStart = inner.get(--last).start();
      end = skipBack(endOf(inner, last - 1, first, start), spanStart, ENDS_NONE);
    }
    List<Span> kept = inner.subList(first, last);
    if (!hasLetter(start, end, kept)) {
      return;
    }
    int offset = start;
    sentences.add(
        new Sentence(
            text.substring(passed, start),
            text.substring(start, end),
            joined(kept).stream().map(span -> span.from(offset)).toList()));
    passed = end;
  }

  /** Neighbours without anything between them go together wherever the translation has them. */
  private static List<Span> joined(List<Span> spans) {
    List<Span> joined = new ArrayList<>();
    for (Span span : spans) {
      int last = joined.size() - 1;
      if (last >= 0 && joined.get(last).end() == span.start()) {
        joined.set(last, new Span(joined.get(last).start(), span.end()));
      } else {
        joined.add(span);
      }
    }
    return joined;
  }

  private static int startOf(List<Span> spans, int index, int otherwise) {
    return index < spans.size() ? spans.get(index).start() : otherwise;
  }

  private static int endOf(List<Span> spans, int index, int first, int otherwise) {
    return index >= first ? spans.get(index).end() : otherwise;
  }

  private int skipForward(int from, int to, String besides) {
    int i = from;
    while (i < to && isSkipped(text.charAt(i), besides)) {
      i++;
    }
    return i;
  }

  private int skipBack(int from, int to, String besides) {
    int i = to;
    while (i > from && isSkipped(text.charAt(i - 1), besides)) {
      i--;
    }
    return i;
  }

  private static boolean isSkipped(char character, String besides) {
    return TextCleaner.isSpace(character) || besides.indexOf(character) >= 0;
  }

  private boolean hasLetter(int from, int to, List<Span> without) {
    int i = from;
    for (Span span : without) {
      if (hasLetter(i, span.start())) {
        return true;
      }
      i = span.end();
    }
    return hasLetter(i, to);
  }

  private boolean hasLetter(int from, int to) {
    return from < to && text.substring(from, to).codePoints().anyMatch(Character::isLetter);
  }
}
