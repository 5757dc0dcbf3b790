package io.streamglot.app.compare;

import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What a {@link Gate} can hold a comparison to. */
public enum Measure {
  /** Pairs of {@link OutcomeClass#IDENTICAL}. */
  IDENTICAL(true, false),
  /** Pairs of {@link OutcomeClass#CHANGED}. */
  CHANGED(true, false),
  /** Pairs of {@link OutcomeClass#MISSING}. */
  MISSING(true, false),
  /** Pairs of {@link OutcomeClass#NEW}. */
  NEW(true, false),
  /** Pairs that failed on either side. */
  FAILED(true, false),
  /** Pairs of {@link OutcomeClass#FAILED_NEW}. */
  FAILED_NEW(true, false),
  /** Pairs of {@link OutcomeClass#FAILED_OLD}. */
  FAILED_OLD(true, false),
  /** Pairs of {@link OutcomeClass#FAILED_BOTH}. */
  FAILED_BOTH(true, false),
  /** BLEU of NEW against OLD, 0 to 100. */
  AGREEMENT_BLEU(false, false),
  /** chrF of NEW against OLD, 0 to 100. */
  AGREEMENT_CHRF(false, false),
  /** BLEU of NEW less that of OLD, against references, in points. */
  BLEU(false, true),
  /** chrF of NEW less that of OLD, against references, in points. */
  CHRF(false, true),
  /** p-value of the loss in BLEU; 1 where NEW has not lost. */
  P(false, true),
  /** p-value of the loss in chrF; 1 where NEW has not lost. */
  P_CHRF(false, true);

  /** Their names, in words. */
  static final String NAMES =
      Arrays.stream(values()).map(Measure::toString).collect(Collectors.joining(", "));

  private final boolean count;
  private final boolean needsReferences;

  Measure(boolean count, boolean needsReferences) {
    this.count = count;
    this.needsReferences = needsReferences;
  }

  /** Whether it is a number of pairs, which may be taken as a share. */
  boolean isCount() {
    return count;
  }

  /** Whether there has to be a file of references. */
  public boolean needsReferences() {
    return needsReferences;
  }

  /** Its value; empty where no message was translated by both sides, with references if need be. */
  OptionalDouble value(Comparison comparison) {
    return switch (this) {
      case IDENTICAL -> count(comparison, OutcomeClass.IDENTICAL);
      case CHANGED -> count(comparison, OutcomeClass.CHANGED);
      case MISSING -> count(comparison, OutcomeClass.MISSING);
      case NEW -> count(comparison, OutcomeClass.NEW);
      case FAILED ->
          count(
              comparison,
              OutcomeClass.FAILED_NEW,
              OutcomeClass.FAILED_OLD,
              OutcomeClass.FAILED_BOTH);
      case FAILED_NEW -> count(comparison, OutcomeClass.FAILED_NEW);
      case FAILED_OLD -> count(comparison, OutcomeClass.FAILED_OLD);
      case FAILED_BOTH -> count(comparison, OutcomeClass.FAILED_BOTH);
      case AGREEMENT_BLEU -> agreement(comparison, CorpusScores::bleu);
      case AGREEMENT_CHRF -> agreement(comparison, CorpusScores::chrf);
      case BLEU -> scored(comparison, ReferenceScores::bleuDifference);
      case CHRF -> scored(comparison, ReferenceScores::chrfDifference);
      case P -> scored(comparison, scores -> scores.bleuDifference() < 0 ? scores.bleuP() : 1);
      case P_CHRF -> scored(comparison, scores -> scores.chrfDifference() < 0 ? scores.chrfP() : 1);
    };
  }

  private static OptionalDouble count(Comparison comparison, OutcomeClass... classes) {
    return OptionalDouble.of((double) Arrays.stream(classes).mapToLong(comparison::count).sum());
  }

  private static OptionalDouble agreement(
      Comparison comparison, ToDoubleFunction<CorpusScores> score) {
    return comparison.agreement().stream().mapToDouble(score).findFirst();
  }

  private static OptionalDouble scored(
      Comparison comparison, ToDoubleFunction<ReferenceScores> score) {
    return comparison.references().stream().mapToDouble(score).findFirst();
  }

  /** Its name in a gate, such as {@code failed-new}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
