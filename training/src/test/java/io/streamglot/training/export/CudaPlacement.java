package io.streamglot.training.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Where ONNX Runtime's CUDA provider has the values that a loop reads, by the rules of its kernel
 * registrations ({@code docs/OperatorKernels.md}, the memory types of {@code providers/cuda}) and
 * of {@code fallback_cpu_capability.cc}, as read and not run:
 *
 * <ul>
 *   <li>{@code Shape} leaves its result on the host. Operators read sizes, axes and counts there.
 *   <li>What depends on such a result, small constants and the model's inputs alone is computed on
 *       the host too, unless it is one of those sizes, axes and counts.
 *   <li>All else is on the device. A constant is where it is needed.
 * </ul>
 */
final class CudaPlacement {

  /** Inputs that are read on the host, by operator. */
  private static final Map<String, Set<Integer>> HOST_INPUTS =
      Map.ofEntries(
          Map.entry("TopK", Set.of(1)),
          Map.entry("Reshape", Set.of(1)),
          Map.entry("Expand", Set.of(1)),
          Map.entry("Slice", Set.of(1, 2, 3, 4)),
          Map.entry("Split", Set.of(1)),
          Map.entry("Squeeze", Set.of(1)),
          Map.entry("Unsqueeze", Set.of(1)),
          Map.entry("ReduceMax", Set.of(1)),
          Map.entry("ReduceSum", Set.of(1)),
          Map.entry("CumSum", Set.of(1)),
          Map.entry("Range", Set.of(0, 1, 2)));

  /** Operators that compute on the device and leave there what they give, up to set 18. */
  private static final Set<String> DEVICE_OPERATORS =
      Set.of(
          "Add",
          "Sub",
          "Mul",
          "Div",
          "Max",
          "Min",
          "Exp",
          "Log",
          "Tanh",
          "Sigmoid",
          "Softmax",
          "LogSoftmax",
          "MatMul",
          "Gemm",
          "ReduceMax",
          "ReduceSum",
          "TopK",
          "Gather",
          "GatherElements",
          "Slice",
          "Split",
          "Reshape",
          "Squeeze",
          "Unsqueeze",
          "Concat",
          "Transpose",
          "Where",
          "Not",
          "And",
          "Or",
          "Equal",
          "Less",
          "LessOrEqual",
          "CumSum",
          "Identity",
          "Cast");

  private static final int LATEST_SET = 18;

  /** Elements of a constant that may go with what is computed on the host. */
  private static final long SMALL = 100;

  private final Set<String> inputs;
  private final Set<String> constants = new HashSet<>();
  private final Set<String> small = new HashSet<>();
  private final Set<String> onHost = new HashSet<>();
  private final Set<String> onDevice = new HashSet<>();
  private final List<String> copies = new ArrayList<>();

  private CudaPlacement(GraphProto graph) {
    this.inputs = names(graph.getInputList());
    for (TensorProto constant : graph.getInitializerList()) {
      constants.add(constant.getName());
      boolean half = constant.getDataType() == TensorProto.DataType.FLOAT16.getNumber();
      if (!half && constant.getDimsList().stream().reduce(1L, (a, b) -> a * b) <= SMALL) {
        small.add(constant.getName());
      }
    }
  }

  /**
   * What a step of the loops copies, or may not compute on the device: of those in the outermost
   * graph and in the branches of its choices.
   */
  static List<String> copiesInLoops(ModelProto model) {
    CudaPlacement placement = new CudaPlacement(model.getGraph());
    if (model.getOpsetImport(0).getVersion() > LATEST_SET) {
      placement.copies.add("operator set above " + LATEST_SET);
    }
    placement.readGraph(model.getGraph());
    return placement.copies;
  }

  /** The outermost graph, or a branch of it. */
  private void readGraph(GraphProto graph) {
    for (NodeProto node : graph.getNodeList()) {
      switch (node.getOpType()) {
        case "Loop" -> {
          graphs(node).forEach(this::readBody);
          onDevice.addAll(node.getOutputList());
        }
        case "If" -> {
          graphs(node).forEach(this::readGraph);
          onDevice.addAll(node.getOutputList());
        }
        default -> place(node);
      }
    }
  }

  private void place(NodeProto node) {
    List<String> from = node.getInputList().stream().filter(name -> !name.isEmpty()).toList();
    if (constants.containsAll(from)) {
      constants.addAll(node.getOutputList()); // folded when the model is opened
    } else if (node.getOpType().equals("Shape") || isForHost(node)) {
      onHost.addAll(node.getOutputList());
    } else {
      onDevice.addAll(node.getOutputList());
    }
  }

  private boolean isForHost(NodeProto node) {
    return node.getInputList().stream().anyMatch(onHost::contains)
        && IntStream.range(0, node.getInputCount())
            .allMatch(
                i -> {
                  String input = node.getInput(i);
                  boolean goesAlong = small.contains(input) || inputs.contains(input);
                  return goesAlong || (onHost.contains(input) && !isReadOnHost(node, i));
                });
  }

  private void readBody(GraphProto body) {
    Set<String> counters =
        Set.of(body.getInput(0).getName(), body.getInput(1).getName()); // on the host
    Set<String> own = new HashSet<>(names(body.getInputList()));
    body.getNodeList().forEach(node -> own.addAll(node.getOutputList()));
    for (NodeProto node : body.getNodeList()) {
      if (!DEVICE_OPERATORS.contains(node.getOpType())) {
        copies.add("%s: no operator of the device alone".formatted(node.getName()));
      }
      for (int i = 0; i < node.getInputCount(); i++) {
        String input = node.getInput(i);
        boolean isOnHost = onHost.contains(input) || counters.contains(input);
        boolean isOnDevice = !isOnHost && (own.contains(input) || onDevice.contains(input));
        if (isReadOnHost(node, i) ? isOnDevice || inputs.contains(input) : isOnHost) {
          copies.add("%s: input %d, %s".formatted(node.getName(), i, input));
        }
      }
    }
  }

  private static boolean isReadOnHost(NodeProto node, int input) {
    return HOST_INPUTS.getOrDefault(node.getOpType(), Set.of()).contains(input);
  }

  /** The body of a loop, or the branches of a choice. */
  private static List<GraphProto> graphs(NodeProto node) {
    return node.getAttributeList().stream()
        .filter(AttributeProto::hasG)
        .map(AttributeProto::getG)
        .toList();
  }

  private static Set<String> names(List<ValueInfoProto> values) {
    return Set.copyOf(values.stream().map(ValueInfoProto::getName).toList());
  }
}
