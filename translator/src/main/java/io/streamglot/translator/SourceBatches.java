package io.streamglot.translator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Puts sentences of like length together, so that little of a batch is padding. */
final class SourceBatches {

  /** Most sentences in a batch: beyond it a CPU gains nothing. */
  static final int MAX_SENTENCES = 64;

  /** Most source tokens in a batch, padding included; a longer sentence is a batch of its own. */
  static final int MAX_TOKENS = 768;

  /** Most hypotheses alive in a batch, sentences times beam: bounds memory for wide beams. */
  static final int MAX_HYPOTHESES = 1024;

  private SourceBatches() {}

  /**
   * Plans the batches.
   *
   * @param beamSize hypotheses kept for each sentence
   * @return indices into {@code sources}: each that is not blank once, shortest first
   */
  static List<List<Integer>> plan(List<Source> sources, int beamSize) {
    int maxSentences = Math.max(1, Math.min(MAX_SENTENCES, MAX_HYPOTHESES / beamSize));
    List<Integer> sorted =
        IntStream.range(0, sources.size())
            .boxed()
            .filter(i -> !sources.get(i).isBlank())
            .sorted(Comparator.comparingInt(i -> sources.get(i).length()))
            .toList();
    List<List<Integer>> batches = new ArrayList<>();
    List<Integer> batch = new ArrayList<>();
    for (int index : sorted) {
      // Sorted, so this sentence is the longest of the batch and sets its width.
      int tokens = (batch.size() + 1) * sources.get(index).length();
      if (!batch.isEmpty() && (batch.size() == maxSentences || tokens > MAX_TOKENS)) {
        batches.add(batch);
        batch = new ArrayList<>();
      }
      batch.add(index);
    }
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
    return batches;
  }
}
