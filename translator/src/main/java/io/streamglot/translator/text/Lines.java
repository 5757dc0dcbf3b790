package io.streamglot.translator.text;

/** What Unicode takes for the end of a line (UAX 14: mandatory breaks). */
final class Lines {

  private Lines() {}

  static boolean isEnd(int character) {
    return switch (character) {
      case '\n', '\u000B', '\f', '\r', '\u0085', '\u2028', '\u2029' -> true;
      default -> false;
    };
  }
}
