package io.streamglot.translator.decode;

import static ai.onnxruntime.OnnxJavaType.FLOAT;
import static ai.onnxruntime.OnnxJavaType.INT32;
import static ai.onnxruntime.OnnxJavaType.INT64;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.streamglot.translator.bundle.BundleFormatException;
import io.streamglot.translator.bundle.ModelBundle;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The inputs and outputs that the graph of a bundle has. B sentences, S source length, K beam, T
 * steps made; these are free in the graph and -1 here. A model without attention has no output for
 * it.
 */
final class GraphSignature {

  static final String SOURCE = "source";
  static final String SOURCE_LENGTH = "source_length";
  static final String BEAM_SIZE = "beam_size";
  static final String LENGTH_PENALTY = "length_penalty";
  static final String MAX_LENGTH = "max_length";
  static final String SCORES = "scores";
  static final String TOKENS = "tokens";
  static final String PARENTS = "parents";
  static final String ATTENTION = "attention";

  private static final Map<String, String> INPUTS = new LinkedHashMap<>();
  private static final Map<String, String> OUTPUTS = new LinkedHashMap<>();

  static {
    INPUTS.put(SOURCE, describe(INT64, -1, -1)); // [B, S]
    INPUTS.put(SOURCE_LENGTH, describe(INT32, -1)); // [B]
    INPUTS.put(BEAM_SIZE, describe(INT64, 1));
    INPUTS.put(LENGTH_PENALTY, describe(FLOAT));
    INPUTS.put(MAX_LENGTH, describe(FLOAT, 2)); // factor, offset
    OUTPUTS.put(SCORES, describe(FLOAT, -1, -1)); // [B, K]
    OUTPUTS.put(TOKENS, describe(INT32, -1, -1, -1)); // [T, B, K]
    OUTPUTS.put(PARENTS, describe(INT32, -1, -1, -1)); // [T, B, K]
    OUTPUTS.put(ATTENTION, describe(FLOAT, -1, -1, -1, -1)); // [T, B, K, S]
  }

  private GraphSignature() {}

  /**
   * Checks names, types and shapes.
   *
   * @throws BundleFormatException if one differs
   */
  static void verify(OrtSession session) throws BundleFormatException, OrtException {
    Map<String, NodeInfo> outputs = session.getOutputInfo();
    Map<String, String> expected = new LinkedHashMap<>(OUTPUTS);
    if (outputs.keySet().equals(Set.of(SCORES, TOKENS, PARENTS))) {
      expected.remove(ATTENTION);
    }
    verify("inputs", INPUTS, session.getInputInfo());
    verify("outputs", expected, outputs);
  }

  private static void verify(String what, Map<String, String> expected, Map<String, NodeInfo> infos)
      throws BundleFormatException {
    if (!infos.keySet().equals(expected.keySet())) {
      throw new BundleFormatException(ModelBundle.MODEL, what, expected.keySet(), infos.keySet());
    }
    for (Map.Entry<String, String> port : expected.entrySet()) {
      String actual = describe(infos.get(port.getKey()));
      if (!actual.equals(port.getValue())) {
        throw new BundleFormatException(
            ModelBundle.MODEL, what + ": " + port.getKey(), port.getValue(), actual);
      }
    }
  }

  private static String describe(NodeInfo node) {
    return node.getInfo() instanceof TensorInfo tensor
        ? describe(tensor.type, tensor.getShape())
        : node.getInfo().toString();
  }

  private static String describe(OnnxJavaType type, long... shape) {
    return type
        + Arrays.stream(shape)
            .mapToObj(size -> size < 0 ? "any" : Long.toString(size))
            .collect(Collectors.joining(", ", " [", "]"));
  }
}
