package io.streamglot.app.compare;

import io.streamglot.app.compare.RecordedOutcome.Translated;
import io.streamglot.translator.evaluate.Bleu;
import io.streamglot.translator.evaluate.Chrf;
import io.streamglot.translator.evaluate.CorpusMetric;
import io.streamglot.translator.evaluate.PairedBootstrap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Compares the outcomes of two sides, which it reads once.
 *
 * <p>Keeps what {@link OutcomeMatcher} lets wait, 48 bytes of figures a message, the differences to
 * show and, for each message with references, the counts of both sides: some 400 bytes.
 *
 * <p>For one comparison; not thread-safe.
 */
public final class Comparer {

  private static final Chrf CHRF = new Chrf();
  private static final Bleu ANY_BLEU = new Bleu();

  private final ReferenceTexts references;
  private final Differences differences;
  private final Map<OutcomeClass, Long> counts = new EnumMap<>(OutcomeClass.class);
  private final Map<String, Bleu> bleus = new HashMap<>();
  private final Sums agreement = new Sums();
  private final Sums oldSums = new Sums();
  private final Sums newSums = new Sums();
  private final TreeSet<Integer> referenceNumbers = new TreeSet<>();
  private final Set<Bleu> referenceBleus = new HashSet<>();
  private final PairedValues modelScores = new PairedValues();
  private final PairedValues lengths = new PairedValues();
  private final PairedValues latencies = new PairedValues();
  private final Histogram chrfs = new Histogram(0, 5, 20);
  private final Histogram scoreDifferences = new Histogram(-1, 0.1, 20);
  private final Histogram lengthRatios = new Histogram(0, 0.1, 21);

  private Comparer(ReferenceTexts references, int differencesOfAClass) {
    this.references = references;
    this.differences = new Differences(differencesOfAClass);
    for (OutcomeClass outcomeClass : OutcomeClass.values()) {
      counts.put(outcomeClass, 0L);
    }
  }

  /**
   * Compares.
   *
   * @param differencesOfAClass most differences to keep of each class, at least 0
   * @throws ComparisonException if an outcome cannot be read, or neither side has any
   */
  public static Comparison compare(
      RecordedOutcomes old,
      RecordedOutcomes candidate,
      ReferenceTexts references,
      int differencesOfAClass) {
    Comparer comparer = new Comparer(references, differencesOfAClass);
    Tally oldTally = new Tally(old.name(), old);
    Tally newTally = new Tally(candidate.name(), candidate);
    OutcomeMatcher.match(oldTally, newTally, comparer::add);
    return comparer.comparison(oldTally.summary(), newTally.summary());
  }

  /** Counts the outcomes of a side as they pass. */
  private static final class Tally implements Iterator<RecordedOutcome> {
    private final String name;
    private final Iterator<RecordedOutcome> outcomes;
    private final SortedMap<String, Long> models = new TreeMap<>();
    private long count;

    Tally(String name, Iterator<RecordedOutcome> outcomes) {
      this.name = name;
      this.outcomes = outcomes;
    }

    @Override
    public boolean hasNext() {
      return outcomes.hasNext();
    }

    @Override
    public RecordedOutcome next() {
      RecordedOutcome outcome = outcomes.next();
      count++;
      if (outcome instanceof Translated translated) {
        models.merge(translated.model(), 1L, Long::sum);
      }
      return outcome;
    }

    SideSummary summary() {
      return new SideSummary(name, count, models);
    }
  }

  /** Counts of the metrics, added up, and message by message where they are drawn from. */
  private static final class Sums {
    private final long[] bleu = new long[ANY_BLEU.counts("", List.of("")).length];
    private final long[] chrf = new long[CHRF.counts("", List.of("")).length];
    private final List<int[]> bleuRows = new ArrayList<>();
    private final List<int[]> chrfRows = new ArrayList<>();

    void add(int[] bleuCounts, int[] chrfCounts) {
      CorpusMetric.add(bleu, bleuCounts);
      CorpusMetric.add(chrf, chrfCounts);
    }

    void addRow(int[] bleuCounts, int[] chrfCounts) {
      add(bleuCounts, chrfCounts);
      bleuRows.add(bleuCounts);
      chrfRows.add(chrfCounts);
    }

    boolean isEmpty() {
      return bleuRows.isEmpty();
    }
  }

  private void add(OutcomePair pair) {
    counts.merge(pair.outcomeClass(), 1L, Long::sum);
    if (pair.old() instanceof Translated old && pair.candidate() instanceof Translated candidate) {
      addTranslations(pair, old, candidate);
    } else {
      differences.add(new Difference(pair, OptionalDouble.empty()));
    }
  }

  private void addTranslations(OutcomePair pair, Translated old, Translated candidate) {
    Bleu bleu = bleus.computeIfAbsent(pair.key().targetLanguage(), Bleu::standard);
    List<String> oldText = List.of(old.text());
    int[] chrfCounts = CHRF.counts(candidate.text(), oldText);
    agreement.add(bleu.counts(candidate.text(), oldText), chrfCounts);
    modelScores.add(old.score(), candidate.score());
    lengths.add(old.length(), candidate.length());
    if (old.latencyMs().isPresent() && candidate.latencyMs().isPresent()) {
      latencies.add(
          (double) old.latencyMs().getAsLong(), (double) candidate.latencyMs().getAsLong());
    }
    if (pair.outcomeClass() == OutcomeClass.CHANGED) {
      double chrf = CHRF.score(Arrays.stream(chrfCounts).asLongStream().toArray());
      chrfs.add(chrf);
      scoreDifferences.add(candidate.score() - old.score());
      lengthRatios.add((double) candidate.length() / Math.max(1, old.length()));
      differences.add(new Difference(pair, OptionalDouble.of(chrf)));
    }
    List<String> right = references.of(pair.key());
    if (!right.isEmpty()) {
      referenceNumbers.add(right.size());
      referenceBleus.add(bleu);
      oldSums.addRow(bleu.counts(old.text(), right), CHRF.counts(old.text(), right));
      newSums.addRow(bleu.counts(candidate.text(), right), CHRF.counts(candidate.text(), right));
    }
  }

  private Comparison comparison(SideSummary old, SideSummary candidate) {
    if (old.outcomes() + candidate.outcomes() == 0) {
      throw new ComparisonException(
          "%s, %s: expected outcomes to compare, actual none"
              .formatted(old.name(), candidate.name()));
    }
    Optional<PairedSummary> lengthSummary = lengths.summary();
    return new Comparison(
        old,
        candidate,
        counts,
        lengthSummary.map(any -> scores(agreement, "1", bleus.values())),
        oldSums.isEmpty() ? Optional.empty() : Optional.of(referenceScores()),
        modelScores.summary(),
        lengthSummary,
        latencies.summary(),
        chrfs,
        scoreDifferences,
        lengthRatios,
        differences.list());
  }

  private ReferenceScores referenceScores() {
    String references = referenceNumbers.size() == 1 ? referenceNumbers.first().toString() : "var";
    PairedBootstrap bootstrap = PairedBootstrap.STANDARD;
    return new ReferenceScores(
        oldSums.bleuRows.size(),
        scores(oldSums, references, referenceBleus),
        scores(newSums, references, referenceBleus),
        bootstrap.pValue(ANY_BLEU, oldSums.bleuRows, newSums.bleuRows),
        bootstrap.pValue(CHRF, oldSums.chrfRows, newSums.chrfRows));
  }

  private static CorpusScores scores(Sums sums, String references, Collection<Bleu> bleus) {
    String bleuSignatures =
        bleus.stream()
            .map(bleu -> bleu.signature(references))
            .distinct()
            .sorted()
            .collect(Collectors.joining(" + "));
    return new CorpusScores(
        ANY_BLEU.score(sums.bleu),
        CHRF.score(sums.chrf),
        bleuSignatures,
        CHRF.signature(references));
  }
}
