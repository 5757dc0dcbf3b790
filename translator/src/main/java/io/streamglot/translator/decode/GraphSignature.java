package io.streamglot.translator.decode;

import static ai.onnxruntime.OnnxJavaType.BOOL;
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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The inputs and outputs that the graph of a bundle has. B sentences, S source length, K beam, T
 * steps made, P tokens of the longest prefix, U lots a sentence; these are free in the graph and -1
 * here. A model without attention has no output for it.
 */
final class GraphSignature {

  static final String SOURCE = "source";
  static final String SOURCE_LENGTH = "source_length";
  static final String BEAM_SIZE = "beam_size";
  static final String LENGTH_PENALTY = "length_penalty";
  static final String MAX_LENGTH = "max_length";
  static final String PRUNING = "pruning";
  static final String WITH_ATTENTION = "with_attention";
  static final String WITH_SHORTLIST = "with_shortlist";
  static final String PREFIX = "prefix";
  static final String UNIFORM = "uniform";
  static final String TEMPERATURE = "temperature";
  static final String TOP_K = "top_k";
  static final String TOP_P = "top_p";
  static final String SCORES = "scores";
  static final String TOKENS = "tokens";
  static final String PARENTS = "parents";
  static final String ATTENTION = "attention";
  static final String PREFIX_ATTENTION = "prefix_attention";

  /** Metadata of the graph: what it was exported for, {@code cpu} or {@code cuda}. */
  static final String TARGET = "streamglot.target";

  private static final Map<String, String> INPUTS = new LinkedHashMap<>();
  private static final Map<String, String> OPTIONAL_INPUTS = new LinkedHashMap<>();
  private static final Map<String, String> OUTPUTS = new LinkedHashMap<>();

  static {
    INPUTS.put(SOURCE, describe(INT64, -1, -1)); // [B, S]
    INPUTS.put(SOURCE_LENGTH, describe(INT32, -1)); // [B]
    INPUTS.put(BEAM_SIZE, describe(INT64, 1));
    INPUTS.put(LENGTH_PENALTY, describe(FLOAT));
    INPUTS.put(MAX_LENGTH, describe(FLOAT, 2)); // factor, offset
    OPTIONAL_INPUTS.put(PRUNING, describe(FLOAT)); // bundles of 1.1 and before have none
    OPTIONAL_INPUTS.put(WITH_ATTENTION, describe(BOOL)); // nor this: they always compute it
    OPTIONAL_INPUTS.put(WITH_SHORTLIST, describe(BOOL)); // only with a shortlist
    OPTIONAL_INPUTS.put(PREFIX, describe(INT64, -1, -1)); // [B, P]; bundles before have none
    OPTIONAL_INPUTS.put(UNIFORM, describe(FLOAT, -1, -1)); // [B, U], nor these four
    OPTIONAL_INPUTS.put(TEMPERATURE, describe(FLOAT));
    OPTIONAL_INPUTS.put(TOP_K, describe(INT64, 1));
    OPTIONAL_INPUTS.put(TOP_P, describe(FLOAT));
    OUTPUTS.put(SCORES, describe(FLOAT, -1, -1)); // [B, K]
    OUTPUTS.put(TOKENS, describe(INT32, -1, -1, -1)); // [T, B, K]
    OUTPUTS.put(PARENTS, describe(INT32, -1, -1, -1)); // [T, B, K]
    OUTPUTS.put(ATTENTION, describe(FLOAT, -1, -1, -1, -1)); // [T, B, K, S]
    OUTPUTS.put(PREFIX_ATTENTION, describe(FLOAT, -1, -1, -1)); // [P, B, S], of a prefix
  }

  private GraphSignature() {}

  /**
   * Checks names, types and shapes.
   *
   * @throws BundleFormatException if one differs
   */
  static void verify(OrtSession session) throws BundleFormatException, OrtException {
    Map<String, NodeInfo> inputs = session.getInputInfo();
    Map<String, NodeInfo> outputs = session.getOutputInfo();
    Map<String, String> expected = new LinkedHashMap<>(OUTPUTS);
    if (!inputs.containsKey(PREFIX)) {
      expected.remove(PREFIX_ATTENTION);
    }
    if (outputs.keySet().equals(Set.of(SCORES, TOKENS, PARENTS))) {
      expected.keySet().removeAll(Set.of(ATTENTION, PREFIX_ATTENTION));
    }
    Map<String, String> expectedInputs = new LinkedHashMap<>(INPUTS);
    OPTIONAL_INPUTS.forEach(
        (name, type) -> {
          if (inputs.containsKey(name)) {
            expectedInputs.put(name, type);
          }
        });
    verify("inputs", expectedInputs, inputs);
    verify("outputs", expected, outputs);
  }

  /** Whether the graph was exported for CUDA; one that does not say was not. */
  static boolean isForCuda(OrtSession session) throws OrtException {
    return session.getMetadata().getCustomMetadataValue(TARGET).equals(Optional.of("cuda"));
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
