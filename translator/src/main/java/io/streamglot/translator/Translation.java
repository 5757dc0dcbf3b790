package io.streamglot.translator;

import java.util.List;

/**
 * What became of one text.
 *
 * @param text the translation; for an empty or blank text that text itself; never null
 * @param score length-normalised log-probability of the translation, at most 0; 0 for a blank text
 * @param alternatives the next best translations, best first; empty unless more than one was asked
 *     for
 * @param truncated whether the text was longer than the model takes, so that only its beginning was
 *     translated
 * @param tokens how many tokens the decoder wrote for it, without the end token; 0 for a blank text
 */
public record Translation(
    String text, float score, List<Alternative> alternatives, boolean truncated, int tokens) {

  /** Copies the list, so that a translation never changes. */
  public Translation {
    alternatives = List.copyOf(alternatives);
  }

  /** One without tokens, as that of a blank text is. */
  public Translation(String text, float score, List<Alternative> alternatives, boolean truncated) {
    this(text, score, alternatives, truncated, 0);
  }

  /**
   * A translation that was not the best.
   *
   * @param text the translation, never null
   * @param score length-normalised log-probability, at most that of the better ones
   */
  public record Alternative(String text, float score) {}
}
