package io.streamglot.app.language;

/** What a text shows of its language. */
public sealed interface Detection {

  /**
   * It seems to be in one of the languages to choose from.
   *
   * @param language its tag
   * @param confidence 0 to 1: how far the next of the languages that are written in these letters
   *     lies behind, as a part of this one. No probability
   */
  record Likely(String language, double confidence) implements Detection {}

  /**
   * It is in none of them.
   *
   * @param likeness what it looks like, in words
   */
  record Foreign(String likeness) implements Detection {}

  /** It has no word that would say, or may be in a language that the detector does not know. */
  record Unknown() implements Detection {}
}
