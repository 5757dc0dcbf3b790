package io.streamglot.translator.decode;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How the decoder uses the machine. But for the shortlist it never changes what is found, beyond
 * what another device rounds in another way.
 *
 * @param threads searches that run at once, each on the thread of its caller, at least 1. More
 *     callers than that wait for their turn
 * @param device where it computes
 * @param shortlist whether a model that has a shortlist of target tokens computes these alone; it
 *     is faster and may choose other words
 * @param profile where ONNX Runtime writes the time of each operator: the beginning of a file name,
 *     to which it appends the time and {@code .json}. The file is whole when the decoder is closed;
 *     a profiled decoder is slower
 */
public record DecoderSettings(
    int threads, DecoderDevice device, boolean shortlist, Optional<Path> profile) {

  /**
   * A thread for each processor that the Java virtual machine may use when this class is loaded: a
   * container's limit counts, rounded up, and so does {@code -XX:ActiveProcessorCount}. On the CPU.
   */
  public static final DecoderSettings DEFAULT =
      new DecoderSettings(Runtime.getRuntime().availableProcessors());

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if there is less than one thread
   */
  public DecoderSettings {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: expected at least 1, actual " + threads);
    }
  }

  /** So many threads on the CPU, with the shortlist, and no profile. */
  public DecoderSettings(int threads) {
    this(threads, DecoderDevice.CPU, true, Optional.empty());
  }

  /** The same on another device. */
  public DecoderSettings withDevice(DecoderDevice other) {
    return new DecoderSettings(threads, other, shortlist, profile);
  }

  /** The same with or without the shortlist. */
  public DecoderSettings withShortlist(boolean used) {
    return new DecoderSettings(threads, device, used, profile);
  }

  /** The same with a profile. */
  public DecoderSettings withProfile(Path prefix) {
    return new DecoderSettings(threads, device, shortlist, Optional.of(prefix));
  }
}
