package io.streamglot.benchmarks.decoding;

import io.streamglot.translator.decode.DecoderDevice;

/**
 * How a candidate decodes: a cell of the grid, or what its specification makes of that.
 *
 * @param batch sentences in a call, 1 to 4096
 * @param beam hypotheses kept, 1 to 64
 * @param threads callers of one session that computes with one thread a call, 1 to 256
 * @param device where it computes
 */
public record RunSettings(int batch, int beam, int threads, DecoderDevice device) {

  /** A sentence at a time, greedily, by one caller. */
  public static final RunSettings PLAIN = new RunSettings(1, 1, 1);

  /** On the CPU. */
  public RunSettings(int batch, int beam, int threads) {
    this(batch, beam, threads, DecoderDevice.CPU);
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range; the message names it
   */
  public RunSettings {
    require("batch", batch, 4096);
    require("beam", beam, 64);
    require("threads", threads, 256);
  }

  /** The same with another batch. */
  public RunSettings withBatch(int sentences) {
    return new RunSettings(sentences, beam, threads, device);
  }

  /** The same with another beam. */
  public RunSettings withBeam(int hypotheses) {
    return new RunSettings(batch, hypotheses, threads, device);
  }

  /** The same with other callers. */
  public RunSettings withThreads(int callers) {
    return new RunSettings(batch, beam, callers, device);
  }

  /** The same on another device. */
  public RunSettings withDevice(DecoderDevice other) {
    return new RunSettings(batch, beam, threads, other);
  }

  private static void require(String what, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(
          "%s: expected 1 to %d, actual %d".formatted(what, most, value));
    }
  }
}
