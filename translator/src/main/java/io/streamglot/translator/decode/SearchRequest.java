package io.streamglot.translator.decode;

import io.streamglot.translator.bundle.SearchOptions;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What to search for.
 *
 * @param sources token ids of each sentence with the end token last, at least one id each; may be
 *     empty
 * @param prefixes for each sentence the target tokens that its hypotheses begin with, which may be
 *     none; at an end token the hypothesis ends
 * @param options how to search
 * @param sampling how to draw one hypothesis a sentence; the options' beam, n-best and pruning do
 *     not count then. A beam search if absent
 * @param attention whether hypotheses come with it, if the model has one
 */
public record SearchRequest(
    List<int[]> sources,
    List<int[]> prefixes,
    SearchOptions options,
    Optional<Sampling> sampling,
    boolean attention) {

  private static final int[] NO_PREFIX = {};

  /**
   * Copies the lists, but not the ids.
   *
   * @throws IllegalArgumentException if there are not as many prefixes as sentences
   */
  public SearchRequest {
    sources = List.copyOf(sources);
    prefixes = List.copyOf(prefixes);
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(sampling, "sampling");
    if (prefixes.size() != sources.size()) {
      throw new IllegalArgumentException(
          "prefixes: expected one for each of %d sentences, actual %d"
              .formatted(sources.size(), prefixes.size()));
    }
  }

  /** A beam search without prefixes and attention. */
  public SearchRequest(List<int[]> sources, SearchOptions options) {
    this(sources, Collections.nCopies(sources.size(), NO_PREFIX), options, Optional.empty(), false);
  }

  /** The same with other prefixes. */
  public SearchRequest withPrefixes(List<int[]> others) {
    return new SearchRequest(sources, others, options, sampling, attention);
  }

  /** The same by lot. */
  public SearchRequest withSampling(Sampling by) {
    return new SearchRequest(sources, prefixes, options, Optional.of(by), attention);
  }

  /** The same with attention. */
  public SearchRequest withAttention() {
    return new SearchRequest(sources, prefixes, options, sampling, true);
  }

  /** The same for the sentences at some places, in their order. */
  public SearchRequest part(int... places) {
    return new SearchRequest(
        Arrays.stream(places).mapToObj(sources::get).toList(),
        Arrays.stream(places).mapToObj(prefixes::get).toList(),
        options,
        sampling,
        attention);
  }

  /** Hypotheses kept at each step. */
  public int beamSize() {
    return sampling.isPresent() ? 1 : options.beamSize();
  }

  /** Hypotheses to return of each sentence. */
  int nBest() {
    return sampling.isPresent() ? 1 : options.nBest();
  }

  /** Most target tokens of each sentence, prefix and end token included. */
  int[] limits() {
    return sources.stream().mapToInt(s -> options.maxTargetTokens(s.length)).toArray();
  }

  /** Whether the lots decide, and not the most probable token. */
  boolean drawsLots() {
    return sampling.isPresent() && !sampling.get().isGreedy();
  }
}
