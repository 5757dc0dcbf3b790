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

/**
 * The model that a {@code model.onnx} holds, read back from its initializers.
 *
 * @param config sizes, taken from the weights' shapes
 * @param weights the parameters
 */
record OnnxWeights(ModelConfig config, ModelWeights weights) {

  static OnnxWeights read(Path modelFile) throws IOException {
    return of(ModelProto.parseFrom(Files.readAllBytes(modelFile)));
  }

  static OnnxWeights of(ModelProto model) {
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
    long[] embedding = initializers.get("embedding").shape();
    ModelConfig config =
        ModelConfig.bahdanau(
            (int) embedding[0],
            (int) embedding[1],
            (int) initializers.get("encoder.1.forward.w_h").shape()[1],
            (int) initializers.get("decoder.1.w_h").shape()[1],
            (int) initializers.get("attention.v").shape()[0]);
    initializers.keySet().retainAll(ModelWeights.shapes(config).keySet());
    return new OnnxWeights(config, new ModelWeights(initializers));
  }
}
