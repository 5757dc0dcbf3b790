package io.streamglot.training.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All parameters of a model by name, outside libtorch: what a checkpoint keeps, the ONNX export
 * writes and a plain Java search reads. Immutable, as far as the arrays within are left alone.
 *
 * <p>Matrices are [out, in]: {@code y = x Wᵀ + b}. The gates of an LSTM come in the order input,
 * forget, cell, output; those of a GRU in the order reset, update, candidate. {@link #shapes} lists
 * every name.
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
   * The names and shapes of all parameters of a model, in their canonical order.
   *
   * <p>V, E, He, Hd, A and C are the sizes of {@link ModelConfig}; G is the number of {@link
   * CellType#gates}; L the number of decoder layers.
   *
   * <ul>
   *   <li>{@code embedding} [V, E] if source, target and output share it; else {@code
   *       embedding.source} and {@code embedding.target}, both [V, E], and, if the output has its
   *       own, {@code output.w} [V, E]
   *   <li>{@code encoder.1.forward.w_x} [G He, E], {@code .w_h} [G He, He], {@code .b} [G He], and
   *       for a GRU {@code .b_h} [He]; likewise {@code encoder.1.backward} if it reads both ways;
   *       {@code encoder.2} and above likewise with {@code .w_x} [G He, C]
   *   <li>{@code bridge.w} [L Hd, C], {@code bridge.b} [L Hd]: from the encoder's last states to
   *       the decoder's first, one block of rows a layer
   *   <li>additive attention: {@code attention.w_key} [A, C], {@code attention.w_query} [A, Hd],
   *       {@code attention.b} [A], {@code attention.v} [A]; general attention: {@code
   *       attention.w_key} [Hd, C]; others: none
   *   <li>{@code decoder.1.w_y} [G Hd, E], {@code .w_c} [G Hd, C], {@code .w_h} [G Hd, Hd], {@code
   *       .b} [G Hd], and for a GRU {@code .b_h} [Hd]; {@code decoder.2.w_x} [G Hd, Hd], {@code
   *       .w_h}, {@code .b}, {@code .b_h} likewise
   *   <li>{@code readout.w_s} [E, Hd], {@code readout.w_c} [E, C], {@code readout.w_y} [E, E],
   *       {@code readout.b} [E]
   *   <li>{@code output.b} [V]
   * </ul>
   *
   * @return name to shape
   */
  public static Map<String, long[]> shapes(ModelConfig config) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    long v = config.vocabularySize();
    long e = config.embeddingSize();
    long c = config.encoder().annotationSize();
    long hd = config.decoder().size();
    long gates = config.cell().gates();
    for (String embedding : embeddings(config.tying())) {
      shapes.put(embedding, new long[] {v, e});
    }
    for (int layer = 1; layer <= config.encoder().layers(); layer++) {
      for (String name : encoderLayer(config, layer)) {
        shapes.put(name + ".w_x", new long[] {gates * config.encoder().size(), layer == 1 ? e : c});
        putRecurrent(shapes, name, config.cell(), config.encoder().size());
      }
    }
    shapes.put("bridge.w", new long[] {config.decoder().layers() * hd, c});
    shapes.put("bridge.b", new long[] {config.decoder().layers() * hd});
    putAttention(shapes, config);
    shapes.put("decoder.1.w_y", new long[] {gates * hd, e});
    shapes.put("decoder.1.w_c", new long[] {gates * hd, c});
    putRecurrent(shapes, "decoder.1", config.cell(), hd);
    for (int layer = 2; layer <= config.decoder().layers(); layer++) {
      shapes.put("decoder." + layer + ".w_x", new long[] {gates * hd, hd});
      putRecurrent(shapes, "decoder." + layer, config.cell(), hd);
    }
    shapes.put("readout.w_s", new long[] {e, hd});
    shapes.put("readout.w_c", new long[] {e, c});
    shapes.put("readout.w_y", new long[] {e, e});
    shapes.put("readout.b", new long[] {e});
    shapes.put("output.b", new long[] {v});
    return shapes;
  }

  /** Name of the weight that embeds source tokens. */
  public static String sourceEmbedding(Tying tying) {
    return embeddings(tying).get(0);
  }

  /** Name of the weight that embeds target tokens. */
  public static String targetEmbedding(Tying tying) {
    return tying == Tying.THREE_WAY ? "embedding" : "embedding.target";
  }

  /** Name of the output's weight. */
  public static String output(Tying tying) {
    return tying == Tying.NONE ? "output.w" : targetEmbedding(tying);
  }

  /** The name of each direction of an encoder layer, from 1: what stands before {@code .w_x}. */
  public static List<String> encoderLayer(ModelConfig config, int layer) {
    String name = "encoder." + layer;
    return config.encoder().bidirectional()
        ? List.of(name + ".forward", name + ".backward")
        : List.of(name + ".forward");
  }

  private static List<String> embeddings(Tying tying) {
    return switch (tying) {
      case THREE_WAY -> List.of("embedding");
      case TWO_WAY -> List.of("embedding.source", "embedding.target");
      case NONE -> List.of("embedding.source", "embedding.target", "output.w");
    };
  }

  private static void putRecurrent(
      Map<String, long[]> shapes, String name, CellType cell, long units) {
    shapes.put(name + ".w_h", new long[] {cell.gates() * units, units});
    shapes.put(name + ".b", new long[] {cell.gates() * units});
    if (cell == CellType.GRU) {
      shapes.put(name + ".b_h", new long[] {units});
    }
  }

  private static void putAttention(Map<String, long[]> shapes, ModelConfig config) {
    long c = config.encoder().annotationSize();
    long hd = config.decoder().size();
    if (config.context() == ContextType.ADDITIVE) {
      long a = config.attentionSize();
      shapes.put("attention.w_key", new long[] {a, c});
      shapes.put("attention.w_query", new long[] {a, hd});
      shapes.put("attention.b", new long[] {a});
      shapes.put("attention.v", new long[] {a});
    } else if (config.context() == ContextType.GENERAL) {
      shapes.put("attention.w_key", new long[] {hd, c});
    }
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
