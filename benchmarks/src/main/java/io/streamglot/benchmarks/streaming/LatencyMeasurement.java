package io.streamglot.benchmarks.streaming;

import java.util.List;

/**
 * One cell of the grid.
 *
 * @param settings of the stream
 * @param messages in the order they were due, at least one
 * @param backToBack what texts take without a stream and without a pause between them
 * @param batchWaits how long the first record of each batch waited for others
 * @param batchDecodings how long each batch took to be translated
 * @param idleCpu share of a core that the threads of the stream took without messages; of their
 *     producers too
 */
public record LatencyMeasurement(
    StreamSettings settings,
    List<Message> messages,
    Latencies backToBack,
    Latencies batchWaits,
    Latencies batchDecodings,
    double idleCpu) {

  /** Copies the list. */
  public LatencyMeasurement {
    messages = List.copyOf(messages);
  }

  /**
   * A message.
   *
   * @param dueMillis when it was due, from the start of the load
   * @param totalMillis from then until its translation could be read
   * @param bareMillis what its text takes without a stream at the pace of the load
   */
  public record Message(double dueMillis, double totalMillis, double bareMillis) {

    /** What the stream adds to decoding. */
    public double addedMillis() {
      return totalMillis - bareMillis;
    }
  }

  /** Until translations could be read. */
  public Latencies total() {
    return Latencies.ofMillis(messages.stream().map(Message::totalMillis).toList());
  }

  /** What decoding alone takes. */
  public Latencies bare() {
    return Latencies.ofMillis(messages.stream().map(Message::bareMillis).toList());
  }

  /** What the stream adds. */
  public Latencies added() {
    return Latencies.ofMillis(messages.stream().map(Message::addedMillis).toList());
  }
}
