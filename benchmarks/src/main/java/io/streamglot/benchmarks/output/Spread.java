package io.streamglot.benchmarks.output;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;

/** Values of several rounds; at least one. */
public final class Spread {

  private final double[] values;

  private Spread(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("values: expected at least 1, actual 0");
    }
    this.values = values;
  }

  /**
   * Of these values, in any order.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Spread of(List<Double> values) {
    return new Spread(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /**
   * How often each denominator goes into the numerator of the same round.
   *
   * @throws IllegalArgumentException if there are not as many of the one as of the other
   */
  public static Spread ofRatios(List<Double> numerators, List<Double> denominators) {
    if (numerators.size() != denominators.size()) {
      throw new IllegalArgumentException(
          "rounds: expected %d, actual %d".formatted(numerators.size(), denominators.size()));
    }
    double[] ratios = new double[numerators.size()];
    Arrays.setAll(ratios, round -> numerators.get(round) / denominators.get(round));
    return new Spread(ratios);
  }

  /** The middle value, or the mean of the two in the middle. */
  public double median() {
    return percentile(50);
  }

  /**
   * The value that so many of a hundred are not above, interpolated between two.
   *
   * @param percent above 0, at most 100
   */
  public double percentile(double percent) {
    return new Percentile().withEstimationType(EstimationType.R_7).evaluate(values, percent);
  }

  /** Least and greatest value, as {@code 0.912..1.034}. */
  public String range() {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return String.format(Locale.ROOT, "%.3f..%.3f", sorted[0], sorted[sorted.length - 1]);
  }
}
