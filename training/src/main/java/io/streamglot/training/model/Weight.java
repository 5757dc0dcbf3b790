package io.streamglot.training.model;

import java.util.Arrays;
import java.util.Objects;

/**
 * One named parameter outside libtorch: a dense float tensor, its last axis contiguous (row-major).
 *
 * <p>The arrays are not copied, for they are large: whoever makes a weight hands them over, and
 * nobody changes them afterwards. Two weights are equal when shape and values are.
 *
 * @param shape the size of each axis, each at least 1
 * @param values the elements, as many as the product of {@code shape}
 */
@SuppressWarnings("ArrayRecordComponent") // equals, hashCode and toString below take the contents
public record Weight(long[] shape, float[] values) {

  /** Refuses values that do not fill the shape. */
  public Weight {
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(values, "values");
    long size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    if (size != values.length) {
      throw new IllegalArgumentException(
          "weight of shape "
              + Arrays.toString(shape)
              + ": expected "
              + size
              + " values, actual "
              + values.length);
    }
  }

  /** The largest element without its sign. */
  public float largest() {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Weight that
        && Arrays.equals(shape, that.shape)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Weight" + Arrays.toString(shape);
  }
}
