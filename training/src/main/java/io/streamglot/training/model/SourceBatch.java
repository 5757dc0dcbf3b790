package io.streamglot.training.model;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Source sentences as tensors, time first, because the encoder runs over time.
 *
 * @param size B, number of sentences
 * @param steps S, tokens of the longest sentence
 * @param forward token ids, int64 [S x B]; row {@code s * B + b} is token s of sentence b, padding
 *     at the end
 * @param backward the same with each sentence reversed within its own length, so that padding stays
 *     at the end
 * @param reversal int64 [S x B]: the row of {@code backward} that holds what row i of {@code
 *     forward} holds; its own inverse
 * @param last int64 [B]: the row of each sentence's last token
 * @param mask float [B, S]: 0 at tokens, {@value #MASKED} at padding; added to attention energies
 */
record SourceBatch(
    int size,
    int steps,
    Tensor forward,
    Tensor backward,
    Tensor reversal,
    Tensor last,
    Tensor mask) {

  private static final float MASKED = -1e9f;

  /** Pads and transposes sentences of token ids, each with its end token; none may be empty. */
  static SourceBatch of(List<int[]> sentences, int padId) {
    int size = sentences.size();
    int steps = sentences.stream().mapToInt(s -> s.length).max().orElseThrow();
    long[] forward = new long[steps * size];
    long[] backward = new long[steps * size];
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
        forward[row] = s < length ? sentence[s] : padId;
        backward[row] = s < length ? sentence[mirrored] : padId;
        reversal[row] = (long) mirrored * size + b;
        mask[b * steps + s] = s < length ? 0 : MASKED;
      }
    }
    return new SourceBatch(
        size,
        steps,
        Tensor.create(forward),
        Tensor.create(backward),
        Tensor.create(reversal),
        Tensor.create(last),
        Tensor.create(mask, size, steps));
  }
}
