package io.streamglot.app.compare;

/** What is to be compared cannot be. The message is one line: what, where, expected, actual. */
public final class ComparisonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ComparisonException(String message) {
    super(message);
  }
}
