package io.streamglot.app.compare;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

/** Values of both sides for the same messages: 16 bytes a message. */
final class PairedValues {

  private double[] old = new double[1024];
  private double[] candidate = new double[1024];
  private int size;

  void add(double oldValue, double newValue) {
    if (size == old.length) {
      old = Arrays.copyOf(old, 2 * size);
      candidate = Arrays.copyOf(candidate, 2 * size);
    }
    old[size] = oldValue;
    candidate[size] = newValue;
    size++;
  }

  /** Empty where there are no values. */
  Optional<PairedSummary> summary() {
    return size == 0
        ? Optional.empty()
        : Optional.of(
            new PairedSummary(
                size,
                quantiles(i -> old[i]),
                quantiles(i -> candidate[i]),
                quantiles(i -> candidate[i] - old[i])));
  }

  private PairedSummary.Quantiles quantiles(IntToDoubleFunction value) {
    double[] sorted = new double[size];
    Arrays.setAll(sorted, value);
    Arrays.sort(sorted);
    return new PairedSummary.Quantiles(nearestRank(sorted, 0.5), nearestRank(sorted, 0.95));
  }

  private static double nearestRank(double[] sorted, double share) {
    return sorted[(int) Math.ceil(share * sorted.length) - 1];
  }
}
