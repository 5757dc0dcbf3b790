package io.streamglot.training.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All parameters of a model by name, outside libtorch: what a checkpoint keeps, the ONNX export
 * writes and a plain Java search reads. Immutable, as far as the arrays within are left alone.
 *
 * <p>Matrices are [out, in]: {@code y = x Wᵀ + b}. The gates of an LSTM come in the order input,
 * forget, cell, output. {@link #shapes} lists every name.
 */
public final class ModelWeights {

  private final Map<String, Weight> weights;

  /**
   * Keeps the weights in the order of the map.
   *
   * @param weights name to weight; copied
   */
  public ModelWeights(Map<String, Weight> weights) {
    this.weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
  }

  /**
   * The names and shapes of all parameters of a model of this size, in their canonical order.
   *
   * <p>V, E, He, Hd and A are the sizes of {@link ModelConfig}.
   *
   * <ul>
   *   <li>{@code embedding} [V, E]: source, target and output share it
   *   <li>{@code encoder.forward.w_x} [4He, E], {@code .w_h} [4He, He], {@code .b} [4He]; likewise
   *       {@code encoder.backward}
   *   <li>{@code bridge.w} [Hd, 2He], {@code bridge.b} [Hd]: from the encoder's last states to the
   *       decoder's first
   *   <li>{@code attention.w_key} [A, 2He], {@code attention.w_query} [A, Hd], {@code attention.b}
   *       [A], {@code attention.v} [A]
   *   <li>{@code decoder.w_y} [4Hd, E], {@code decoder.w_c} [4Hd, 2He], {@code decoder.w_h} [4Hd,
   *       Hd], {@code decoder.b} [4Hd]
   *   <li>{@code readout.w_s} [E, Hd], {@code readout.w_c} [E, 2He], {@code readout.w_y} [E, E],
   *       {@code readout.b} [E]
   *   <li>{@code output.b} [V]
   * </ul>
   *
   * @return name to shape
   */
  public static Map<String, long[]> shapes(ModelConfig config) {
    long v = config.vocabularySize();
    long e = config.embeddingSize();
    long he = config.encoderSize();
    long hd = config.decoderSize();
    long a = config.attentionSize();
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put("embedding", new long[] {v, e});
    for (String direction : new String[] {"encoder.forward", "encoder.backward"}) {
      shapes.put(direction + ".w_x", new long[] {4 * he, e});
      shapes.put(direction + ".w_h", new long[] {4 * he, he});
      shapes.put(direction + ".b", new long[] {4 * he});
    }
    shapes.put("bridge.w", new long[] {hd, 2 * he});
    shapes.put("bridge.b", new long[] {hd});
    shapes.put("attention.w_key", new long[] {a, 2 * he});
    shapes.put("attention.w_query", new long[] {a, hd});
    shapes.put("attention.b", new long[] {a});
    shapes.put("attention.v", new long[] {a});
    shapes.put("decoder.w_y", new long[] {4 * hd, e});
    shapes.put("decoder.w_c", new long[] {4 * hd, 2 * he});
    shapes.put("decoder.w_h", new long[] {4 * hd, hd});
    shapes.put("decoder.b", new long[] {4 * hd});
    shapes.put("readout.w_s", new long[] {e, hd});
    shapes.put("readout.w_c", new long[] {e, 2 * he});
    shapes.put("readout.w_y", new long[] {e, e});
    shapes.put("readout.b", new long[] {e});
    shapes.put("output.b", new long[] {v});
    return shapes;
  }

  /**
   * The weight of this name.
   *
   * @throws IllegalArgumentException if there is none; the message says which there are
   */
  public Weight get(String name) {
    Weight weight = weights.get(name);
    if (weight == null) {
      throw new IllegalArgumentException(
          "weight " + name + ": expected one of " + weights.keySet() + ", actual none");
    }
    return weight;
  }

  /** All weights in order; unmodifiable. */
  public Map<String, Weight> asMap() {
    return weights;
  }

  /**
   * Refuses weights that are missing, too many, or not of the shape that {@link #shapes} gives.
   *
   * @throws IllegalArgumentException naming the weight, the expected shape and the actual one
   */
  public void requireShapesOf(ModelConfig config) {
    Map<String, long[]> expected = shapes(config);
    expected.forEach(
        (name, shape) -> {
          long[] actual = get(name).shape();
          if (!Arrays.equals(shape, actual)) {
            throw new IllegalArgumentException(
                "weight "
                    + name
                    + ": expected shape "
                    + Arrays.toString(shape)
                    + ", actual "
                    + Arrays.toString(actual));
          }
        });
    if (weights.size() != expected.size()) {
      throw new IllegalArgumentException(
          "weights: expected " + expected.keySet() + ", actual " + weights.keySet());
    }
  }
}
