package io.streamglot.app.compare;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How NEW differs from OLD. Immutable, but for the histograms, which nobody changes any more.
 *
 * @param old side
 * @param candidate the side NEW
 * @param counts pairs by class, each class there
 * @param agreement NEW against OLD, where both translated; empty where they never did
 * @param references both sides against references; empty where no references were given, or no
 *     message that both translated has one
 * @param score of the model
 * @param length in characters (code points)
 * @param latency in milliseconds, where both sides were measured
 * @param chrfs sentence chrF of what changed
 * @param scoreDifferences of what changed
 * @param lengthRatios of what changed, NEW by OLD
 * @param differences some of the pairs that are not identical: the worst changes first
 */
public record Comparison(
    SideSummary old,
    SideSummary candidate,
    Map<OutcomeClass, Long> counts,
    Optional<CorpusScores> agreement,
    Optional<ReferenceScores> references,
    Optional<PairedSummary> score,
    Optional<PairedSummary> length,
    Optional<PairedSummary> latency,
    Histogram chrfs,
    Histogram scoreDifferences,
    Histogram lengthRatios,
    List<Difference> differences) {

  /** Copies the collections. */
  public Comparison {
    counts = Collections.unmodifiableMap(new EnumMap<>(counts));
    differences = List.copyOf(differences);
  }

  long count(OutcomeClass outcomeClass) {
    return counts.get(outcomeClass);
  }

  /** All pairs. */
  long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Pairs of a class among all, 0 to 1. */
  double share(OutcomeClass outcomeClass) {
    return (double) count(outcomeClass) / total();
  }
}
