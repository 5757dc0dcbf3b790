package io.streamglot.translator.decode;

import io.streamglot.translator.bundle.SearchOptions;
import java.util.List;

/**
 * One translation of one sentence, as the beam search found it.
 *
 * @param tokens target token ids, without the end token; not null, may be empty
 * @param score length-normalised log-probability, at most 0, see {@link SearchOptions}
 * @param alignment for each token the position (from 0) of the source token that got the most
 *     attention when it was chosen; as long as {@code tokens}
 */
public record Hypothesis(List<Integer> tokens, float score, List<Integer> alignment) {

  /** Copies both lists, so that a hypothesis never changes. */
  public Hypothesis {
    tokens = List.copyOf(tokens);
    alignment = List.copyOf(alignment);
    if (tokens.size() != alignment.size()) {
      throw new IllegalArgumentException(
          "alignment: expected one position for each of %d tokens, actual %d"
              .formatted(tokens.size(), alignment.size()));
    }
  }
}
