package io.streamglot.training.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.model.ModelWeights;
import io.streamglot.training.model.Weight;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The parameters that a {@code model.onnx} holds, read back from its initializers. */
final class OnnxWeights {

  private OnnxWeights() {}

  static ModelWeights read(Path modelFile, ModelConfig config) throws IOException {
    return of(ModelProto.parseFrom(Files.readAllBytes(modelFile)), config);
  }

  /** Those of them that a model of this config has; there may be constants besides. */
  static ModelWeights of(ModelProto model, ModelConfig config) {
    Map<String, Weight> initializers = new LinkedHashMap<>();
    for (TensorProto tensor : model.getGraph().getInitializerList()) {
      if (tensor.getDataType() == TensorProto.DataType.FLOAT_VALUE) {
        long[] shape = tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
        float[] values = new float[tensor.getRawData().size() / Float.BYTES];
        tensor
            .getRawData()
            .asReadOnlyByteBuffer()
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer()
            .get(values);
        initializers.put(tensor.getName(), new Weight(shape, values));
      }
    }
    initializers.keySet().retainAll(ModelWeights.shapes(config).keySet());
    return new ModelWeights(initializers);
  }
}
