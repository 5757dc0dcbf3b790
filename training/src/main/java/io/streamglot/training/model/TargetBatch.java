package io.streamglot.training.model;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Target sentences as tensors for teacher forcing, time first.
 *
 * @param size B, number of sentences
 * @param steps T, tokens of the longest sentence
 * @param previous int64 [T x B]: the token before each one, the start token first; row {@code t * B
 *     + b}
 * @param rows int64 [N]: the rows of the N tokens that are not padding
 * @param tokens int64 [N]: these tokens, which the model is to predict
 */
record TargetBatch(int size, int steps, Tensor previous, Tensor rows, Tensor tokens) {

  /** Pads and transposes sentences of token ids, each with its end token; none may be empty. */
  static TargetBatch of(List<int[]> sentences, int startId, int padId, Device device) {
    int size = sentences.size();
    int steps = sentences.stream().mapToInt(s -> s.length).max().orElseThrow();
    int count = sentences.stream().mapToInt(s -> s.length).sum();
    long[] previous = new long[steps * size];
    long[] rows = new long[count];
    long[] tokens = new long[count];
    int n = 0;
    for (int t = 0; t < steps; t++) {
      for (int b = 0; b < size; b++) {
        int[] sentence = sentences.get(b);
        int row = t * size + b;
        if (t >= sentence.length) {
          previous[row] = padId;
          continue;
        }
        previous[row] = t == 0 ? startId : sentence[t - 1];
        rows[n] = row;
        tokens[n++] = sentence[t];
      }
    }
    return new TargetBatch(
        size,
        steps,
        device.place(Tensor.create(previous)),
        device.place(Tensor.create(rows)),
        device.place(Tensor.create(tokens)));
  }
}
