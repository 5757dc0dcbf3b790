package io.streamglot.translator.decode;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How the decoder uses the machine. But for the shortlist it never changes what is found, beyond
 * what another device rounds in another way.
 *
 * @param threads searches that run at once, each on the thread of its caller, at least 1. More
 *     callers than that wait for their turn, however many they are. On the CPU each takes memory:
 *     some 100 MiB with the shipped models
 * @param device where it computes
 * @param shortlist whether a model that has a shortlist of target tokens computes these alone; it
 *     is faster and may choose other words
 * @param hypotheses most that one run of the graph searches, sentences times beam, at least 1; more
 *     sentences take several runs. Absent: what suits the device
 * @param profile where ONNX Runtime writes the time of each operator: the beginning of a file name,
 *     to which it appends the time and {@code .json}; a file for each search that ran at once. They
 *     are whole when the decoder is closed; a profiled decoder is slower
 */
public record DecoderSettings(
    int threads,
    DecoderDevice device,
    boolean shortlist,
    OptionalInt hypotheses,
    Optional<Path> profile) {

  /**
   * A thread for each processor that the Java virtual machine may use when this class is loaded: a
   * container's limit counts, rounded up, and so does {@code -XX:ActiveProcessorCount}. On the CPU.
   */
  public static final DecoderSettings DEFAULT =
      new DecoderSettings(Runtime.getRuntime().availableProcessors());

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if there is less than one thread or hypothesis
   */
  public DecoderSettings {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: expected at least 1, actual " + threads);
    }
    if (hypotheses.orElse(1) < 1) {
      throw new IllegalArgumentException(
          "hypotheses: expected at least 1, actual " + hypotheses.getAsInt());
    }
  }

  /** So many threads on the CPU, with the shortlist, and no profile. */
  public DecoderSettings(int threads) {
    this(threads, DecoderDevice.CPU, true, OptionalInt.empty(), Optional.empty());
  }

  /** The same on another device. */
  public DecoderSettings withDevice(DecoderDevice other) {
    return new DecoderSettings(threads, other, shortlist, hypotheses, profile);
  }

  /** The same with or without the shortlist. */
  public DecoderSettings withShortlist(boolean used) {
    return new DecoderSettings(threads, device, used, hypotheses, profile);
  }

  /** The same with another most of hypotheses in a run. */
  public DecoderSettings withHypotheses(int most) {
    return new DecoderSettings(threads, device, shortlist, OptionalInt.of(most), profile);
  }

  /** The same with a profile. */
  public DecoderSettings withProfile(Path prefix) {
    return new DecoderSettings(threads, device, shortlist, hypotheses, Optional.of(prefix));
  }
}
