package io.streamglot.training.export;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.toList;

import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.model.ModelWeights;
import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.decode.Hypothesis;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The search of the exported graph in plain Java, one sentence at a time: what it should find.
 * Thread-safe.
 */
final class PlainBeamSearch {

  private static final float NO_HYPOTHESIS = -1e30f;

  private final PlainModel model;
  private final int startId;
  private final int endId;

  PlainBeamSearch(ModelConfig config, ModelWeights weights, int startId, int endId) {
    this(new PlainModel(config, weights, startId), startId, endId);
  }

  PlainBeamSearch(PlainModel model, int startId, int endId) {
    this.model = model;
    this.startId = startId;
    this.endId = endId;
  }

  /**
   * One hypothesis, with the way back to where it came from.
   *
   * @param parent the hypothesis one token shorter; null at the start
   * @param token the token chosen last
   * @param attention how this token shared its attention among the source; null without attention
   * @param score normalised log-probability
   * @param state where the decoder stands
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Node(
      Node parent,
      int token,
      float[] attention,
      float score,
      boolean finished,
      PlainModel.State state) {

    Node asFinished() {
      return new Node(parent, token, attention, score, true, state);
    }

    boolean empty() {
      return score < -1e20f;
    }
  }

  /** A token that a hypothesis proposes; it becomes a node if it survives. */
  private record Proposal(Node parent, int token, float score, PlainModel.Step step) {}

  /**
   * The hypotheses of one sentence, best first, at most the beam size.
   *
   * @param source ids with the end token last
   */
  List<Hypothesis> search(int[] source, SearchOptions options) {
    return search(source, options, null);
  }

  /**
   * The same among some target tokens.
   *
   * @param candidates those of this sentence; null for all
   */
  List<Hypothesis> search(int[] source, SearchOptions options, BitSet candidates) {
    return search(source, options, candidates, new int[0]);
  }

  /**
   * The same behind a prefix.
   *
   * @param prefix tokens that every hypothesis begins with
   */
  List<Hypothesis> search(int[] source, SearchOptions options, BitSet candidates, int[] prefix) {
    PlainModel.Source encoded = model.encode(source).with(candidates);
    int limit =
        Math.max(
            1,
            (int)
                Math.floor(
                    options.maxLengthFactor() * source.length + (float) options.maxLengthOffset()));
    List<Node> beam = new ArrayList<>();
    for (int k = 0; k < options.beamSize(); k++) {
      float score = k == 0 ? 0 : NO_HYPOTHESIS;
      beam.add(new Node(null, startId, null, score, false, encoded.start()));
    }
    for (int t = 1; !beam.stream().allMatch(Node::finished); t++) {
      OptionalInt forced = t <= prefix.length ? OptionalInt.of(prefix[t - 1]) : OptionalInt.empty();
      beam = step(encoded, beam, t, limit, options, forced);
    }
    return beam.stream().filter(node -> !node.empty()).map(this::hypothesis).toList();
  }

  private List<Node> step(
      PlainModel.Source source,
      List<Node> beam,
      int t,
      int limit,
      SearchOptions options,
      OptionalInt forced) {
    float penalty = options.lengthPenalty();
    float before = t == 1 ? 1 : (float) Math.pow((t - 1.0) / t, penalty);
    float added = (float) Math.pow(t, -penalty);
    int count = Math.min(options.beamSize(), model.vocabularySize());

    List<Node> live = beam.stream().filter(node -> !node.finished()).toList();
    PlainModel.Step[] steps =
        model.step(
            source,
            live.stream().mapToInt(Node::token).toArray(),
            live.stream().map(Node::state).toArray(PlainModel.State[]::new));
    List<Proposal> proposals = new ArrayList<>();
    int nextLive = 0;
    for (Node node : beam) {
      if (node.finished()) {
        proposals.add(new Proposal(node, endId, node.score(), null));
        for (int rank = 1; rank < count; rank++) {
          proposals.add(new Proposal(node, endId, NO_HYPOTHESIS, null));
        }
      } else {
        PlainModel.Step step = steps[nextLive++];
        for (int token :
            forced.isPresent()
                ? List.of(forced.getAsInt())
                : largest(step.logProbabilities(), count)) {
          float score = node.score() * before + step.logProbabilities()[token] * added;
          proposals.add(new Proposal(node, token, score, step));
        }
      }
    }
    // The sort is stable: among equals the lower index stays first.
    proposals.sort(Comparator.comparing(Proposal::score).reversed());
    return proposals.stream()
        .limit(options.beamSize())
        .map(proposal -> survivor(proposal, t >= limit))
        .collect(collectingAndThen(toList(), nodes -> pruned(nodes, options)));
  }

  /** Once the best hypothesis is finished, those that come not near its score are, too. */
  private static List<Node> pruned(List<Node> beam, SearchOptions options) {
    Node best = beam.get(0);
    if (!best.finished() || options.nBest() > 1) {
      return beam;
    }
    return beam.stream()
        .map(node -> best.score() < node.score() * options.pruning() ? node : node.asFinished())
        .toList();
  }

  private Node survivor(Proposal proposal, boolean atLimit) {
    Node parent = proposal.parent();
    if (parent.finished()) {
      return new Node(parent, endId, null, proposal.score(), true, parent.state());
    }
    return new Node(
        parent,
        proposal.token(),
        proposal.step().attention(),
        proposal.score(),
        atLimit || proposal.token() == endId,
        proposal.step().state());
  }

  private Hypothesis hypothesis(Node last) {
    List<Node> nodes =
        Stream.iterate(last, node -> node.parent() != null, Node::parent)
            .collect(Collectors.toCollection(ArrayList::new));
    Collections.reverse(nodes);
    List<Node> chosen = nodes.stream().takeWhile(node -> node.token() != endId).toList();
    return new Hypothesis(
        chosen.stream().mapToInt(Node::token).toArray(),
        last.score(),
        chosen.stream().map(Node::attention).filter(Objects::nonNull).toArray(float[][]::new));
  }

  /** Indices of the largest values, descending; among equals the lower index first. */
  private static List<Integer> largest(float[] values, int count) {
    if (count > values.length / 4) {
      return IntStream.range(0, values.length)
          .boxed()
          .sorted(Comparator.comparing((Integer i) -> values[i]).reversed())
          .limit(count)
          .toList();
    }
    List<Integer> best = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      if (best.size() < count || values[i] > values[best.get(best.size() - 1)]) {
        int place = best.size();
        while (place > 0 && values[i] > values[best.get(place - 1)]) {
          place--;
        }
        best.add(place, i);
        if (best.size() > count) {
          best.remove(count);
        }
      }
    }
    return best;
  }
}
