package io.streamglot.training.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.streamglot.training.model.CellType;
import io.streamglot.training.model.Weight;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Builds an ONNX graph, one method an operator, of the operators that the beam search needs.
 *
 * <p>Methods append a node and return the handle of its result; nodes are therefore in topological
 * order. Handles know their element type, and an operator refuses operands of a type that it does
 * not take, so that such a mistake is found here and not when a bundle is opened. Shapes are left
 * to ONNX Runtime.
 *
 * <p>The body of a {@link #loop} is a graph of its own that may use every handle of the graph
 * around it. Weights and constants always go to the outermost graph: a body would make them anew in
 * each iteration. Not thread-safe.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/docs/IR.md">ONNX intermediate
 *     representation</a>, version {@value #IR_VERSION}
 * @see <a href="https://onnx.ai/onnx/operators/">ONNX operators</a>, set {@value #OPERATOR_SET}
 */
final class OnnxGraph {

  static final int IR_VERSION = 9;

  /** The latest of which ONNX Runtime's CUDA provider has every operator: of 19 it has no Equal. */
  static final int OPERATOR_SET = 18;

  /** Domain of the operators that ONNX Runtime adds to ONNX's. */
  private static final String ONNX_RUNTIME = "com.microsoft";

  /** The element types in use; {@link #onnx} is ONNX's number for it. */
  enum ElementType {
    FLOAT(TensorProto.DataType.FLOAT),
    FLOAT16(TensorProto.DataType.FLOAT16),
    INT8(TensorProto.DataType.INT8),
    UINT8(TensorProto.DataType.UINT8),
    INT32(TensorProto.DataType.INT32),
    INT64(TensorProto.DataType.INT64),
    BOOL(TensorProto.DataType.BOOL);

    private final int onnx;

    ElementType(TensorProto.DataType type) {
      this.onnx = type.getNumber();
    }
  }

  /**
   * Handle of a value that some node, input or initializer of the graph gives.
   *
   * @param name unique in the model
   * @param type type of its elements
   */
  record Tensor(String name, ElementType type) {}

  /**
   * What an iteration of a loop hands over.
   *
   * @param goOn bool []: whether another iteration follows
   * @param carried the loop-carried values for the next iteration, typed as those of this one
   * @param scanned values that the loop stacks along a new first axis; of the same shape in every
   *     iteration
   */
  record Iteration(Tensor goOn, List<Tensor> carried, List<Tensor> scanned) {}

  /** Builds the body of a loop. */
  @FunctionalInterface
  interface LoopBody {
    /**
     * Appends the nodes of one iteration.
     *
     * @param body the graph to append to
     * @param index int64 []: number of this iteration, from 0
     * @param carried the loop-carried values, in order
     */
    Iteration build(OnnxGraph body, Tensor index, List<Tensor> carried);
  }

  /**
   * The two results of {@code TopK}.
   *
   * @param values float: the largest, descending; among equals the lower index first
   * @param indices int64: where they were
   */
  record Top(Tensor values, Tensor indices) {}

  /**
   * The weights of a recurrent layer as ONNX has them. D is 2 if the layer reads both ways, forward
   * first, else 1; gates are in the order input, output, forget, cell of an LSTM, and update,
   * reset, candidate of a GRU.
   *
   * @param input float [D, G H, I]
   * @param recurrent float [D, G H, H]
   * @param bias float [D, 2 G H]: biases of {@code input}, then of {@code recurrent}
   */
  record RecurrentWeights(Tensor input, Tensor recurrent, Tensor bias) {}

  /**
   * What a recurrent layer says.
   *
   * @param steps float [S, D, B, H]: every step's output; zero beyond a sequence's length
   * @param last float [D, B, H]: the forward output at the last element, the backward output at the
   *     first
   */
  record RecurrentStates(Tensor steps, Tensor last) {}

  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private final OnnxGraph root;
  private final Map<String, Tensor> initializers = new HashMap<>();
  private final Map<String, Tensor> widened = new HashMap<>();
  private final Map<String, Integer> namesGiven = new HashMap<>();

  /** Starts the graph of a model. */
  OnnxGraph(String name) {
    this.root = this;
    graph.setName(name);
  }

  private OnnxGraph(OnnxGraph parent, String name) {
    this.root = parent.root;
    graph.setName(name);
  }

  // Inputs, outputs, initializers.

  /**
   * Declares an input of the model.
   *
   * @param axes a name for each axis whose size is open, a number for each that is fixed
   */
  Tensor input(String name, ElementType type, String... axes) {
    graph.addInput(valueInfo(name, type, axes));
    return new Tensor(name, type);
  }

  /** Declares an output of the model; axes as for {@link #input}. */
  void output(String name, Tensor tensor, String... axes) {
    append("Identity", List.of(tensor), List.of(name));
    graph.addOutput(valueInfo(name, tensor.type(), axes));
  }

  /** Keeps a weight under its own name and in its own layout; the same name gives the same. */
  Tensor weight(String name, Weight weight) {
    return root.initializer(
        name,
        ElementType.FLOAT,
        weight.shape(),
        () -> {
          ByteBuffer bytes = littleEndian(weight.values().length * Float.BYTES);
          bytes.asFloatBuffer().put(weight.values());
          return bytes;
        });
  }

  /** Keeps a weight in half the bits. */
  Tensor halfWeight(String name, Weight weight) {
    return root.initializer(
        name,
        ElementType.FLOAT16,
        weight.shape(),
        () -> {
          ByteBuffer bytes = littleEndian(weight.values().length * Short.BYTES);
          for (float value : weight.values()) {
            bytes.putShort(HalfFloat.of(value));
          }
          return bytes.flip();
        });
  }

  /** Keeps a weight in half the bits, and gives it in floating point of 32. */
  Tensor widenedWeight(String name, Weight weight) {
    Tensor half = halfWeight(name, weight);
    return root.widened.computeIfAbsent(name, absent -> root.cast(half, ElementType.FLOAT));
  }

  /** Keeps the values of a matrix in integers. */
  Tensor integerWeight(String name, QuantizedWeight weight) {
    return root.initializer(
        name, ElementType.INT8, weight.shape(), () -> ByteBuffer.wrap(weight.values()));
  }

  /** Keeps a table of integers of 32 bits. */
  Tensor integers(String name, int[][] rows) {
    return root.initializer(
        name,
        ElementType.INT32,
        new long[] {rows.length, rows[0].length},
        () -> {
          ByteBuffer bytes = littleEndian(rows.length * rows[0].length * Integer.BYTES);
          for (int[] row : rows) {
            for (int value : row) {
              bytes.putInt(value);
            }
          }
          return bytes.flip();
        });
  }

  /** A uint8 constant without axes. */
  Tensor unsigned(int value) {
    return root.initializer(
        "constant.uint8." + value,
        ElementType.UINT8,
        new long[0],
        () -> littleEndian(1).put(0, (byte) value));
  }

  /** An int64 constant of one axis. */
  Tensor longs(long... values) {
    return longConstant(new long[] {values.length}, values);
  }

  /** An int64 constant without axes. */
  Tensor scalar(long value) {
    return longConstant(new long[0], value);
  }

  /** A float constant without axes. */
  Tensor scalar(float value) {
    return root.initializer(
        "constant.float." + value,
        ElementType.FLOAT,
        new long[0],
        () -> littleEndian(Float.BYTES).putFloat(0, value));
  }

  /** The bool constant true, without axes. */
  Tensor always() {
    return root.initializer(
        "constant.bool.true",
        ElementType.BOOL,
        new long[0],
        () -> littleEndian(1).put(0, (byte) 1));
  }

  private Tensor longConstant(long[] shape, long... values) {
    String name =
        "constant.int64." + (shape.length == 0 ? "scalar." + values[0] : Arrays.toString(values));
    return root.initializer(
        name,
        ElementType.INT64,
        shape,
        () -> {
          ByteBuffer bytes = littleEndian(values.length * Long.BYTES);
          bytes.asLongBuffer().put(values);
          return bytes;
        });
  }

  private Tensor initializer(
      String name, ElementType type, long[] shape, Supplier<ByteBuffer> littleEndianBytes) {
    return initializers.computeIfAbsent(
        name,
        absent -> {
          graph.addInitializer(
              TensorProto.newBuilder()
                  .setName(name)
                  .setDataType(type.onnx)
                  .addAllDims(LongStream.of(shape).boxed().toList())
                  .setRawData(ByteString.copyFrom(littleEndianBytes.get())));
          return new Tensor(name, type);
        });
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  // Element-wise operators; operands broadcast as in NumPy.

  Tensor add(Tensor a, Tensor b) {
    return node("Add", sameType("Add", a, b), a, b);
  }

  Tensor subtract(Tensor a, Tensor b) {
    return node("Sub", sameType("Sub", a, b), a, b);
  }

  Tensor multiply(Tensor a, Tensor b) {
    return node("Mul", sameType("Mul", a, b), a, b);
  }

  /** Integers are divided towards zero. */
  Tensor divide(Tensor a, Tensor b) {
    return node("Div", sameType("Div", a, b), a, b);
  }

  Tensor power(Tensor base, Tensor exponent) {
    return node("Pow", sameType("Pow", base, exponent), base, exponent);
  }

  Tensor minimum(Tensor a, Tensor b) {
    return node("Min", sameType("Min", a, b), a, b);
  }

  Tensor maximum(Tensor a, Tensor b) {
    return node("Max", sameType("Max", a, b), a, b);
  }

  Tensor floor(Tensor x) {
    return node("Floor", requireType("Floor", ElementType.FLOAT, x), x);
  }

  Tensor exponential(Tensor x) {
    return node("Exp", requireType("Exp", ElementType.FLOAT, x), x);
  }

  Tensor logarithm(Tensor x) {
    return node("Log", requireType("Log", ElementType.FLOAT, x), x);
  }

  Tensor tanh(Tensor x) {
    return node("Tanh", requireType("Tanh", ElementType.FLOAT, x), x);
  }

  Tensor sigmoid(Tensor x) {
    return node("Sigmoid", requireType("Sigmoid", ElementType.FLOAT, x), x);
  }

  Tensor equal(Tensor a, Tensor b) {
    sameType("Equal", a, b);
    return node("Equal", ElementType.BOOL, a, b);
  }

  Tensor less(Tensor a, Tensor b) {
    sameType("Less", a, b);
    return node("Less", ElementType.BOOL, a, b);
  }

  Tensor lessOrEqual(Tensor a, Tensor b) {
    sameType("LessOrEqual", a, b);
    return node("LessOrEqual", ElementType.BOOL, a, b);
  }

  Tensor and(Tensor a, Tensor b) {
    requireType("And", ElementType.BOOL, a);
    return node("And", sameType("And", a, b), a, b);
  }

  Tensor or(Tensor a, Tensor b) {
    requireType("Or", ElementType.BOOL, a);
    return node("Or", sameType("Or", a, b), a, b);
  }

  Tensor not(Tensor x) {
    return node("Not", requireType("Not", ElementType.BOOL, x), x);
  }

  Tensor where(Tensor condition, Tensor then, Tensor otherwise) {
    requireType("Where", ElementType.BOOL, condition);
    return node("Where", sameType("Where", then, otherwise), condition, then, otherwise);
  }

  Tensor cast(Tensor x, ElementType type) {
    return node("Cast", type, List.of(x), attribute("to", type.onnx));
  }

  // Matrices.

  /** {@code a b} over the last two axes, of 32 or 16 bits; the axes before broadcast. */
  Tensor matMul(Tensor a, Tensor b) {
    if (a.type() != ElementType.FLOAT16) {
      requireType("MatMul", ElementType.FLOAT, a);
    }
    return node("MatMul", sameType("MatMul", a, b), a, b);
  }

  /** {@code x w + b}: x [N, in], w [in, out], b [out]. */
  Tensor affine(Tensor x, Tensor w, Tensor b) {
    requireType("Gemm", ElementType.FLOAT, x);
    sameType("Gemm", w, b);
    return node("Gemm", sameType("Gemm", x, w), x, w, b);
  }

  /** {@code x wᵀ + b}: x [N, in], w [out, in], b [out]. */
  Tensor linear(Tensor x, Tensor w, Tensor b) {
    requireType("Gemm", ElementType.FLOAT, x);
    sameType("Gemm", w, b);
    return node("Gemm", sameType("Gemm", x, w), List.of(x, w, b), attribute("transB", 1));
  }

  /** {@code x wᵀ}: x [N, in], w [out, in]. */
  Tensor linear(Tensor x, Tensor w) {
    requireType("Gemm", ElementType.FLOAT, x);
    return node("Gemm", sameType("Gemm", x, w), List.of(x, w), attribute("transB", 1));
  }

  /** {@code round(x / scale) + zero}, uint8; zero is the integer that stands for 0. */
  Tensor quantize(Tensor x, Tensor scale, Tensor zero) {
    requireType("QuantizeLinear", ElementType.UINT8, zero);
    sameType("QuantizeLinear", x, scale);
    return node("QuantizeLinear", ElementType.UINT8, x, scale, zero);
  }

  /**
   * {@code (a - aZero) aScale b bScale + bias} with sums in integers, by ONNX Runtime's {@code
   * MatMulIntegerToFloat}.
   *
   * @param a uint8 [.., in]
   * @param b int8 [in, out]
   * @param aScale float []
   * @param bScale float [out]
   * @param aZero uint8 []
   * @param bias float [out]
   */
  Tensor matMulInteger(
      Tensor a, Tensor b, Tensor aScale, Tensor bScale, Tensor aZero, Optional<Tensor> bias) {
    String operator = "MatMulIntegerToFloat";
    requireType(operator, ElementType.UINT8, a);
    requireType(operator, ElementType.INT8, b);
    Tensor absent = new Tensor("", ElementType.INT8);
    List<Tensor> inputs = new ArrayList<>(List.of(a, b, aScale, bScale, aZero));
    bias.ifPresent(b0 -> inputs.addAll(List.of(absent, b0)));
    return node(operator, ElementType.FLOAT, inputs);
  }

  /**
   * A layer of {@code RNN}, {@code GRU} or {@code LSTM} from zero states.
   *
   * @param x float [S, B, I]
   * @param lengths int32 [B]: elements of each sequence, 1 to S
   * @param bidirectional whether it reads both ways
   * @param units H
   */
  RecurrentStates recurrent(
      CellType cell,
      Tensor x,
      RecurrentWeights weights,
      Tensor lengths,
      boolean bidirectional,
      int units) {
    String operator = cell.name();
    requireType(operator, ElementType.INT32, lengths);
    Tensor steps = fresh(operator, requireType(operator, ElementType.FLOAT, x));
    Tensor last = fresh(operator, ElementType.FLOAT);
    List<AttributeProto> attributes = new ArrayList<>();
    attributes.add(attribute("direction", bidirectional ? "bidirectional" : "forward"));
    attributes.add(attribute("hidden_size", units));
    if (cell == CellType.GRU) {
      attributes.add(attribute("linear_before_reset", 1));
    }
    append(
        operator,
        List.of(x, weights.input(), weights.recurrent(), weights.bias(), lengths),
        List.of(steps.name(), last.name()),
        attributes.toArray(AttributeProto[]::new));
    return new RecurrentStates(steps, last);
  }

  // Reductions along an axis.

  Tensor softmax(Tensor x, int axis) {
    requireType("Softmax", ElementType.FLOAT, x);
    return node("Softmax", ElementType.FLOAT, List.of(x), attribute("axis", axis));
  }

  Tensor logSoftmax(Tensor x, int axis) {
    requireType("LogSoftmax", ElementType.FLOAT, x);
    return node("LogSoftmax", ElementType.FLOAT, List.of(x), attribute("axis", axis));
  }

  /** The {@code k} largest along the last axis; k is int64 [1]. */
  Top topK(Tensor x, Tensor k) {
    requireType("TopK", ElementType.INT64, k);
    Tensor values = fresh("TopK", x.type());
    Tensor indices = fresh("TopK", ElementType.INT64);
    append("TopK", List.of(x, k), List.of(values.name(), indices.name()), attribute("axis", -1));
    return new Top(values, indices);
  }

  /** The largest of all elements, without axes. */
  Tensor maximumOfAll(Tensor x) {
    return node("ReduceMax", x.type(), List.of(x), attribute("keepdims", 0));
  }

  /** The largest along an axis, which is dropped. */
  Tensor maximum(Tensor x, long axis) {
    return node("ReduceMax", x.type(), List.of(x, longs(axis)), attribute("keepdims", 0));
  }

  /** The sum along an axis, which is dropped. */
  Tensor sum(Tensor x, long axis) {
    return node("ReduceSum", x.type(), List.of(x, longs(axis)), attribute("keepdims", 0));
  }

  /** The sum of all elements, without axes. */
  Tensor sumOfAll(Tensor x) {
    return node("ReduceSum", x.type(), List.of(x), attribute("keepdims", 0));
  }

  /** {@code y_i = x_0 + .. + x_i} along an axis. */
  Tensor cumulativeSum(Tensor x, long axis) {
    return node("CumSum", x.type(), x, scalar(axis));
  }

  // Shapes and places.

  /** x itself, for a branch or a body that gives what is not its own. */
  Tensor same(Tensor x) {
    return node("Identity", x.type(), x);
  }

  /** int64 [axes of x]. */
  Tensor shape(Tensor x) {
    return node("Shape", ElementType.INT64, x);
  }

  Tensor reshape(Tensor x, Tensor shape) {
    requireType("Reshape", ElementType.INT64, shape);
    return node("Reshape", x.type(), x, shape);
  }

  /** Two axes: those before one as the first, the others as the second. */
  Tensor flatten(Tensor x, int axis) {
    return node("Flatten", x.type(), List.of(x), attribute("axis", axis));
  }

  Tensor expand(Tensor x, Tensor shape) {
    requireType("Expand", ElementType.INT64, shape);
    return node("Expand", x.type(), x, shape);
  }

  Tensor unsqueeze(Tensor x, long axis) {
    return node("Unsqueeze", x.type(), x, longs(axis));
  }

  /** Drops an axis of size 1. */
  Tensor squeeze(Tensor x, long axis) {
    return node("Squeeze", x.type(), x, longs(axis));
  }

  Tensor transpose(Tensor x, int... permutation) {
    AttributeProto axes =
        AttributeProto.newBuilder()
            .setName("perm")
            .setType(AttributeProto.AttributeType.INTS)
            .addAllInts(Arrays.stream(permutation).asLongStream().boxed().toList())
            .build();
    return node("Transpose", x.type(), List.of(x), axes);
  }

  Tensor concat(int axis, Tensor... parts) {
    for (Tensor part : parts) {
      sameType("Concat", parts[0], part);
    }
    return node("Concat", parts[0].type(), List.of(parts), attribute("axis", axis));
  }

  /** Cuts the last axis into parts of the given sizes. */
  List<Tensor> split(Tensor x, long... sizes) {
    List<Tensor> parts = LongStream.of(sizes).mapToObj(size -> fresh("Split", x.type())).toList();
    append(
        "Split",
        List.of(x, longs(sizes)),
        parts.stream().map(Tensor::name).toList(),
        attribute("axis", -1));
    return parts;
  }

  /** Takes slices of the first axis of x; the axes of the indices take its place. */
  Tensor gather(Tensor x, Tensor indices) {
    return node("Gather", x.type(), List.of(x, indices), attribute("axis", 0));
  }

  /** Takes slices of the last axis of x; indices has one axis. */
  Tensor gatherColumns(Tensor x, Tensor indices) {
    return node("Gather", x.type(), List.of(x, indices), attribute("axis", -1));
  }

  /** x with other elements at some places of its last axis; updates is shaped as the indices. */
  Tensor scatterElements(Tensor x, Tensor indices, Tensor updates) {
    ElementType type = sameType("ScatterElements", x, updates);
    return node("ScatterElements", type, List.of(x, indices, updates), attribute("axis", -1));
  }

  /** Where x, bool of one axis, is true: int64 [N], ascending. */
  Tensor places(Tensor x) {
    requireType("NonZero", ElementType.BOOL, x);
    return squeeze(node("NonZero", ElementType.INT64, x), 0);
  }

  /** x with other slices at some places of its first axis; places is int64 [N]. */
  Tensor scatter(Tensor x, Tensor places, Tensor slices) {
    requireType("ScatterND", ElementType.INT64, places);
    return node("ScatterND", sameType("ScatterND", x, slices), x, unsqueeze(places, 1), slices);
  }

  /** The first elements along the last axis; count is int64 [1]. */
  Tensor first(Tensor x, Tensor count) {
    requireType("Slice", ElementType.INT64, count);
    return node("Slice", x.type(), x, longs(0), count, longs(-1));
  }

  /** What follows the first elements along the last axis; count is int64 [1]. */
  Tensor from(Tensor x, Tensor count) {
    requireType("Slice", ElementType.INT64, count);
    return node("Slice", x.type(), x, count, longs(Long.MAX_VALUE), longs(-1));
  }

  /** Takes single elements along the last axis; the result is shaped as the indices. */
  Tensor gatherElements(Tensor x, Tensor indices) {
    return node("GatherElements", x.type(), List.of(x, indices), attribute("axis", -1));
  }

  /** From start (inclusive) to end (exclusive), all without axes. */
  Tensor range(Tensor start, Tensor end, Tensor step) {
    sameType("Range", start, step);
    return node("Range", sameType("Range", start, end), start, end, step);
  }

  // Control flow.

  /**
   * Repeats a body until it says stop, or at most {@code maxIterations} times.
   *
   * @param maxIterations int64 []; at least 1, for the body runs before its condition is asked
   * @param initial loop-carried values of the first iteration
   * @return the loop-carried values after the last iteration, then the scanned values, each with
   *     the iterations as first axis
   */
  List<Tensor> loop(Tensor maxIterations, List<Tensor> initial, LoopBody body) {
    requireType("Loop", ElementType.INT64, maxIterations);
    OnnxGraph inner = new OnnxGraph(this, "body");
    Tensor index = inner.fresh("iteration", ElementType.INT64);
    Tensor goOn = inner.fresh("go_on", ElementType.BOOL);
    // ONNX Runtime refuses a loop that does not say that these two have no axes.
    inner.input(index.name(), index.type());
    inner.input(goOn.name(), goOn.type());
    List<Tensor> carried = initial.stream().map(value -> inner.bodyInput(value.type())).toList();

    Iteration iteration = body.build(inner, index, carried);
    requireType("Loop", ElementType.BOOL, iteration.goOn());
    if (iteration.carried().size() != initial.size()) {
      throw new IllegalArgumentException(
          "Loop: expected %d loop-carried values, actual %d"
              .formatted(initial.size(), iteration.carried().size()));
    }
    for (int i = 0; i < initial.size(); i++) {
      sameType("Loop", initial.get(i), iteration.carried().get(i));
    }
    List<Tensor> results = new ArrayList<>();
    inner.bodyOutput(iteration.goOn());
    for (Tensor value :
        Stream.of(iteration.carried(), iteration.scanned()).flatMap(List::stream).toList()) {
      inner.bodyOutput(value);
      results.add(fresh("Loop", value.type()));
    }

    List<Tensor> inputs = new ArrayList<>(List.of(maxIterations, always()));
    inputs.addAll(initial);
    append("Loop", inputs, results.stream().map(Tensor::name).toList(), attribute("body", inner));
    return results;
  }

  /** Builds a branch. */
  @FunctionalInterface
  interface Branch {
    /** Appends the nodes to the graph of the branch, and names what it gives. */
    List<Tensor> build(OnnxGraph branch);
  }

  /**
   * Computes one of two branches.
   *
   * @param condition bool []
   * @return what the branch gives; both give as many tensors, of the same types
   */
  List<Tensor> choose(Tensor condition, Branch then, Branch otherwise) {
    requireType("If", ElementType.BOOL, condition);
    OnnxGraph thenGraph = new OnnxGraph(this, "then");
    OnnxGraph otherwiseGraph = new OnnxGraph(this, "otherwise");
    List<Tensor> thenGives = then.build(thenGraph);
    List<Tensor> otherwiseGives = otherwise.build(otherwiseGraph);
    List<Tensor> results = new ArrayList<>();
    for (int i = 0; i < thenGives.size(); i++) {
      ElementType type = sameType("If", thenGives.get(i), otherwiseGives.get(i));
      thenGraph.bodyOutput(thenGives.get(i));
      otherwiseGraph.bodyOutput(otherwiseGives.get(i));
      results.add(fresh("If", type));
    }
    append(
        "If",
        List.of(condition),
        results.stream().map(Tensor::name).toList(),
        attribute("then_branch", thenGraph),
        attribute("else_branch", otherwiseGraph));
    return results;
  }

  private Tensor bodyInput(ElementType type) {
    Tensor tensor = fresh("carried", type);
    graph.addInput(openValueInfo(tensor.name(), type));
    return tensor;
  }

  private void bodyOutput(Tensor tensor) {
    graph.addOutput(openValueInfo(tensor.name(), tensor.type()));
  }

  // The model.

  /** The finished model; the graph may still be extended and asked again. */
  ModelProto toModel() {
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("streamglot")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPERATOR_SET))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(ONNX_RUNTIME).setVersion(1))
        .setGraph(graph)
        .build();
  }

  private Tensor node(String operator, ElementType type, Tensor... inputs) {
    return node(operator, type, List.of(inputs));
  }

  private Tensor node(
      String operator, ElementType type, List<Tensor> inputs, AttributeProto... attributes) {
    Tensor result = fresh(operator, type);
    append(operator, inputs, List.of(result.name()), attributes);
    return result;
  }

  private void append(
      String operator, List<Tensor> inputs, List<String> outputs, AttributeProto... attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setName(outputs.get(0))
            .setOpType(operator)
            .setDomain(domain(operator))
            .addAllInput(inputs.stream().map(Tensor::name).toList())
            .addAllOutput(outputs)
            .addAllAttribute(List.of(attributes)));
  }

  private static String domain(String operator) {
    return operator.equals("MatMulIntegerToFloat") ? ONNX_RUNTIME : "";
  }

  private Tensor fresh(String what, ElementType type) {
    int number = root.namesGiven.merge(what, 1, Integer::sum);
    return new Tensor(what + "." + number, type);
  }

  private static AttributeProto attribute(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private static AttributeProto attribute(String name, OnnxGraph value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.GRAPH)
        .setG(value.graph)
        .build();
  }

  private static AttributeProto attribute(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }

  private static ElementType sameType(String operator, Tensor a, Tensor b) {
    return requireType(operator, a.type(), b);
  }

  private static ElementType requireType(String operator, ElementType expected, Tensor tensor) {
    if (tensor.type() != expected) {
      throw new IllegalArgumentException(
          "%s: expected %s, actual %s of %s"
              .formatted(operator, expected, tensor.type(), tensor.name()));
    }
    return expected;
  }

  private static ValueInfoProto valueInfo(String name, ElementType type, String... axes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (String axis : axes) {
      TensorShapeProto.Dimension.Builder dimension = shape.addDimBuilder();
      if (Character.isDigit(axis.charAt(0))) {
        dimension.setDimValue(Long.parseLong(axis));
      } else {
        dimension.setDimParam(axis);
      }
    }
    return valueInfo(name, TypeProto.Tensor.newBuilder().setElemType(type.onnx).setShape(shape));
  }

  private static ValueInfoProto openValueInfo(String name, ElementType type) {
    return valueInfo(name, TypeProto.Tensor.newBuilder().setElemType(type.onnx));
  }

  private static ValueInfoProto valueInfo(String name, TypeProto.Tensor.Builder tensor) {
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
