package io.streamglot.benchmarks.profile;

import java.util.List;

/**
 * One call of one node.
 *
 * @param node its name, which is its alone
 * @param operator such as {@code MatMul}
 * @param provider who computed it, such as {@code CPU}
 * @param thread number of the thread
 * @param start in microseconds since the profile began
 * @param micros that it took
 * @param inputs shapes of its inputs, without those that were packed in advance
 * @param outputs shapes of its outputs
 */
public record KernelCall(
    String node,
    String operator,
    String provider,
    long thread,
    long start,
    long micros,
    List<List<Long>> inputs,
    List<List<Long>> outputs) {

  /** Copies the lists. */
  public KernelCall {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  boolean isWithin(KernelCall other) {
    return thread == other.thread
        && start >= other.start
        && start + micros <= other.start + other.micros;
  }
}
