package io.streamglot.training.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.streamglot.training.export.OnnxGraph.ElementType;
import io.streamglot.training.export.OnnxGraph.Iteration;
import io.streamglot.training.export.OnnxGraph.Tensor;
import io.streamglot.training.export.OnnxGraph.Top;
import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.model.ModelWeights;
import java.util.ArrayList;
import java.util.List;

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

  /** Score of a slot that holds no hypothesis; any score below -1e20 means that. */
  private static final float NO_HYPOTHESIS = -1e30f;

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
    EnsembleGraph models =
        new EnsembleGraph(g, config, members, source, sourceLength, new Beam(beamSize));

    Tensor limit = limit();
    Tensor longest = g.maximumOfAll(limit);
    LengthPenalty penalty = lengthPenalty(longest);
    Slots slots = slots();
    List<Tensor> initial = new ArrayList<>();
    initial.add(g.expand(g.scalar(startId), slots.shape()));
    initial.add(g.expand(onlyFirst(g.range(zero(), slots.beamSize(), one())), slots.shape()));
    initial.add(g.expand(g.less(one(), zero()), slots.shape()));
    initial.addAll(models.start());
    List<Tensor> results =
        g.loop(
            longest,
            initial,
            (body, index, carried) ->
                new Body(body, models, limit, penalty, slots).append(index, carried));

    List<Tensor> stacked = results.subList(initial.size(), results.size());
    g.output("scores", results.get(1), "B", "K");
    g.output("tokens", stacked.get(0), "T", "B", "K");
    g.output("parents", stacked.get(1), "T", "B", "K");
    if (stacked.size() == 3) {
      g.output("attention", ofParents(stacked.get(2), stacked.get(1)), "T", "B", "K", "S");
    }
    return g.toModel();
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
   * Factors of the score for each step, made once.
   *
   * @param before float [steps]: ((t - 1) / t)^lp at t - 1; 1 for the first step
   * @param step float [steps]: 1 / t^lp at t - 1
   */
  private record LengthPenalty(Tensor before, Tensor step) {}

  private LengthPenalty lengthPenalty(Tensor longest) {
    Tensor steps =
        g.cast(g.range(one(), g.add(longest, one()), one()), ElementType.FLOAT); // 1, 2, ...
    // The first step's factor meets a score of 0, or an empty slot, which 0 would bring to life.
    Tensor before = g.maximum(g.subtract(steps, g.scalar(1f)), g.scalar(1f));
    return new LengthPenalty(
        g.power(g.divide(before, steps), lengthPenalty),
        g.reciprocal(g.power(steps, lengthPenalty)));
  }

  /**
   * What does not change from step to step.
   *
   * @param beamSize int64 []: K
   * @param shape int64 [2]: B, K
   * @param proposals int64 [1]: P, tokens that a hypothesis proposes: K, or V if that is less
   * @param proposalShape int64 [2]: B, K x P
   * @param finishedProposals float [P]: 0 for the first, empty for the others
   * @param firstRow int64 [B, 1]: where the rows of a sentence begin among the B x K
   */
  private record Slots(
      Tensor beamSize,
      Tensor shape,
      Tensor proposals,
      Tensor proposalShape,
      Tensor finishedProposals,
      Tensor firstRow) {}

  private Slots slots() {
    Tensor sentences = g.shape(sourceLength); // [1]
    Tensor k = g.squeeze(beamSize, 0);
    Tensor proposals = g.minimum(beamSize, g.longs(config.vocabularySize()));
    Tensor sentence = g.range(zero(), g.squeeze(sentences, 0), one()); // [B]
    return new Slots(
        k,
        g.concat(0, sentences, beamSize),
        proposals,
        g.concat(0, sentences, g.multiply(beamSize, proposals)),
        onlyFirst(g.range(zero(), g.squeeze(proposals, 0), one())),
        g.unsqueeze(g.multiply(sentence, k), 1));
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

  /** 0 at the first position, {@link #NO_HYPOTHESIS} at the others. */
  private Tensor onlyFirst(Tensor positions) {
    return g.where(g.equal(positions, zero()), g.scalar(0f), g.scalar(NO_HYPOTHESIS));
  }

  private Tensor zero() {
    return g.scalar(0L);
  }

  private Tensor one() {
    return g.scalar(1L);
  }

  /** One step of the search. */
  private final class Body {
    private final OnnxGraph body;
    private final EnsembleGraph models;
    private final Tensor limit;
    private final LengthPenalty penalty;
    private final Slots slots;

    Body(OnnxGraph body, EnsembleGraph models, Tensor limit, LengthPenalty penalty, Slots slots) {
      this.body = body;
      this.models = models;
      this.limit = limit;
      this.penalty = penalty;
      this.slots = slots;
    }

    Iteration append(Tensor index, List<Tensor> carried) {
      Tensor token = carried.get(0);
      Tensor score = carried.get(1);
      Tensor finished = carried.get(2);
      List<Tensor> state = carried.subList(3, carried.size());
      DecoderGraph.Step step = models.append(body, body.reshape(token, body.longs(-1)), state);

      Candidates candidates = candidates(index, step.logProbabilities(), score, finished);
      Top best = body.topK(candidates.scores(), beamSize); // [B, K]
      Tensor parent = body.divide(best.indices(), slots.proposals());
      Tensor nextToken = body.gatherElements(candidates.tokens(), best.indices());

      Tensor ended = body.equal(nextToken, body.scalar(endId));
      Tensor atLimit = body.lessOrEqual(limit, body.add(index, one())); // [B, 1]
      Tensor nextFinished = body.or(ended, atLimit);
      Tensor live = body.cast(body.not(nextFinished), ElementType.INT32);
      Tensor goOn = body.cast(body.maximumOfAll(live), ElementType.BOOL);

      Tensor parentRow = body.reshape(body.add(parent, slots.firstRow()), body.longs(-1));
      List<Tensor> next = new ArrayList<>(List.of(nextToken, best.values(), nextFinished));
      step.state().forEach(rows -> next.add(body.gather(rows, parentRow)));
      List<Tensor> stacked = new ArrayList<>();
      stacked.add(body.cast(nextToken, ElementType.INT32));
      stacked.add(body.cast(parent, ElementType.INT32));
      step.attention().ifPresent(stacked::add);
      return new Iteration(goOn, next, stacked);
    }

    /** What the hypotheses of a sentence propose: float and int64 [B, K x P]. */
    private record Candidates(Tensor scores, Tensor tokens) {}

    private Candidates candidates(
        Tensor index, Tensor logProbabilities, Tensor score, Tensor finished) {
      Tensor column = body.longs(-1, 1);
      Tensor rowScore = body.reshape(score, column); // [B x K, 1]
      Tensor rowFinished = body.reshape(finished, column);
      Top proposed = body.topK(logProbabilities, slots.proposals()); // [B x K, P]

      Tensor before = body.multiply(rowScore, body.gather(penalty.before(), index));
      Tensor added = body.multiply(proposed.values(), body.gather(penalty.step(), index));
      Tensor frozen = body.add(rowScore, slots.finishedProposals());
      Tensor scores = body.where(rowFinished, frozen, body.add(before, added));
      Tensor tokens = body.where(rowFinished, body.scalar(endId), proposed.indices());
      return new Candidates(
          body.reshape(scores, slots.proposalShape()), body.reshape(tokens, slots.proposalShape()));
    }
  }
}
