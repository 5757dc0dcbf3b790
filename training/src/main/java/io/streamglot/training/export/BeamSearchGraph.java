package io.streamglot.training.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.streamglot.training.export.OnnxGraph.ElementType;
import io.streamglot.training.export.OnnxGraph.Tensor;
import io.streamglot.training.model.ContextType;
import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.model.ModelWeights;
import java.util.List;
import java.util.Optional;

/**
 * The whole search as one graph: source ids in, hypotheses out.
 *
 * <p>A hypothesis is ranked by {@code n_t = log p / t^length_penalty}, kept up to date in each step
 * as {@code n_t = n_t-1 ((t - 1) / t)^lp + log p(y_t) / t^lp}. It is finished when it chose the end
 * token or reached its own sentence's limit; it then proposes the end token alone, at no cost, and
 * its score no longer changes. The loop ends when all hypotheses of all sentences are finished.
 *
 * <p>The package description lists inputs, outputs and what the loop carries.
 */
public final class BeamSearchGraph {

  private final ModelConfig config;
  private final List<ModelWeights> members;
  private final OnnxGraph g;
  private final long startId;
  private final long endId;

  private final Tensor source;
  private final Tensor sourceLength;
  private final Tensor beamSize; // [1]
  private final Tensor lengthPenalty; // []
  private final Tensor maxLength; // [2]

  private BeamSearchGraph(ModelConfig config, List<ModelWeights> members, int startId, int endId) {
    this.config = config;
    this.members = List.copyOf(members);
    this.g = new OnnxGraph("beam_search");
    this.startId = startId;
    this.endId = endId;
    this.source = g.input("source", ElementType.INT64, "B", "S");
    this.sourceLength = g.input("source_length", ElementType.INT32, "B");
    this.beamSize = g.input("beam_size", ElementType.INT64, "1");
    this.lengthPenalty = g.input("length_penalty", ElementType.FLOAT);
    this.maxLength = g.input("max_length", ElementType.FLOAT, "2");
  }

  /**
   * Builds the graph of a model, or of several that decide together.
   *
   * @param config the sizes of each
   * @param members the parameters of each, at least one
   * @param startId token that the decoder starts from
   * @param endId token that ends source and target
   * @return the model, opset 19, IR 9
   * @throws IllegalArgumentException if there is no model, the weights are not those of the config,
   *     or an id is not in the vocabulary
   */
  public static ModelProto build(
      ModelConfig config, List<ModelWeights> members, int startId, int endId) {
    if (members.isEmpty()) {
      throw new IllegalArgumentException("models: expected at least 1, actual none");
    }
    members.forEach(weights -> weights.requireShapesOf(config));
    requireId("start id", startId, config);
    requireId("end id", endId, config);
    return new BeamSearchGraph(config, members, startId, endId).build();
  }

  private static void requireId(String what, int id, ModelConfig config) {
    if (id < 0 || id >= config.vocabularySize()) {
      throw new IllegalArgumentException(
          "%s: expected 0 to %d, actual %d".formatted(what, config.vocabularySize() - 1, id));
    }
  }

  private ModelProto build() {
    EnsembleGraph models = new EnsembleGraph(g, config, members, source, sourceLength, beamSize);
    Tensor limit = limit();
    Tensor longest = g.maximumOfAll(limit);
    SearchSettings settings =
        SearchSettings.of(g, endId, config.vocabularySize(), beamSize, lengthPenalty, longest);
    SearchPhase phase = new SearchPhase(models, settings, longest);
    SearchPhase.State start = start(models, limit);
    List<Tensor> results =
        g.loop(
            longest,
            start.carried(),
            (body, index, carried) -> phase.append(body, start.with(carried)));
    SearchPhase.State end = start.with(results);
    SearchPhase.Choices choices = end.choices();
    Tensor parents = g.transpose(choices.parents(), 1, 0, 2);
    g.output("scores", end.scores(), "B", "K");
    g.output("tokens", g.transpose(choices.tokens(), 1, 0, 2), "T", "B", "K");
    g.output("parents", parents, "T", "B", "K");
    choices
        .attention()
        .map(weights -> ofParents(g.transpose(weights, 1, 0, 2, 3), parents))
        .ifPresent(weights -> g.output("attention", weights, "T", "B", "K", "S"));
    return g.toModel();
  }

  /** A sentence starts with one hypothesis; its other slots are empty. */
  private SearchPhase.State start(EnsembleGraph models, Tensor limit) {
    Tensor sentences = g.shape(sourceLength); // [1]
    Tensor shape = g.concat(0, sentences, beamSize);
    Tensor hypothesis = SearchSettings.count(g, beamSize); // [K]
    Tensor sentence = SearchSettings.count(g, sentences); // [B]
    SearchStep.State search =
        new SearchStep.State(
            g.expand(g.scalar(startId), shape),
            g.expand(SearchSettings.onlyFirst(g, hypothesis), shape),
            g.expand(g.less(zero(), hypothesis), shape),
            g.multiply(sentence, beamSize),
            models.start());
    Tensor noSteps = g.concat(0, sentences, g.longs(0), beamSize);
    Tensor none = g.cast(zero(), ElementType.INT32);
    return new SearchPhase.State(
        zero(),
        g.expand(g.scalar(0f), shape),
        new SearchPhase.Choices(
            g.expand(none, noSteps), g.expand(none, noSteps), noAttention(noSteps)),
        sentence,
        limit,
        models.sentences(),
        search);
  }

  private Optional<Tensor> noAttention(Tensor noSteps) {
    if (config.context() == ContextType.FIXED) {
      return Optional.empty();
    }
    Tensor sourceSteps = g.gather(g.shape(source), g.longs(1)); // [1]
    return Optional.of(g.expand(g.scalar(0f), g.concat(0, noSteps, sourceSteps)));
  }

  /** int64 [B, 1]: floor(a x length + b) target tokens of each sentence, at least 1. */
  private Tensor limit() {
    List<Tensor> factorAndOffset = g.split(maxLength, 1, 1);
    Tensor length = g.cast(sourceLength, ElementType.FLOAT);
    Tensor limit =
        g.floor(g.add(g.multiply(factorAndOffset.get(0), length), factorAndOffset.get(1)));
    return g.unsqueeze(g.maximum(g.cast(limit, ElementType.INT64), one()), 1);
  }

  /**
   * The loop stacks attention as its step made it, a row for each hypothesis before the choice: one
   * gather behind the loop is cheaper than one in each step.
   *
   * @param attention float [T, B, K, S]
   * @param parents int32 [T, B, K]
   * @return float [T, B, K, S]: the row of each chosen hypothesis's parent
   */
  private Tensor ofParents(Tensor attention, Tensor parents) {
    Tensor sentences = g.shape(sourceLength); // [1]
    Tensor sourceSteps = g.gather(g.shape(source), g.longs(1)); // [1]
    Tensor rows = g.reshape(attention, g.concat(0, g.longs(-1), sourceSteps)); // [T x B x K, S]
    Tensor steps = g.gather(g.shape(parents), g.longs(0)); // [1]
    Tensor blocks = g.range(zero(), g.squeeze(g.multiply(steps, sentences), 0), one());
    Tensor first =
        g.reshape(g.multiply(blocks, beamSize), g.concat(0, steps, sentences, g.longs(1)));
    return g.gather(rows, g.add(g.cast(parents, ElementType.INT64), first));
  }

  private Tensor zero() {
    return g.scalar(0L);
  }

  private Tensor one() {
    return g.scalar(1L);
  }
}
