package io.streamglot.app.cli;

/** A text as one line of output. */
final class TextLine {
  private TextLine() {}

  /** The text, with a space for each run of line breaks: a model can write any byte. */
  static String of(String text) {
    return text.replaceAll("[\\r\\n]+", " ");
  }
}
