package io.streamglot.training.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.model.ModelWeights;
import io.streamglot.training.model.Weight;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/** The parameters that a {@code model.onnx} holds, read back from its initializers. */
final class OnnxWeights {

  private static final String INTEGERS = ".int8";
  private static final String SCALE = ".scale";

  private OnnxWeights() {}

  /** Those of them that a model of this config has, however the file keeps them. */
  static ModelWeights of(ModelProto model, ModelConfig config) {
    Map<String, Weight> initializers = initializers(model);
    Map<String, Weight> weights = new LinkedHashMap<>();
    for (String name : ModelWeights.shapes(config).keySet()) {
      Weight weight = initializers.get(name);
      weights.put(name, weight == null ? integers(initializers, name) : weight);
    }
    return new ModelWeights(weights);
  }

  /** The matrix of the output layer, which need not be the embedding where they are tied. */
  static Weight output(ModelProto model, ModelConfig config) {
    Map<String, Weight> initializers = initializers(model);
    String name = ModelWeights.output(config.tying());
    return initializers.containsKey(name + INTEGERS)
        ? integers(initializers, name)
        : initializers.get(name);
  }

  private static Weight integers(Map<String, Weight> initializers, String name) {
    Weight matrix = initializers.get(name + INTEGERS);
    float[] scales = initializers.get(name + SCALE).values();
    float[] values = matrix.values().clone();
    int columns = (int) matrix.shape()[1];
    for (int i = 0; i < values.length; i++) {
      values[i] *= scales[i / columns];
    }
    return new Weight(matrix.shape(), values);
  }

  private static Map<String, Weight> initializers(ModelProto model) {
    Map<String, Weight> initializers = new LinkedHashMap<>();
    for (TensorProto tensor : model.getGraph().getInitializerList()) {
      float[] values = values(tensor);
      if (values.length > 0) {
        long[] shape = tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
        initializers.put(tensor.getName(), new Weight(shape, values));
      }
    }
    return initializers;
  }

  /** None of a type that holds no weights. */
  private static float[] values(TensorProto tensor) {
    ByteBuffer data = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    float[] values = {};
    switch (TensorProto.DataType.forNumber(tensor.getDataType())) {
      case FLOAT -> {
        values = new float[data.remaining() / Float.BYTES];
        data.asFloatBuffer().get(values);
      }
      case FLOAT16 -> {
        values = new float[data.remaining() / Short.BYTES];
        for (int i = 0; i < values.length; i++) {
          values[i] = HalfFloatTest.toFloat(data.getShort());
        }
      }
      case INT8 -> {
        values = new float[data.remaining()];
        for (int i = 0; i < values.length; i++) {
          values[i] = data.get();
        }
      }
      default -> {}
    }
    return values;
  }
}
