package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.ElementType;
import io.streamglot.training.export.OnnxGraph.Iteration;
import io.streamglot.training.export.OnnxGraph.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The tokens that a translation has to begin with. The decoders read them in a loop of their own,
 * before the search: a step of the search has nothing to do with them, and costs what it costs
 * without.
 *
 * <p>So the first step of the search is another token of each sentence: step i is token {@code
 * given + i + 1}.
 */
final class PrefixGraph {

  private final GraphTarget target;
  private final Tensor tokens; // [B, 1 + P]: -1, then the prefix
  private final Tensor steps; // []: P
  private final Tensor given; // [B, 1]
  private final long startId;
  private final long endId;

  /**
   * Appends what the search must know of it.
   *
   * @param target what the graph is made for
   * @param prefix int64 [B, P]: those of a sentence, then -1
   * @param startId token that the decoder starts from
   * @param endId token that ends a sentence, also in a prefix
   */
  PrefixGraph(OnnxGraph g, GraphTarget target, Tensor prefix, long startId, long endId) {
    Tensor isGiven = g.cast(g.lessOrEqual(g.scalar(0L), prefix), ElementType.INT64);
    Tensor sentences = g.first(g.shape(prefix), g.longs(1));
    Tensor none = g.expand(g.scalar(-1L), g.concat(0, sentences, g.longs(1)));
    this.target = target;
    this.tokens = g.concat(1, none, prefix);
    this.steps = g.squeeze(g.from(g.shape(prefix), g.longs(1)), 0);
    this.given = g.unsqueeze(g.sum(isGiven, 1), 1);
    this.startId = startId;
    this.endId = endId;
  }

  /** int64 []: P. */
  Tensor steps() {
    return steps;
  }

  /** int64 [B, 1]: tokens of each sentence's prefix. */
  Tensor given() {
    return given;
  }

  /**
   * Where the sentences stand before the first step of the search.
   *
   * @param token int64 [B, 1]: the last before it
   * @param scores float [B, 1]: log p of the prefix
   * @param goesOn bool [B, 1]: whether there is another to search for
   * @param states of the decoders, each float [B, Hd]
   * @param attention float [P, B, S or 0]: a_t of the prefix; absent if the context is fixed
   */
  record Begun(
      Tensor token,
      Tensor scores,
      Tensor goesOn,
      List<Tensor> states,
      Optional<Tensor> attention) {}

  /**
   * Appends the reading.
   *
   * @param sentences all B
   */
  Begun read(OnnxGraph g, EnsembleGraph models, SearchSettings settings, Sentences sentences) {
    List<Tensor> start = new ArrayList<>();
    start.add(g.expand(g.scalar(0f), g.shape(given)));
    start.addAll(models.start());
    Optional<Tensor> noAttention =
        models.hasAttention()
            ? Optional.of(
                g.expand(
                    g.scalar(0f),
                    g.concat(0, g.longs(0), g.shape(given), settings.attentionWidth())))
            : Optional.empty();
    List<Tensor> results =
        g.choose(
            g.less(g.scalar(0L), steps),
            branch -> read(branch, models, settings, sentences, start),
            branch ->
                Stream.concat(start.stream(), noAttention.stream()).map(branch::same).toList());
    Tensor last = g.gatherElements(tokens, given);
    Tensor unended = g.not(g.equal(last, g.scalar(endId)));
    return new Begun(
        orStart(g, last),
        results.get(0),
        g.and(unended, g.lessOrEqual(g.scalar(0L), sentences.lastStep())),
        results.subList(1, start.size()),
        results.stream().skip(start.size()).findFirst().map(each -> g.squeeze(each, 2)));
  }

  private List<Tensor> read(
      OnnxGraph branch,
      EnsembleGraph models,
      SearchSettings settings,
      Sentences sentences,
      List<Tensor> start) {
    EnsembleGraph.Steps decoders = models.steps(branch);
    return target.loop(
        branch,
        steps,
        start,
        (g, index, carried) -> {
          Tensor next = g.add(index, g.scalar(1L));
          Tensor token = g.unsqueeze(g.gatherColumns(tokens, next), 1);
          Tensor given = g.lessOrEqual(g.scalar(0L), token);
          List<Tensor> states = carried.subList(1, carried.size());
          DecoderStep.Result step =
              decoders.append(
                  g,
                  orStart(g, g.gatherColumns(tokens, index)),
                  states,
                  sentences.encoded(),
                  new OneRowEach(g));
          Tensor added =
              g.where(given, ofToken(g, settings, step.logProbabilities(), token), g.scalar(0f));
          List<Tensor> after = new ArrayList<>();
          after.add(g.add(carried.get(0), added));
          IntStream.range(0, states.size())
              .mapToObj(i -> g.where(given, step.state().get(i), states.get(i)))
              .forEach(after::add);
          return new Iteration(
              g.same(g.always()),
              after,
              step.attention().stream()
                  .map(weights -> g.first(weights, settings.attentionWidth()))
                  .toList());
        });
  }

  /** The token, or the one that the decoder starts from where there is none. */
  private Tensor orStart(OnnxGraph g, Tensor token) {
    return g.where(g.less(token, g.scalar(0L)), g.scalar(startId), token);
  }

  /** The element of each row that belongs to a token: [B, N] and [B, 1] to [B, 1]. */
  private static Tensor ofToken(
      OnnxGraph g, SearchSettings settings, Tensor logProbabilities, Tensor token) {
    if (settings.candidates().isEmpty()) {
      return g.gatherElements(logProbabilities, g.maximum(token, g.scalar(0L)));
    }
    Tensor its = g.equal(settings.candidates().get(), token);
    return g.unsqueeze(g.sum(g.where(its, logProbabilities, g.scalar(0f)), 1), 1);
  }
}
