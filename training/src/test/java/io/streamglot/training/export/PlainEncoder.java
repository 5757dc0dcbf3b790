package io.streamglot.training.export;

import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.model.ModelWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The encoder in plain Java, one sentence at a time. */
final class PlainEncoder {

  private final ModelConfig.Encoder sizes;
  private final List<Layer> layers = new ArrayList<>();

  PlainEncoder(ModelConfig config, ModelWeights weights) {
    this.sizes = config.encoder();
    for (int layer = 1; layer <= sizes.layers(); layer++) {
      String name = "encoder." + layer;
      Direction forward = new Direction(config, weights, name + ".forward");
      Direction backward =
          sizes.bidirectional() ? new Direction(config, weights, name + ".backward") : null;
      layers.add(new Layer(forward, backward));
    }
  }

  /** What it says of each embedded token. */
  float[][] annotations(float[][] x) {
    float[][] said = layers.get(0).read(x);
    for (Layer layer : layers.subList(1, layers.size())) {
      float[][] more = layer.read(said);
      for (int j = 0; j < said.length; j++) {
        PlainLinear.addMultiple(more[j], 1, said[j]);
      }
      said = more;
    }
    return said;
  }

  /** What it knows when it has read all: forward at the last token, backward at the first. */
  float[] end(float[][] annotations) {
    float[] last = annotations[annotations.length - 1];
    if (!sizes.bidirectional()) {
      return last;
    }
    int size = sizes.size();
    return concat(Arrays.copyOf(last, size), Arrays.copyOfRange(annotations[0], size, 2 * size));
  }

  /** One layer; without a backward direction if there is only one. */
  private record Layer(Direction forward, Direction backward) {

    float[][] read(float[][] x) {
      float[][] left = forward.read(x);
      if (backward == null) {
        return left;
      }
      float[][] right = reversed(backward.read(reversed(x)));
      float[][] both = new float[x.length][];
      for (int j = 0; j < both.length; j++) {
        both[j] = concat(left[j], right[j]);
      }
      return both;
    }
  }

  /** One direction of a layer. */
  private static final class Direction {
    private final PlainLinear fromInput;
    private final PlainCell cell;

    Direction(ModelConfig config, ModelWeights weights, String name) {
      this.fromInput = new PlainLinear(weights.get(name + ".w_x"), weights.get(name + ".b"));
      this.cell = new PlainCell(config.cell(), weights, name);
    }

    float[][] read(float[][] x) {
      return cell.read(fromInput.apply(x));
    }
  }

  private static float[] concat(float[] a, float[] b) {
    float[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private static float[][] reversed(float[][] rows) {
    float[][] result = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      result[i] = rows[rows.length - 1 - i];
    }
    return result;
  }
}
