package io.streamglot.benchmarks.decoding;

import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.decode.DecoderSettings;
import java.util.Optional;

/**
 * How a candidate decodes: a cell of the grid, or what its specification makes of that.
 *
 * @param batch sentences in a call, 1 to 4096
 * @param beam hypotheses kept, 1 to 64
 * @param threads searches at once, 1 to 256
 * @param decoder how it is opened
 * @param pruning 0 to below 1; the bundle's own if absent
 */
public record RunSettings(
    int batch, int beam, int threads, DecoderSettings decoder, Optional<Float> pruning) {

  /** A sentence at a time, greedily, by one caller. */
  public static final RunSettings PLAIN = new RunSettings(1, 1, 1);

  /** As serving decodes. */
  public RunSettings(int batch, int beam, int threads) {
    this(batch, beam, threads, DecoderSettings.DEFAULT, Optional.empty());
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
    if (pruning.isPresent() && !(pruning.get() >= 0 && pruning.get() < 1)) {
      throw new IllegalArgumentException("pruning: expected 0 to below 1, actual " + pruning.get());
    }
  }

  /** The search of a bundle as these settings have it, with one result. */
  public SearchOptions search(SearchOptions bundled) {
    SearchOptions search = bundled.withBeamSize(beam).withNBest(1);
    return pruning.map(search::withPruning).orElse(search);
  }

  /** The same with another batch. */
  public RunSettings withBatch(int sentences) {
    return new RunSettings(sentences, beam, threads, decoder, pruning);
  }

  /** The same with another beam. */
  public RunSettings withBeam(int hypotheses) {
    return new RunSettings(batch, hypotheses, threads, decoder, pruning);
  }

  /** The same with other callers. */
  public RunSettings withThreads(int callers) {
    return new RunSettings(batch, beam, callers, decoder, pruning);
  }

  /** The same with the decoder opened otherwise. */
  public RunSettings withDecoder(DecoderSettings other) {
    return new RunSettings(batch, beam, threads, other, pruning);
  }

  /** The same with another pruning. */
  public RunSettings withPruning(float factor) {
    return new RunSettings(batch, beam, threads, decoder, Optional.of(factor));
  }

  private static void require(String what, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(
          "%s: expected 1 to %d, actual %d".formatted(what, most, value));
    }
  }
}
