package io.streamglot.training.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import io.streamglot.training.export.OnnxGraph.ElementType;
import io.streamglot.training.export.OnnxGraph.Tensor;
import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.model.ModelWeights;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The whole search as one graph: source ids in, hypotheses out.
 *
 * <p>A hypothesis is ranked by {@code log p / t^length_penalty}. It is finished when it chose the
 * end token or reached its own sentence's limit; it then proposes the end token alone, at no cost,
 * and its score no longer changes. A sentence is done when all its hypotheses are finished.
 *
 * <p>The package description lists inputs, outputs and what the loop carries.
 */
public final class BeamSearchGraph {

  /** Most slots of a batch for which choosing rows takes longer than computing all. */
  private static final long SMALL_BATCH = 8;

  /** Metadata by which serving knows what the graph was made for. */
  private static final String TARGET = "streamglot.target";

  private final ModelConfig config;
  private final List<ModelWeights> members;
  private final GraphForm form;
  private final GraphTarget target;
  private final OnnxGraph g;
  private final long startId;
  private final long endId;

  private final Tensor source;
  private final Tensor sourceLength;
  private final Tensor beamSize; // [1]
  private final Tensor lengthPenalty; // []
  private final Tensor maxLength; // [2]
  private final Tensor pruning; // []
  private final Tensor withAttention; // []
  private final Tensor prefix; // [B, P]
  private final Tensor uniform; // [B, U]
  private final Tensor temperature; // []
  private final Tensor topK; // [1]
  private final Tensor topP; // []
  private final Optional<Candidates> candidates;

  private BeamSearchGraph(
      ModelConfig config, List<ModelWeights> members, GraphForm form, int startId, int endId) {
    this.config = config;
    this.members = List.copyOf(members);
    this.form = form;
    this.target = form.target();
    this.g = new OnnxGraph("beam_search");
    this.startId = startId;
    this.endId = endId;
    this.source = g.input("source", ElementType.INT64, "B", "S");
    this.sourceLength = g.input("source_length", ElementType.INT32, "B");
    this.beamSize = target.size(g, g.input("beam_size", ElementType.INT64, "1"));
    this.lengthPenalty = g.input("length_penalty", ElementType.FLOAT);
    this.maxLength = g.input("max_length", ElementType.FLOAT, "2");
    this.pruning = g.input("pruning", ElementType.FLOAT);
    this.withAttention = g.input("with_attention", ElementType.BOOL);
    this.prefix = g.input("prefix", ElementType.INT64, "B", "P");
    this.uniform = g.input("uniform", ElementType.FLOAT, "B", "U");
    this.temperature = g.input("temperature", ElementType.FLOAT);
    this.topK = g.input("top_k", ElementType.INT64, "1");
    this.topP = g.input("top_p", ElementType.FLOAT);
    this.candidates =
        form.shortlist()
            .map(
                some ->
                    Candidates.of(
                        g, some, source, prefix, g.input("with_shortlist", ElementType.BOOL)));
  }

  /**
   * Builds the graph of a model, or of several that decide together.
   *
   * @param config the sizes of each
   * @param members the parameters of each, at least one
   * @param form how they are kept and computed with, and where
   * @param startId token that the decoder starts from
   * @param endId token that ends source and target
   * @return the model, opset 18, IR 9
   * @throws IllegalArgumentException if there is no model, the weights are not those of the config,
   *     an id is not in the vocabulary, or the target does not compute with the precision
   */
  public static ModelProto build(
      ModelConfig config, List<ModelWeights> members, GraphForm form, int startId, int endId) {
    if (members.isEmpty()) {
      throw new IllegalArgumentException("models: expected at least 1, actual none");
    }
    members.forEach(weights -> weights.requireShapesOf(config));
    requireId("start id", startId, config);
    requireId("end id", endId, config);
    if (form.target() == GraphTarget.CUDA && form.precision().largestWeight().isPresent()) {
      throw new IllegalArgumentException(
          "precision for CUDA: expected FP32 or FP16, actual " + form.precision());
    }
    return new BeamSearchGraph(config, members, form, startId, endId).build();
  }

  private static void requireId(String what, int id, ModelConfig config) {
    if (id < 0 || id >= config.vocabularySize()) {
      throw new IllegalArgumentException(
          "%s: expected 0 to %d, actual %d".formatted(what, config.vocabularySize() - 1, id));
    }
  }

  private ModelProto build() {
    EnsembleGraph models =
        new EnsembleGraph(g, config, members, form, source, sourceLength, candidates);
    PrefixGraph reading = new PrefixGraph(g, target, prefix, startId, endId);
    Tensor left = g.subtract(limit(), reading.given()); // [B, 1]: tokens to search for
    Tensor longest = g.maximum(g.maximumOfAll(left), one());
    SearchSettings settings =
        SearchSettings.of(
            g,
            endId,
            config.vocabularySize(),
            beamSize,
            candidates.map(Candidates::ids),
            attentionWidth(),
            pruning,
            lengthPenalty,
            longest,
            reading.steps());
    Sentences sentences =
        new Sentences(g.subtract(left, one()), reading.given(), uniform, models.sentences());
    PrefixGraph.Begun begun = reading.read(g, models, settings, sentences);
    Search beam = new Search(models, settings, sentences, begun, longest, Optional.empty());
    Search drawn = new Search(models, settings, sentences, begun, longest, Optional.of(sampler()));
    Tensor lots = g.squeeze(g.from(g.shape(uniform), g.longs(1)), 0);
    List<Tensor> found =
        g.choose(
            g.less(zero(), lots),
            branch ->
                target == GraphTarget.CUDA ? inOneLoop(branch, drawn) : inPhases(branch, drawn),
            branch -> target == GraphTarget.CUDA ? inOneLoop(branch, beam) : bySize(branch, beam));
    g.output("scores", found.get(0), "B", "K");
    g.output("tokens", found.get(1), "T", "B", "K");
    g.output("parents", found.get(2), "T", "B", "K");
    if (models.hasAttention()) {
      g.output("attention", found.get(3), "T", "B", "K", "S");
      g.output("prefix_attention", begun.attention().orElseThrow(), "P", "B", "S");
    }
    return g.toModel().toBuilder()
        .addMetadataProps(
            StringStringEntryProto.newBuilder().setKey(TARGET).setValue(target.label()))
        .build();
  }

  private Sampler sampler() {
    Tensor tokens =
        candidates.map(some -> g.shape(some.ids())).orElse(g.longs(config.vocabularySize()));
    return new Sampler(temperature, target.size(g, g.minimum(topK, tokens)), topP);
  }

  private List<Tensor> bySize(OnnxGraph branch, Search beam) {
    Tensor going = branch.sumOfAll(branch.cast(beam.begun().goesOn(), ElementType.INT64));
    Tensor slots = branch.multiply(going, branch.squeeze(beamSize, 0));
    return branch.choose(
        branch.less(branch.scalar(SMALL_BATCH), slots),
        large -> inPhases(large, beam),
        small -> inOneLoop(small, beam));
  }

  private List<Tensor> inPhases(OnnxGraph branch, Search search) {
    return outputs(branch, new PhasedSearch(search).append(branch));
  }

  private List<Tensor> inOneLoop(OnnxGraph branch, Search search) {
    return outputs(branch, new UnphasedSearch(search, target).append(branch));
  }

  /**
   * Scores, tokens, parents and, unless the context is fixed, attention, as the graph gives them.
   */
  private List<Tensor> outputs(OnnxGraph branch, Search.Found found) {
    Tensor tokens = found.choices().tokens();
    Optional<Tensor> attention = found.choices().attention();
    Tensor parents =
        found
            .choices()
            .parents()
            .orElseGet(() -> branch.subtract(tokens, tokens)); // the only one, 0
    if (found.choices().parents().isPresent()) {
      attention = attention.map(each -> ofParents(branch, each, parents));
    }
    return Stream.concat(Stream.of(found.scores(), tokens, parents), attention.stream()).toList();
  }

  /** int64 [1]: S if attention is asked for, else 0. */
  private Tensor attentionWidth() {
    Tensor sourceSteps = g.from(g.shape(source), g.longs(1));
    return target.size(g, g.multiply(sourceSteps, g.cast(withAttention, ElementType.INT64)));
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
  private Tensor ofParents(OnnxGraph branch, Tensor attention, Tensor parents) {
    Tensor sentences = branch.shape(sourceLength); // [1]
    Tensor steps = branch.first(branch.shape(parents), branch.longs(1)); // [1]
    Tensor allSteps = branch.multiply(steps, sentences);
    Tensor rows = branch.flatten(attention, 3); // [T x B x K, S]
    Tensor blocks = branch.range(zero(), branch.squeeze(allSteps, 0), one());
    Tensor first =
        branch.reshape(
            branch.multiply(blocks, beamSize), branch.concat(0, steps, sentences, branch.longs(1)));
    return branch.gather(rows, branch.add(branch.cast(parents, ElementType.INT64), first));
  }

  private Tensor zero() {
    return g.scalar(0L);
  }

  private Tensor one() {
    return g.scalar(1L);
  }
}
