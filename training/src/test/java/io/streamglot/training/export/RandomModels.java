package io.streamglot.training.export;

import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.model.ModelWeights;
import io.streamglot.training.model.Weight;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Models that nobody trained. */
public final class RandomModels {

  private RandomModels() {}

  /**
   * Weights from a normal distribution, wide enough that distributions are uneven and attention
   * looks somewhere; the same for the same seed.
   *
   * @param endId token made likelier by {@code endBias}, so that hypotheses end at several lengths
   */
  public static ModelWeights weights(ModelConfig config, long seed, int endId, float endBias) {
    Random random = new Random(seed);
    Map<String, Weight> weights = new LinkedHashMap<>();
    ModelWeights.shapes(config)
        .forEach(
            (name, shape) -> {
              int size = 1;
              for (long axis : shape) {
                size = Math.multiplyExact(size, Math.toIntExact(axis));
              }
              double scale = scale(name, shape);
              float[] values = new float[size];
              for (int i = 0; i < size; i++) {
                values[i] = (float) (random.nextGaussian() * scale);
              }
              weights.put(name, new Weight(shape, values));
            });
    weights.get("output.b").values()[endId] += endBias;
    return new ModelWeights(weights);
  }

  private static double scale(String name, long[] shape) {
    if (name.startsWith("embedding") || shape.length == 1) {
      return 1;
    }
    // With a larger recurrent matrix a plain RNN is chaotic: it makes rounding errors visible.
    double gain = name.endsWith(".w_h") ? 1 : 2;
    return gain / Math.sqrt((double) shape[shape.length - 1]);
  }

  /** Sentences of random tokens, the end token last, of mixed lengths from 1 to maxLength. */
  static int[][] sentences(ModelConfig config, long seed, int count, int maxLength, int endId) {
    Random random = new Random(seed);
    int[][] sentences = new int[count][];
    for (int b = 0; b < count; b++) {
      int length = 1 + random.nextInt(maxLength);
      sentences[b] = random.ints(length, 0, config.vocabularySize()).toArray();
      sentences[b][length - 1] = endId;
    }
    return sentences;
  }
}
