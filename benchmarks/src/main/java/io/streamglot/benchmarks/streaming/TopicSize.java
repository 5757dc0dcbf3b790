package io.streamglot.benchmarks.streaming;

/**
 * How large a topic is.
 *
 * @param bytes of all partitions and replicas on disk
 * @param offsets sum of the ends of its partitions: how much was ever written, markers of
 *     transactions too
 */
public record TopicSize(long bytes, long offsets) {

  TopicSize plus(TopicSize other) {
    return new TopicSize(bytes + other.bytes, offsets + other.offsets);
  }
}
