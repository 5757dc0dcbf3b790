package io.streamglot.benchmarks.streaming;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** How long things took, to three digits. Thread-safe. */
public final class Latencies {

  private static final int DIGITS = 3;

  private final Histogram micros = new ConcurrentHistogram(DIGITS);

  /** Of these milliseconds; what is below 0 counts as 0. */
  static Latencies ofMillis(List<Double> millis) {
    Latencies latencies = new Latencies();
    millis.forEach(each -> latencies.record(Duration.ofNanos(Math.round(each * 1e6))));
    return latencies;
  }

  void record(Duration duration) {
    micros.recordValue(Math.max(0, TimeUnit.NANOSECONDS.toMicros(duration.toNanos())));
  }

  /** Forgets all. */
  void reset() {
    micros.reset();
  }

  /**
   * Milliseconds that so many of a hundred are not above; 0 where there is none.
   *
   * @param percent above 0, at most 100
   */
  public double millis(double percent) {
    return micros.getValueAtPercentile(percent) / 1e3;
  }
}
