package io.streamglot.benchmarks.streaming;

import io.streamglot.benchmarks.output.Spread;
import java.util.List;

/**
 * Rounds of bare decoding, of translating without a stream, and of the stream, in turn.
 *
 * @param sentences of a round
 * @param bare in their order, at least one
 * @param translating as many: the same texts through a translator, encoded and made text again
 * @param streams as many
 */
public record ThroughputMeasurement(
    int sentences, List<Bare> bare, List<Bare> translating, List<Stream> streams) {

  /** Copies the lists. */
  public ThroughputMeasurement {
    bare = List.copyOf(bare);
    translating = List.copyOf(translating);
    streams = List.copyOf(streams);
  }

  /**
   * A round without a stream.
   *
   * @param seconds wall time
   * @param cpuSeconds that the process computed meanwhile
   * @param batches decoded
   */
  public record Bare(double seconds, double cpuSeconds, int batches) {}

  /**
   * A round of the stream.
   *
   * @param seconds wall time from the first record read until the last translation could be read
   * @param cpuSeconds that the process computed meanwhile, broker and reader with it
   * @param streamCpuSeconds of these by the threads of the stream
   * @param decodingSeconds wall time of translating the batches
   * @param batches translated
   */
  public record Stream(
      double seconds,
      double cpuSeconds,
      double streamCpuSeconds,
      double decodingSeconds,
      int batches) {}

  /** Wall time of the rounds of bare decoding. */
  public Spread bareSeconds() {
    return Spread.of(bare.stream().map(Bare::seconds).toList());
  }

  /** Wall time of the rounds of translating without a stream. */
  public Spread translatingSeconds() {
    return Spread.of(translating.stream().map(Bare::seconds).toList());
  }

  /** Wall time of the rounds of the stream. */
  public Spread streamSeconds() {
    return Spread.of(streams.stream().map(Stream::seconds).toList());
  }

  /** What is left of the speed of bare decoding: the ratio of the medians. */
  public double ratio() {
    return bareSeconds().median() / streamSeconds().median();
  }

  /** The ratio of each round. */
  public Spread ratios() {
    return Spread.ofRatios(
        bare.stream().map(Bare::seconds).toList(), streams.stream().map(Stream::seconds).toList());
  }
}
