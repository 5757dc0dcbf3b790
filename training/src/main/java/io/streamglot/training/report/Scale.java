package io.streamglot.training.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One axis of a chart: which value stands at which pixel, and the round values that are named
 * (Heckbert, 1990: steps of 1, 2 or 5 times a power of ten).
 *
 * @param ticks the round values, ascending, at least two; the axis reaches from first to last
 * @param step between two of them
 * @param from pixel of the first
 * @param to pixel of the last
 */
record Scale(List<Double> ticks, double step, double from, double to) {

  /**
   * An axis that holds all values.
   *
   * @param least least value, finite
   * @param greatest greatest value, finite, not below {@code least}
   * @param ticks about how many values are named
   */
  static Scale of(double least, double greatest, int ticks, double from, double to) {
    double span = greatest - least;
    if (span <= 1e-9 * Math.max(Math.abs(least), Math.abs(greatest))) {
      // All values are one: give it room on both sides.
      span = least == 0 ? 1 : Math.abs(least);
    }
    double step = round(span / ticks);
    double first = Math.floor(least / step);
    double last = Math.max(first + 1, Math.ceil(greatest / step));
    List<Double> values = new ArrayList<>();
    for (double i = first; i <= last; i++) {
      values.add(i * step);
    }
    return new Scale(List.copyOf(values), step, from, to);
  }

  /** The pixel of a value. */
  double at(double value) {
    double first = ticks.get(0);
    double last = ticks.get(ticks.size() - 1);
    return from + (value - first) / (last - first) * (to - from);
  }

  /** A value with as many digits as tell it from the next tick. */
  String label(double value) {
    int decimals = Math.max(0, (int) Math.ceil(-Math.log10(step) - 1e-9));
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  private static double round(double rough) {
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double digit = rough / power;
    return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
  }
}
