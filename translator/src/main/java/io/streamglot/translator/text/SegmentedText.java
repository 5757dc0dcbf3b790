package io.streamglot.translator.text;

import java.util.List;

/**
 * A text as sentences and what lies between them. The sentences, each with what comes before it,
 * and the tail make the text again.
 *
 * @param sentences from left to right; none where there is nothing to translate
 * @param tail what follows the last, passed on as it is
 */
public record SegmentedText(List<Sentence> sentences, String tail) {

  /** Copies the list. */
  public SegmentedText {
    sentences = List.copyOf(sentences);
  }
}
