package io.streamglot.translator;

import java.util.List;

/**
 * What became of one text.
 *
 * @param text the translation; where nothing is to translate the text itself; never null
 * @param score length-normalised log-probability of the translation, at most 0: of several
 *     sentences the mean, weighted with their tokens; 0 where nothing is to translate
 * @param alternatives the next best translations, best first; empty unless more than one was asked
 *     for. Of several sentences the k-th joins the k-th of each, or the last that it has
 * @param truncated whether the text was longer than is translated, so that its end stayed as it is
 * @param tokens how many tokens the decoder wrote for it, without the end tokens; 0 where nothing
 *     is to translate
 */
public record Translation(
    String text, float score, List<Alternative> alternatives, boolean truncated, int tokens) {

  /** Copies the list, so that a translation never changes. */
  public Translation {
    alternatives = List.copyOf(alternatives);
  }

  /** One without tokens, as where nothing is to translate. */
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
