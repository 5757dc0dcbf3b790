package io.streamglot.training.model;

import java.util.Random;

/**
 * Square matrices whose rows are orthonormal: a recurrence that starts with one neither grows nor
 * shrinks what it carries (Saxe et al., 2014).
 */
final class Orthogonal {

  private Orthogonal() {}

  /**
   * Fills a stack of square matrices, row-major, one below the other.
   *
   * @param values as many as the matrices need
   * @param size rows and columns of each
   */
  static void fill(float[] values, int size, Random random) {
    for (int start = 0; start < values.length; start += size * size) {
      double[][] rows = matrix(size, random);
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          values[start + i * size + j] = (float) rows[i][j];
        }
      }
    }
  }

  /** Gram and Schmidt, modified, on normal rows: uniform over the orthogonal matrices. */
  private static double[][] matrix(int size, Random random) {
    double[][] rows = new double[size][size];
    for (int i = 0; i < size; i++) {
      double[] row = rows[i];
      for (int j = 0; j < size; j++) {
        row[j] = random.nextGaussian();
      }
      for (int before = 0; before < i; before++) {
        addScaled(row, rows[before], -dot(row, rows[before]));
      }
      double length = Math.sqrt(dot(row, row));
      for (int j = 0; j < size; j++) {
        row[j] /= length;
      }
    }
    return rows;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void addScaled(double[] row, double[] other, double factor) {
    for (int i = 0; i < row.length; i++) {
      row[i] += factor * other[i];
    }
  }
}
