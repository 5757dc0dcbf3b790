package io.streamglot.training.export;

import io.streamglot.training.model.Weight;

/**
 * A matrix in integers: each row has a scale of its own, which takes its largest element to the
 * largest integer.
 *
 * <pre>
 *   w_ij = values_ij scales_i
 * </pre>
 *
 * @param shape out, in
 * @param values [out, in], row-major
 * @param scales [out]; 1 for a row of zeros
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record QuantizedWeight(long[] shape, byte[] values, float[] scales) {

  /**
   * Rounds a matrix.
   *
   * @param weight [out, in]
   * @param largest the largest integer to use, 1 to 127
   */
  static QuantizedWeight of(Weight weight, int largest) {
    int rows = (int) weight.shape()[0];
    int columns = (int) weight.shape()[1];
    byte[] values = new byte[rows * columns];
    float[] scales = new float[rows];
    for (int row = 0; row < rows; row++) {
      float bound = 0;
      for (int i = row * columns; i < (row + 1) * columns; i++) {
        bound = Math.max(bound, Math.abs(weight.values()[i]));
      }
      scales[row] = bound == 0 ? 1 : bound / largest;
      for (int i = row * columns; i < (row + 1) * columns; i++) {
        values[i] = (byte) Math.round(weight.values()[i] / scales[row]);
      }
    }
    return new QuantizedWeight(weight.shape(), values, scales);
  }
}
