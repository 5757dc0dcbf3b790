package io.streamglot.benchmarks.streaming;

import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/**
 * What came of it.
 *
 * @param samples in their order, at least one
 * @param exitCode of the instance when it was asked to end
 */
public record SoakResult(List<SoakSample> samples, int exitCode) {

  /** Share of the messages after which caches and pools should have grown. */
  private static final double WARM = 0.1;

  /** What a topic may have become larger by: segments that are not compacted yet come and go. */
  private static final long SWING = 3L * StreamSoak.SEGMENT_BYTES;

  /** Copies the list. */
  public SoakResult {
    samples = List.copyOf(samples);
  }

  /** Names and sizes of all topics at the end. */
  public SortedMap<String, TopicSize> topics() {
    return last().topics();
  }

  /** Messages a second, from the first translation to the last. */
  public double messagesPerSecond() {
    return last().messages() / last().seconds();
  }

  /**
   * Bytes that the resident memory of the instance grew by a message, after the first tenth of
   * them: the slope of the line through the samples. Empty if fewer than two have it.
   */
  public OptionalDouble residentGrowth() {
    return growth(sample -> sample.residentBytes());
  }

  /** Bytes that a topic grew by a message, likewise. */
  public OptionalDouble growth(String topic) {
    return growth(sample -> bytes(sample, topic));
  }

  /** The most bytes that a topic had. */
  public long mostBytes(String topic) {
    return samples.stream().mapToLong(sample -> bytes(sample, topic)).max().orElseThrow();
  }

  /**
   * Whether a topic became larger in the second half of the run than it was in the first, by more
   * than segments that wait for compaction.
   */
  public boolean grows(String topic) {
    int half = last().messages() / 2;
    long before = most(topic, sample -> sample.messages() <= half);
    long after = most(topic, sample -> sample.messages() > half);
    return after > before + SWING;
  }

  private long most(String topic, Predicate<SoakSample> which) {
    return samples.stream().filter(which).mapToLong(sample -> bytes(sample, topic)).max().orElse(0);
  }

  private OptionalDouble growth(Function<SoakSample, Long> bytes) {
    SimpleRegression line = new SimpleRegression();
    for (SoakSample sample : samples) {
      Long value = bytes.apply(sample);
      if (value != null && sample.messages() >= WARM * last().messages()) {
        line.addData(sample.messages(), value);
      }
    }
    return line.getN() < 2 ? OptionalDouble.empty() : OptionalDouble.of(line.getSlope());
  }

  private static long bytes(SoakSample sample, String topic) {
    TopicSize size = sample.topics().get(topic);
    return size == null ? 0 : size.bytes();
  }

  private SoakSample last() {
    return samples.get(samples.size() - 1);
  }
}
