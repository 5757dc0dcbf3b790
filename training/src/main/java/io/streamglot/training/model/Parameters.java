package io.streamglot.training.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * The parameters of a model as libtorch tensors that collect gradients.
 *
 * <p>Owns their native memory: create it outside any {@link org.bytedeco.javacpp.PointerScope} that
 * ends before it. Not thread-safe.
 */
public final class Parameters implements AutoCloseable {

  private static final double EMBEDDING_DEVIATION = 0.1;
  private static final float FORGET_GATE_BIAS = 1;

  private final ModelConfig config;
  private final Device device;
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  private Parameters(ModelConfig config, ModelWeights weights, Device device) {
    weights.requireShapesOf(config);
    this.config = config;
    this.device = device;
    weights
        .asMap()
        .forEach(
            (name, weight) ->
                tensors.put(
                    name,
                    device
                        .place(Tensor.create(weight.values(), weight.shape()))
                        .set_requires_grad(true)));
  }

  /**
   * Fresh parameters: recurrent matrices orthogonal, gate by gate (Saxe et al., 2014), other
   * matrices uniform as Glorot and Bengio (2010) propose, embeddings normal, biases zero but for
   * the LSTM's forget gates' 1 (Jozefowicz et al., 2015).
   *
   * @param seed the same seed gives the same parameters on every machine
   * @param device where they are, and where all that is done with them is computed
   */
  public static Parameters initialise(ModelConfig config, long seed, Device device) {
    Random random = new Random(seed);
    Map<String, Weight> weights = new LinkedHashMap<>();
    ModelWeights.shapes(config)
        .forEach(
            (name, shape) ->
                weights.put(name, new Weight(shape, initial(config, name, shape, random))));
    return new Parameters(config, new ModelWeights(weights), device);
  }

  /** As {@link #initialise(ModelConfig, long, Device)}, on the CPU. */
  public static Parameters initialise(ModelConfig config, long seed) {
    return initialise(config, seed, Device.CPU);
  }

  /** Parameters with these values, which are copied, on the CPU. */
  public static Parameters of(ModelConfig config, ModelWeights weights) {
    return new Parameters(config, weights, Device.CPU);
  }

  /** The sizes that the parameters were made for. */
  public ModelConfig config() {
    return config;
  }

  /** Where the parameters are. */
  Device device() {
    return device;
  }

  /** All parameters in canonical order, for an optimiser; the vector shares their memory. */
  public TensorVector all() {
    return new TensorVector(tensors.values().toArray(Tensor[]::new));
  }

  /** A copy of the values. */
  public ModelWeights toWeights() {
    return NativeScope.callWithoutGradients(
        () -> {
          Map<String, Weight> weights = new LinkedHashMap<>();
          ModelWeights.shapes(config)
              .forEach(
                  (name, shape) -> {
                    float[] values = new float[Math.toIntExact(tensors.get(name).numel())];
                    tensors.get(name).detach().cpu().data_ptr_float().get(values);
                    weights.put(name, new Weight(shape, values));
                  });
          return new ModelWeights(weights);
        });
  }

  /** Overwrites the values in place; optimisers that hold these tensors see the new ones. */
  public void assign(ModelWeights weights) {
    weights.requireShapesOf(config);
    NativeScope.callWithoutGradients(
        () -> {
          weights
              .asMap()
              .forEach(
                  (name, weight) ->
                      tensors.get(name).copy_(Tensor.create(weight.values(), weight.shape())));
          return null;
        });
  }

  Tensor get(String name) {
    return tensors.get(name);
  }

  private static float[] initial(ModelConfig config, String name, long[] shape, Random random) {
    float[] values = new float[Math.toIntExact(shape.length == 1 ? shape[0] : shape[0] * shape[1])];
    if (name.startsWith("embedding") || name.equals("output.w")) {
      fill(values, () -> random.nextGaussian() * EMBEDDING_DEVIATION);
    } else if (name.endsWith(".w_h")) {
      Orthogonal.fill(values, Math.toIntExact(shape[1]), random);
    } else if (shape.length == 2 || name.equals("attention.v")) {
      double bound = Math.sqrt(6.0 / (shape[0] + (shape.length == 2 ? shape[1] : 1)));
      fill(values, () -> (2 * random.nextDouble() - 1) * bound);
    } else if (config.cell() == CellType.LSTM && isBiasOfUnit(name)) {
      int units = values.length / CellType.LSTM.gates();
      Arrays.fill(values, units, 2 * units, FORGET_GATE_BIAS);
    }
    return values;
  }

  private static boolean isBiasOfUnit(String name) {
    return name.endsWith(".b") && (name.startsWith("encoder.") || name.startsWith("decoder."));
  }

  private static void fill(float[] values, DoubleSupplier next) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) next.getAsDouble();
    }
  }

  /** Frees the native memory. */
  @Override
  public void close() {
    tensors.values().forEach(Tensor::close);
  }
}
