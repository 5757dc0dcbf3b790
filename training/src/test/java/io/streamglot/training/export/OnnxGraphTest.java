package io.streamglot.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import io.streamglot.training.export.OnnxGraph.ElementType;
import io.streamglot.training.export.OnnxGraph.Iteration;
import io.streamglot.training.export.OnnxGraph.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnnxGraphTest {

  private final OnnxGraph graph = new OnnxGraph("test");

  @Test
  void refusesOperandsOfDifferentTypesNamingTheCulprit() {
    Tensor floats = graph.input("x", ElementType.FLOAT, "N");
    Tensor longs = graph.input("ids", ElementType.INT64, "N");
    assertThatThrownBy(() -> graph.add(floats, longs))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Add: expected FLOAT, actual INT64 of ids");
    assertThatThrownBy(() -> graph.tanh(longs))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Tanh: expected FLOAT, actual INT64 of ids");
  }

  @Test
  void keepsAConstantOnceAndOutsideOfLoops() {
    Tensor x = graph.input("x", ElementType.INT64);
    graph.loop(
        graph.scalar(3L),
        List.of(x),
        (body, index, carried) ->
            new Iteration(
                body.less(index, body.scalar(7L)),
                List.of(body.add(carried.get(0), body.scalar(7L))),
                List.of()));
    GraphProto built = graph.toModel().getGraph();
    assertThat(built.getInitializerList())
        .extracting(tensor -> tensor.getName())
        .containsExactlyInAnyOrder(
            "constant.int64.scalar.3", "constant.int64.scalar.7", "constant.bool.true");
    assertThat(built.getNode(0).getAttribute(0).getG().getInitializerCount()).isZero();
  }

  @Test
  void refusesALoopThatDropsACarriedValue() {
    Tensor x = graph.input("x", ElementType.INT64);
    assertThatThrownBy(
            () ->
                graph.loop(
                    x,
                    List.of(x),
                    (body, index, carried) -> new Iteration(body.always(), List.of(), List.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Loop: expected 1 loop-carried values, actual 0");
  }
}
