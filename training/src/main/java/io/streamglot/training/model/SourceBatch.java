package io.streamglot.training.model;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Source sentences as tensors, time first, because the encoder runs over time.
 *
 * @param size B, number of sentences
 * @param steps S, tokens of the longest sentence
 * @param tokens token ids, int64 [S x B]; row {@code s * B + b} is token s of sentence b, padding
 *     at the end
 * @param reversal int64 [S x B]: the row of the same token when each sentence is reversed within
 *     its own length, so that padding stays at the end; its own inverse
 * @param last int64 [B]: the row of each sentence's last token
 * @param mask float [B, S]: 0 at tokens, {@value #MASKED} at padding; added to attention energies
 */
record SourceBatch(int size, int steps, Tensor tokens, Tensor reversal, Tensor last, Tensor mask) {

  private static final float MASKED = -1e9f;

  /** Pads and transposes sentences of token ids, each with its end token; none may be empty. */
  static SourceBatch of(List<int[]> sentences, int padId, Device device) {
    int size = sentences.size();
    int steps = sentences.stream().mapToInt(s -> s.length).max().orElseThrow();
    long[] tokens = new long[steps * size];
    long[] reversal = new long[steps * size];
    long[] last = new long[size];
    float[] mask = new float[size * steps];
    for (int b = 0; b < size; b++) {
      int[] sentence = sentences.get(b);
      int length = sentence.length;
      last[b] = (long) (length - 1) * size + b;
      for (int s = 0; s < steps; s++) {
        int row = s * size + b;
        int mirrored = s < length ? length - 1 - s : s;
        tokens[row] = s < length ? sentence[s] : padId;
        reversal[row] = (long) mirrored * size + b;
        mask[b * steps + s] = s < length ? 0 : MASKED;
      }
    }
    return new SourceBatch(
        size,
        steps,
        device.place(Tensor.create(tokens)),
        device.place(Tensor.create(reversal)),
        device.place(Tensor.create(last)),
        device.place(Tensor.create(mask, size, steps)));
  }
}
