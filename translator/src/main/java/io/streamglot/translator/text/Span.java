package io.streamglot.translator.text;

/**
 * A part of a text.
 *
 * @param start index of its first character, at least 0
 * @param end index after its last character, above {@code start}
 */
public record Span(int start, int end) {

  /** Checks the order. */
  public Span {
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException(
          "span: expected 0 <= start < end, actual %d to %d".formatted(start, end));
    }
  }

  /** The same part of a text that begins at {@code offset} of this one. */
  Span from(int offset) {
    return new Span(start - offset, end - offset);
  }

  /** Whether it lies between two places. */
  boolean isWithin(int from, int to) {
    return start >= from && end <= to;
  }

  boolean overlaps(Span other) {
    return start < other.end && other.start < end;
  }
}
