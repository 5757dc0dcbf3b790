package io.streamglot.app.compare;

import java.util.Arrays;

/** Counts values in bins of one width; the first and the last bin also take what is beyond them. */
public final class Histogram {

  private final double from;
  private final double width;
  private final long[] counts;

  /** From a value on, so many bins of a width. */
  Histogram(double from, double width, int bins) {
    this.from = from;
    this.width = width;
    this.counts = new long[bins];
  }

  void add(double value) {
    int bin = (int) Math.floor((value - from) / width);
    counts[Math.max(0, Math.min(counts.length - 1, bin))]++;
  }

  int bins() {
    return counts.length;
  }

  /** Where a bin starts; that of the number of bins is where the last one ends. */
  double start(int bin) {
    return from + bin * width;
  }

  long count(int bin) {
    return counts[bin];
  }

  long total() {
    return Arrays.stream(counts).sum();
  }
}
