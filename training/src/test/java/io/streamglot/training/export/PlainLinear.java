package io.streamglot.training.export;

import io.streamglot.training.model.Weight;
import java.util.Arrays;

/** y = W x + b; W is kept by columns, so that a product is a sum of columns. */
final class PlainLinear {

  /** Of a product in integers: inputs are multiples of this; 0 if they are left as they are. */
  private final float step;

  private final float[][] columns;
  private final float[] bias;

  PlainLinear(Weight matrix) {
    this(matrix, new Weight(new long[] {matrix.shape()[0]}, new float[(int) matrix.shape()[0]]));
  }

  PlainLinear(Weight matrix, Weight bias) {
    this(matrix, bias, 0);
  }

  private PlainLinear(Weight matrix, Weight bias, float step) {
    this.step = step;
    float[][] rows = rows(matrix);
    this.columns = new float[rows[0].length][rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        columns[j][i] = rows[i][j];
      }
    }
    this.bias = bias.values();
  }

  /**
   * The product in integers: x is rounded to 127 steps on either side of 0.
   *
   * @param bound the largest x
   */
  static PlainLinear ofIntegers(Weight matrix, Weight bias, float bound) {
    return new PlainLinear(matrix, bias, bound / 127);
  }

  /** How long x is. */
  int inputs() {
    return columns.length;
  }

  float[] apply(float[] x) {
    return apply(new float[][] {x})[0];
  }

  float[][] apply(float[][] x) {
    float[][] y = new float[x.length][bias.length];
    addTo(y, x);
    return y;
  }

  void addTo(float[][] y, float[][] x) {
    for (float[] row : y) {
      addMultiple(row, 1, bias);
    }
    for (int j = 0; j < columns.length; j++) {
      for (int k = 0; k < x.length; k++) {
        addMultiple(y[k], rounded(x[k][j]), columns[j]);
      }
    }
  }

  private float rounded(float x) {
    return step == 0 ? x : (float) Math.rint(x / step) * step;
  }

  /** y += a x. The one hot loop; the compiler turns it into vector instructions. */
  static void addMultiple(float[] y, float a, float[] x) {
    for (int i = 0; i < y.length; i++) {
      y[i] += a * x[i];
    }
  }

  static float[][] rows(Weight matrix) {
    int rows = (int) matrix.shape()[0];
    int columns = (int) matrix.shape()[1];
    float[][] result = new float[rows][];
    for (int i = 0; i < rows; i++) {
      result[i] = Arrays.copyOfRange(matrix.values(), i * columns, (i + 1) * columns);
    }
    return result;
  }
}
