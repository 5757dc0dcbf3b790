package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.Tensor;
import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.model.ModelWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;

/**
 * The models that decide together on each token; most bundles have one.
 *
 * <pre>
 *   p(y_t | y_1 .. y_{t-1}, x) = 1/M sum over m of p_m(y_t | y_1 .. y_{t-1}, x)
 *   a_t                        = 1/M sum over m of a_m,t
 * </pre>
 *
 * <p>Each member has its encoder before the loop and its decoder in it; they share the hypotheses.
 */
final class EnsembleGraph {

  private record Member(EncoderGraph encoder, DecoderGraph decoder) {}

  private final Beam beam;
  private final List<Member> members;

  /**
   * Appends what comes before the loop but the first states.
   *
   * @param config the sizes of each member
   * @param weights the parameters of each, at least one
   * @param source int64 [B, S]: token ids, padded
   * @param length int32 [B]: tokens of each sentence, 1 to S
   */
  EnsembleGraph(
      OnnxGraph g,
      ModelConfig config,
      List<ModelWeights> weights,
      Tensor source,
      Tensor length,
      Beam beam) {
    this.beam = beam;
    this.members =
        IntStream.range(0, weights.size())
            .mapToObj(i -> new ModelGraph(g, config, weights.get(i), prefix(i)))
            .map(model -> member(model, source, length, beam))
            .toList();
  }

  /** The first member's weights have their own names, so that a bundle of one has no prefix. */
  private static String prefix(int index) {
    return index == 0 ? "" : "member." + (index + 1) + ".";
  }

  private static Member member(ModelGraph model, Tensor source, Tensor length, Beam beam) {
    EncoderGraph encoder = new EncoderGraph(model, source, length);
    return new Member(encoder, new DecoderGraph(model, ContextGraph.of(model, encoder, beam)));
  }

  /** Appends the states before the first step, those of each member in turn. */
  List<Tensor> start() {
    return members.stream()
        .flatMap(member -> member.decoder().start(member.encoder().initial(), beam).stream())
        .toList();
  }

  /**
   * Appends one step.
   *
   * @param g the loop's body
   * @param token int64 [B x K]: y_{t-1}
   * @param state the states of the members in turn
   */
  DecoderGraph.Step append(OnnxGraph g, Tensor token, List<Tensor> state) {
    int states = state.size() / members.size();
    List<DecoderGraph.Step> steps = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      List<Tensor> own = state.subList(i * states, (i + 1) * states);
      steps.add(members.get(i).decoder().append(g, token, own));
    }
    if (steps.size() == 1) {
      return steps.get(0);
    }
    return new DecoderGraph.Step(
        steps.stream().flatMap(step -> step.state().stream()).toList(),
        logOfMean(g, steps.stream().map(DecoderGraph.Step::logProbabilities).toList()),
        meanAttention(g, steps));
  }

  /** log (1/M sum of exp x_m); the largest x_m is taken out, or a small sum would vanish. */
  private static Tensor logOfMean(OnnxGraph g, List<Tensor> logarithms) {
    Tensor largest = reduce(logarithms, g::maximum);
    List<Tensor> shares =
        logarithms.stream().map(x -> g.exponential(g.subtract(x, largest))).toList();
    Tensor sum = reduce(shares, g::add);
    return g.add(largest, g.logarithm(g.multiply(sum, g.scalar(1f / logarithms.size()))));
  }

  private static Optional<Tensor> meanAttention(OnnxGraph g, List<DecoderGraph.Step> steps) {
    List<Tensor> weights = steps.stream().flatMap(step -> step.attention().stream()).toList();
    return weights.isEmpty()
        ? Optional.empty()
        : Optional.of(g.multiply(reduce(weights, g::add), g.scalar(1f / weights.size())));
  }

  private static Tensor reduce(List<Tensor> tensors, BinaryOperator<Tensor> operator) {
    return tensors.stream().reduce(operator).orElseThrow();
  }
}
