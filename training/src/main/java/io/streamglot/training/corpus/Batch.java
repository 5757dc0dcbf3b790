package io.streamglot.training.corpus;

import io.streamglot.training.tokenizer.SpecialTokens;
import java.util.Arrays;
import java.util.List;

/**
 * Sentence pairs padded to a rectangle, ready to become tensors. B is the number of pairs, S the
 * longest source, T the longest target, all with end tokens. The arrays are row-major and not
 * copied; do not change them.
 *
 * @param source token ids [B, S], end token after the last token, then {@link #PAD}
 * @param sourceLengths real tokens of each source with its end token [B], each 1 to S
 * @param target token ids [B, T], end token after the last token, then {@link #PAD}
 * @param targetLengths real tokens of each target with its end token [B], each 1 to T
 */
// Arrays, because native tensors are made from them.
@SuppressWarnings("ArrayRecordComponent")
public record Batch(long[] source, int[] sourceLengths, long[] target, int[] targetLengths) {

  /** Id that fills a row after its end token. */
  public static final int PAD = SpecialTokens.PAD;

  /** Pads the pairs, which must be at least one, to the longest of them. */
  static Batch of(List<EncodedPair> pairs) {
    int[][] sources = pairs.stream().map(EncodedPair::source).toArray(int[][]::new);
    int[][] targets = pairs.stream().map(EncodedPair::target).toArray(int[][]::new);
    return new Batch(pad(sources), lengths(sources), pad(targets), lengths(targets));
  }

  private static int[] lengths(int[][] rows) {
    return Arrays.stream(rows).mapToInt(row -> row.length).toArray();
  }

  private static long[] pad(int[][] rows) {
    int width = Arrays.stream(lengths(rows)).max().orElseThrow();
    long[] padded = new long[rows.length * width];
    Arrays.fill(padded, PAD);
    for (int r = 0; r < rows.length; r++) {
      for (int i = 0; i < rows[r].length; i++) {
        padded[r * width + i] = rows[r][i];
      }
    }
    return padded;
  }

  /** B: the number of pairs. */
  public int size() {
    return sourceLengths.length;
  }

  /** S: columns of {@link #source}. */
  public int sourceWidth() {
    return source.length / size();
  }

  /** T: columns of {@link #target}. */
  public int targetWidth() {
    return target.length / size();
  }

  /** {B, S}. */
  public long[] sourceShape() {
    return new long[] {size(), sourceWidth()};
  }

  /** {B, T}. */
  public long[] targetShape() {
    return new long[] {size(), targetWidth()};
  }

  /** Real source tokens, end tokens included. */
  public int sourceTokens() {
    return Arrays.stream(sourceLengths).sum();
  }

  /** Real target tokens, end tokens included: what the loss is averaged over. */
  public int targetTokens() {
    return Arrays.stream(targetLengths).sum();
  }
}
