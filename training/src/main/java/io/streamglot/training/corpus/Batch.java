package io.streamglot.training.corpus;

import java.util.List;

/**
 * Sentence pairs that are trained on together. B is the number of pairs, S the tokens of the
 * longest source, T those of the longest target, end tokens included; tensors pad the others to
 * these.
 *
 * @param pairs at least one
 */
public record Batch(List<EncodedPair> pairs) {

  /** Copies the list, so that a batch never changes. */
  public Batch {
    pairs = List.copyOf(pairs);
  }

  /** The sources, in order. */
  public List<int[]> sources() {
    return pairs.stream().map(EncodedPair::source).toList();
  }

  /** The targets, in order. */
  public List<int[]> targets() {
    return pairs.stream().map(EncodedPair::target).toList();
  }

  /** Source tokens, padding not counted. */
  public int sourceTokens() {
    return pairs.stream().mapToInt(pair -> pair.source().length).sum();
  }

  /** Target tokens, padding not counted: what the loss is averaged over. */
  public int targetTokens() {
    return pairs.stream().mapToInt(pair -> pair.target().length).sum();
  }

  /** B x S + B x T: positions of the padded tensors. */
  public int positions() {
    int sourceWidth = pairs.stream().mapToInt(pair -> pair.source().length).max().orElseThrow();
    int targetWidth = pairs.stream().mapToInt(pair -> pair.target().length).max().orElseThrow();
    return pairs.size() * (sourceWidth + targetWidth);
  }
}
