package io.streamglot.training.corpus;

import java.util.Objects;

/**
 * A sentence and its translation.
 *
 * @param source the sentence, not null
 * @param target its translation, not null
 */
public record SentencePair(String source, String target) {

  /** Refuses null. */
  public SentencePair {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(target, "target");
  }
}
