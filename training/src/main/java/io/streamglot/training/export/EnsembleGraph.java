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

  private final List<Member> members;

  /**
   * Appends what comes before the loop but the first states.
   *
   * @param config the sizes of each member
   * @param weights the parameters of each, at least one
   * @param form how they are kept, and what the graph is made for
   * @param source int64 [B, S]: token ids, padded
   * @param length int32 [B]: tokens of each sentence, 1 to S
   * @param candidates that the output is computed for; all tokens if absent
   */
  EnsembleGraph(
      OnnxGraph g,
      ModelConfig config,
      List<ModelWeights> weights,
      GraphForm form,
      Tensor source,
      Tensor length,
      Optional<Candidates> candidates) {
    this.members =
        IntStream.range(0, weights.size())
            .mapToObj(i -> new ModelGraph(g, config, weights.get(i), prefix(i), form))
            .map(model -> member(model, source, length, candidates))
            .toList();
  }

  /** The first member's weights have their own names, so that a bundle of one has no prefix. */
  private static String prefix(int index) {
    return index == 0 ? "" : "member." + (index + 1) + ".";
  }

  private static Member member(
      ModelGraph model, Tensor source, Tensor length, Optional<Candidates> candidates) {
    EncoderGraph encoder = new EncoderGraph(model, source, length);
    return new Member(
        encoder, new DecoderGraph(model, ContextGraph.of(model, encoder), candidates));
  }

  /** Whether the members have attention. */
  boolean hasAttention() {
    return members.get(0).decoder().hasAttention();
  }

  /** Appends the states before the first step, those of each member in turn. */
  List<Tensor> start() {
    return members.stream()
        .flatMap(member -> member.decoder().start(member.encoder().initial()).stream())
        .toList();
  }

  /** What the steps need of each sentence, those of each member in turn. */
  List<Tensor> sentences() {
    return members.stream().flatMap(member -> member.decoder().sentences().stream()).toList();
  }

  /** The steps of a loop in a graph. */
  Steps steps(OnnxGraph around) {
    return new Steps(members.stream().map(member -> member.decoder().steps(around)).toList());
  }

  /** The members' steps as one. */
  record Steps(List<DecoderStep> members) {

    /**
     * Appends one step.
     *
     * @param g the loop's body
     * @param token int64 [n]: y_{t-1}
     * @param state the states of the members in turn
     * @param sentences those of {@link #sentences} that are still in the search
     */
    DecoderStep.Result append(
        OnnxGraph g, Tensor token, List<Tensor> state, List<Tensor> sentences, Rows rows) {
      List<DecoderStep.Result> steps = new ArrayList<>();
      for (int i = 0; i < members.size(); i++) {
        steps.add(members.get(i).append(g, token, own(state, i), own(sentences, i), rows));
      }
      if (steps.size() == 1) {
        return steps.get(0);
      }
      return new DecoderStep.Result(
          steps.stream().flatMap(step -> step.state().stream()).toList(),
          logOfMean(g, steps.stream().map(DecoderStep.Result::logProbabilities).toList()),
          meanAttention(g, steps));
    }

    /** The penalties of {@link Candidates}, which the members share; none without. */
    List<Tensor> penalties(List<Tensor> sentences) {
      return members.get(0).penalties(own(sentences, 0));
    }

    /** The part of a list, which has as many of each member, that is of one. */
    private List<Tensor> own(List<Tensor> ofAll, int member) {
      int each = ofAll.size() / members.size();
      return ofAll.subList(member * each, (member + 1) * each);
    }

    /** log (1/M sum of exp x_m); the largest x_m is taken out, or a small sum would vanish. */
    private static Tensor logOfMean(OnnxGraph g, List<Tensor> logarithms) {
      Tensor largest = reduce(logarithms, g::maximum);
      List<Tensor> shares =
          logarithms.stream().map(x -> g.exponential(g.subtract(x, largest))).toList();
      Tensor sum = reduce(shares, g::add);
      return g.add(largest, g.logarithm(g.multiply(sum, g.scalar(1f / logarithms.size()))));
    }

    private static Optional<Tensor> meanAttention(OnnxGraph g, List<DecoderStep.Result> steps) {
      List<Tensor> weights = steps.stream().flatMap(step -> step.attention().stream()).toList();
      return weights.isEmpty()
          ? Optional.empty()
          : Optional.of(g.multiply(reduce(weights, g::add), g.scalar(1f / weights.size())));
    }

    private static Tensor reduce(List<Tensor> tensors, BinaryOperator<Tensor> operator) {
      return tensors.stream().reduce(operator).orElseThrow();
    }
  }
}
