package io.streamglot.app.compare;

/**
 * Both sides against references, on the messages that both translated and that have some.
 *
 * @param messages at least 1
 * @param old of OLD
 * @param candidate of NEW
 * @param bleuP p-value of the difference in BLEU, above 0, at most 1
 * @param chrfP p-value of the difference in chrF
 */
public record ReferenceScores(
    long messages, CorpusScores old, CorpusScores candidate, double bleuP, double chrfP) {

  /** BLEU of NEW less that of OLD, in points. */
  double bleuDifference() {
    return candidate.bleu() - old.bleu();
  }

  /** chrF of NEW less that of OLD, in points. */
  double chrfDifference() {
    return candidate.chrf() - old.chrf();
  }
}
