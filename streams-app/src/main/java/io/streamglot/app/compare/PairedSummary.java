package io.streamglot.app.compare;

/**
 * A quantity of the messages that both sides translated.
 *
 * @param messages that have it on both sides, at least 1
 * @param old of OLD
 * @param candidate of NEW
 * @param difference of NEW less OLD, message by message
 */
public record PairedSummary(
    long messages, Quantiles old, Quantiles candidate, Quantiles difference) {

  /** Median and 95th percentile, each a value that occurs (nearest rank). */
  public record Quantiles(double median, double p95) {}
}
