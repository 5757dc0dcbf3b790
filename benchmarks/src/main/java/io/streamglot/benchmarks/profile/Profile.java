package io.streamglot.benchmarks.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * What ONNX Runtime's profiler saw.
 *
 * @param runs calls of the graph
 * @param runMicros that these took
 * @param calls of the nodes that compute
 * @param loops calls of the nodes {@code Loop}
 */
public record Profile(int runs, long runMicros, List<KernelCall> calls, List<KernelCall> loops) {

  /** After so many events the profiler stops. */
  private static final int MOST_EVENTS = 1_000_000;

  private static final String KERNEL = "_kernel_time";

  /** Copies the lists. */
  public Profile {
    calls = List.copyOf(calls);
    loops = List.copyOf(loops);
  }

  /**
   * Reads the file that a profiled session leaves when it is closed.
   *
   * @throws IOException if it cannot be read, or the profiler stopped before the end
   */
  public static Profile read(Path file) throws IOException {
    List<KernelCall> calls = new ArrayList<>();
    List<KernelCall> loops = new ArrayList<>();
    int runs = 0;
    long runMicros = 0;
    int events = 0;
    ObjectMapper mapper = new ObjectMapper();
    try (MappingIterator<JsonNode> all =
        mapper.readerFor(JsonNode.class).readValues(file.toFile())) {
      while (all.hasNext()) {
        JsonNode event = all.next();
        events++;
        String name = event.path("name").asText();
        String operator = event.path("args").path("op_name").asText();
        if (name.equals("model_run")) {
          runs++;
          runMicros += event.path("dur").asLong();
        } else if (event.path("cat").asText().equals("Node") && name.endsWith(KERNEL)) {
          if (operator.equals("Loop")) {
            loops.add(call(event, name, operator));
          } else if (!Operators.HOLDING_GRAPHS.contains(operator)) {
            calls.add(call(event, name, operator));
          }
        }
      }
    }
    if (events >= MOST_EVENTS) {
      throw new IOException(
          "profile: events: expected below %,d, at which ONNX Runtime stops, actual %,d"
              .formatted(MOST_EVENTS, events));
    }
    return new Profile(runs, runMicros, calls, loops);
  }

  private static KernelCall call(JsonNode event, String name, String operator) {
    JsonNode details = event.path("args");
    boolean hasShapes = Operators.PRODUCTS.contains(operator); // of the others nobody asks
    return new KernelCall(
        name.substring(0, name.length() - KERNEL.length()),
        operator,
        details.path("provider").asText().replace("ExecutionProvider", ""),
        event.path("tid").asLong(),
        event.path("ts").asLong(),
        event.path("dur").asLong(),
        hasShapes ? shapes(details.path("input_type_shape")) : List.of(),
        hasShapes ? shapes(details.path("output_type_shape")) : List.of());
  }

  /** Each is an object of one property: type and sizes. */
  private static List<List<Long>> shapes(JsonNode ports) {
    List<List<Long>> shapes = new ArrayList<>();
    for (JsonNode port : ports) {
      List<Long> shape = new ArrayList<>();
      port.elements().forEachRemaining(sizes -> sizes.forEach(size -> shape.add(size.asLong())));
      shapes.add(shape);
    }
    return shapes;
  }

  /** Time of all nodes that compute, in microseconds. */
  public long kernelMicros() {
    return calls.stream().mapToLong(KernelCall::micros).sum();
  }

  /** Time of the nodes by operator, and by who computed it; the longest first. */
  public List<KernelTime> byOperator() {
    return KernelTime.group(calls, call -> call.operator() + " (" + call.provider() + ")");
  }

  /** Time of each product of matrices, the longest first. */
  public List<ProductTime> products() {
    return KernelTime.group(
            calls.stream().filter(call -> Operators.PRODUCTS.contains(call.operator())).toList(),
            KernelCall::node)
        .stream()
        .map(time -> new ProductTime(time, isInLoop(time.calls().get(0))))
        .toList();
  }

  /** Time of products of matrices, in microseconds. */
  public long productMicros() {
    return micros(Operators.PRODUCTS::contains);
  }

  /** Time of operators that are whole recurrent layers, in microseconds. */
  public long recurrentLayerMicros() {
    return micros(Operators.RECURRENT_LAYERS::contains);
  }

  /** Names of the nodes inside a loop that copy between devices, each once. */
  public List<String> copiesInLoops() {
    return calls.stream()
        .filter(call -> Operators.COPIES.contains(call.operator()))
        .filter(this::isInLoop)
        .map(KernelCall::node)
        .distinct()
        .toList();
  }

  /** Who computed, such as {@code CPU}; each once. */
  public List<String> providers() {
    return calls.stream().map(KernelCall::provider).distinct().sorted().toList();
  }

  /**
   * The calls of the product of a decoder's state with its recurrent matrix, one a step: of the
   * nodes that multiply [rows, {@code stateSize}] to at least {@code gates} times as many columns
   * that which is called most. Empty if there is none.
   */
  public List<KernelCall> recurrentProduct(long stateSize, long gates) {
    return products().stream()
        .map(ProductTime::time)
        .filter(time -> multipliesState(time.calls().get(0), stateSize, gates))
        .max(Comparator.comparingInt(time -> time.calls().size()))
        .map(KernelTime::calls)
        .orElse(List.of());
  }

  private static boolean multipliesState(KernelCall call, long stateSize, long gates) {
    List<Long> input = call.inputs().get(0);
    List<Long> output = call.outputs().get(0);
    return input.size() == 2
        && input.get(1) == stateSize
        && output.size() == 2
        && output.get(1) >= gates * stateSize;
  }

  private boolean isInLoop(KernelCall call) {
    return loops.stream().anyMatch(call::isWithin);
  }

  private long micros(Predicate<String> operators) {
    return calls.stream()
        .filter(call -> operators.test(call.operator()))
        .mapToLong(KernelCall::micros)
        .sum();
  }
}
