package io.streamglot.translator.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A sentence, or what stands for one: it begins and ends with something to translate.
 *
 * @param before what lies between it and the sentence before, passed on as it is: white space,
 *     spans that are protected, marks without a letter; may be empty
 * @param text at least one character, one of them a letter outside of the spans; no line end
 *     outside of them
 * @param spans of {@code text} that are protected, from left to right, neither at its start nor at
 *     its end
 */
public record Sentence(String before, String text, List<Span> spans) {

  private static final String CLAUSE_ENDS = ",;:–—";

  /** Copies the list. */
  public Sentence {
    spans = List.copyOf(spans);
  }

  /** What lies between the spans, each part a sentence of its own. */
  public SegmentedText pieces() {
    Segments pieces = new Segments(text, spans);
    for (int i = 0; i <= spans.size(); i++) {
      pieces.add(
          i == 0 ? 0 : spans.get(i - 1).start(),
          i == spans.size() ? text.length() : spans.get(i).end());
    }
    return pieces.finish();
  }

  /**
   * The sentence with more spans, none of which overlaps another; those at its ends are not in it.
   */
  public SegmentedText protecting(List<Span> more) {
    List<Span> all = new ArrayList<>(spans);
    all.addAll(more);
    all.sort((a, b) -> Integer.compare(a.start(), b.start()));
    Segments one = new Segments(text, all);
    one.add(0, text.length());
    return one.finish();
  }

  /**
   * The sentence cut in two near its middle: after a comma or its like, else at white space, else
   * between two characters; never in a span. What has one character only cannot be cut.
   */
  public Optional<SegmentedText> halves() {
    return Stream.<IntPredicate>of(this::followsClause, this::isSpace, this::isBetweenCharacters)
        .map(this::nearestToMiddle)
        .flatMapToInt(OptionalInt::stream)
        .mapToObj(this::cutAt)
        .findFirst();
  }

  private SegmentedText cutAt(int index) {
    Segments halves = new Segments(text, spans);
    halves.add(0, index);
    halves.add(index, text.length());
    return halves.finish();
  }

  /** The place of a kind that is nearest to the middle. */
  private OptionalInt nearestToMiddle(IntPredicate isPlace) {
    int middle = text.length() / 2;
    return IntStream.range(0, text.length())
        .map(i -> i % 2 == 0 ? middle - i / 2 : middle + (i + 1) / 2)
        .filter(i -> i > 0 && i < text.length())
        .filter(isPlace.and(i -> spans.stream().noneMatch(s -> s.start() < i && i < s.end())))
        .findFirst();
  }

  private boolean followsClause(int index) {
    return CLAUSE_ENDS.indexOf(text.charAt(index - 1)) >= 0
        && isSpace(index)
        && Math.abs(index - text.length() / 2) <= text.length() / 4;
  }

  private boolean isSpace(int index) {
    return TextCleaner.isSpace(text.charAt(index));
  }

  private boolean isBetweenCharacters(int index) {
    return !Character.isSurrogatePair(text.charAt(index - 1), text.charAt(index));
  }
}
