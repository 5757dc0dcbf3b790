package io.streamglot.training.export;

import io.streamglot.training.model.ContextType;
import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.model.ModelWeights;
import io.streamglot.training.model.TeacherForcing;
import io.streamglot.training.model.Weight;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/**
 * The model in plain Java, one sentence at a time, written to be read next to the equations: the
 * simpler truth that the exported graph is held to. Thread-safe.
 */
@SuppressWarnings("ArrayRecordComponent") // its records are never compared
final class PlainModel implements TeacherForcing {

  /** Where the decoder stands after a token, layer by layer; the second is null if there is one. */
  record State(PlainCell.State first, PlainCell.State second) {}

  /**
   * A source, encoded.
   *
   * @param keys what attention asks; null if the context is fixed
   * @param end what the encoder knows when it has read all
   * @param start where the decoder starts
   * @param candidates target tokens that it may become; null for all
   */
  record Source(
      float[][] annotations, float[][] keys, float[] end, State start, BitSet candidates) {

    /** The same source with some candidates only. */
    Source with(BitSet some) {
      return new Source(annotations, keys, end, start, some);
    }
  }

  /**
   * What one hypothesis gets from one step.
   *
   * @param logProbabilities [V]
   * @param attention [source length]; null if the context is fixed
   */
  record Step(State state, float[] logProbabilities, float[] attention) {}

  private final ModelConfig config;
  private final ModelWeights weights;
  private final boolean integers;
  private final int startId;
  private final float[][] sourceEmbedding;
  private final float[][] targetEmbedding;
  private final PlainEncoder encoder;
  private final PlainLinear bridge;
  private final PlainAttention attention;
  private final PlainCell first;
  private final PlainLinear firstFromToken;
  private final PlainLinear firstFromContext;
  private final PlainCell second;
  private final PlainLinear secondFromFirst;
  private final PlainLinear readoutFromState;
  private final PlainLinear readoutFromContext;
  private final PlainLinear readoutFromToken;
  private final PlainLinear output;

  PlainModel(ModelConfig config, ModelWeights weights, int startId) {
    this(config, weights, weights.get(ModelWeights.output(config.tying())), startId, false);
  }

  /**
   * A model as it is served.
   *
   * @param outputMatrix of the output layer, which the embedding need not be where they are tied
   * @param integers whether the decoder's products are made in integers
   */
  PlainModel(
      ModelConfig config,
      ModelWeights weights,
      Weight outputMatrix,
      int startId,
      boolean integers) {
    weights.requireShapesOf(config);
    this.config = config;
    this.weights = weights;
    this.integers = integers;
    this.startId = startId;
    this.sourceEmbedding =
        PlainLinear.rows(weights.get(ModelWeights.sourceEmbedding(config.tying())));
    this.targetEmbedding =
        PlainLinear.rows(weights.get(ModelWeights.targetEmbedding(config.tying())));
    this.encoder = new PlainEncoder(config, weights);
    this.bridge = new PlainLinear(weights.get("bridge.w"), weights.get("bridge.b"));
    this.attention =
        config.context() == ContextType.FIXED
            ? null
            : new PlainAttention(
                config.context(),
                weights,
                config.context() == ContextType.ADDITIVE
                    ? Optional.of(
                        product(weights.get("attention.w_query"), zeros(config.attentionSize()), 1))
                    : Optional.empty());
    this.first = cell("decoder.1");
    this.firstFromToken = new PlainLinear(weights.get("decoder.1.w_y"), weights.get("decoder.1.b"));
    // What it meets is rounded before it is summed up, see encode.
    this.firstFromContext = new PlainLinear(weights.get("decoder.1.w_c"));
    boolean deep = config.decoder().layers() == 2;
    this.second = deep ? cell("decoder.2") : null;
    this.secondFromFirst =
        deep ? product(weights.get("decoder.2.w_x"), weights.get("decoder.2.b"), 1) : null;
    this.readoutFromState =
        product(weights.get("readout.w_s"), weights.get("readout.b"), deep ? 2 : 1);
    this.readoutFromContext = new PlainLinear(weights.get("readout.w_c"));
    this.readoutFromToken = new PlainLinear(weights.get("readout.w_y"));
    this.output = product(outputMatrix, weights.get("output.b"), 1);
  }

  private PlainCell cell(String name) {
    Weight matrix = weights.get(name + ".w_h");
    return new PlainCell(
        config.cell(), weights, name, product(matrix, zeros(matrix.shape()[0]), 1));
  }

  private static Weight zeros(long size) {
    return new Weight(new long[] {size}, new float[Math.toIntExact(size)]);
  }

  private PlainLinear product(Weight matrix, Weight bias, float bound) {
    return integers ? PlainLinear.ofIntegers(matrix, bias, bound) : new PlainLinear(matrix, bias);
  }

  /** Reads a source; ids with the end token last. */
  Source encode(int[] source) {
    float[][] x = Arrays.stream(source).mapToObj(id -> sourceEmbedding[id]).toArray(float[][]::new);
    float[][] said = encoder.annotations(x);
    float[] end = encoder.end(said);
    float[] initial = bridge.apply(end);
    tanh(initial);
    int size = config.decoder().size();
    State start =
        new State(
            first.start(Arrays.copyOf(initial, size)),
            second == null ? null : second.start(Arrays.copyOfRange(initial, size, 2 * size)));
    return new Source(
        rounded(said),
        attention == null ? null : attention.keys(said),
        rounded(new float[][] {end})[0],
        start,
        null);
  }

  /**
   * Goes one step on with each hypothesis.
   *
   * @param tokens the token before, for each hypothesis
   * @param states where each hypothesis stands
   */
  Step[] step(Source source, int[] tokens, State[] states) {
    int n = tokens.length;
    float[][] y = Arrays.stream(tokens).mapToObj(id -> targetEmbedding[id]).toArray(float[][]::new);
    float[][] shares = new float[n][];
    float[][] context = new float[n][];
    for (int k = 0; k < n; k++) {
      if (attention == null) {
        context[k] = source.end();
      } else {
        shares[k] = attention.weights(states[k].first().hidden(), source.keys());
        context[k] = weightedSum(shares[k], source.annotations());
      }
    }

    float[][] input = firstFromToken.apply(y);
    firstFromContext.addTo(input, context);
    PlainCell.State[] low =
        first.step(input, Arrays.stream(states).map(State::first).toArray(PlainCell.State[]::new));
    PlainCell.State[] high = new PlainCell.State[n];
    float[][] said = hidden(low);
    if (second != null) {
      high =
          second.step(
              secondFromFirst.apply(said),
              Arrays.stream(states).map(State::second).toArray(PlainCell.State[]::new));
      said = sums(said, hidden(high));
    }

    float[][] read = readoutFromState.apply(said);
    readoutFromContext.addTo(read, context);
    readoutFromToken.addTo(read, y);
    for (float[] row : read) {
      tanh(row);
    }
    float[][] logits = output.apply(read);

    Step[] steps = new Step[n];
    for (int k = 0; k < n; k++) {
      exclude(logits[k], source.candidates());
      logSoftmax(logits[k]);
      steps[k] = new Step(new State(low[k], high[k]), logits[k], shares[k]);
    }
    return steps;
  }

  @Override
  public float[][] logProbabilities(int[] source, int[] target) {
    Source encoded = encode(source);
    State state = encoded.start();
    int token = startId;
    float[][] result = new float[target.length][];
    for (int t = 0; t < target.length; t++) {
      Step step = step(encoded, new int[] {token}, new State[] {state})[0];
      result[t] = step.logProbabilities();
      state = step.state();
      token = target[t];
    }
    return result;
  }

  int vocabularySize() {
    return config.vocabularySize();
  }

  private static float[][] hidden(PlainCell.State[] states) {
    return Arrays.stream(states).map(PlainCell.State::hidden).toArray(float[][]::new);
  }

  private static float[][] sums(float[][] a, float[][] b) {
    float[][] sums = new float[a.length][];
    for (int k = 0; k < a.length; k++) {
      sums[k] = a[k].clone();
      PlainLinear.addMultiple(sums[k], 1, b[k]);
    }
    return sums;
  }

  private static float[] weightedSum(float[] weights, float[][] vectors) {
    float[] sum = new float[vectors[0].length];
    for (int j = 0; j < weights.length; j++) {
      PlainLinear.addMultiple(sum, weights[j], vectors[j]);
    }
    return sum;
  }

  private static void exclude(float[] logits, BitSet candidates) {
    for (int token = 0; token < logits.length; token++) {
      if (candidates != null && !candidates.get(token)) {
        logits[token] = Float.NEGATIVE_INFINITY;
      }
    }
  }

  /** What the encoder says, as a product in integers takes it: each layer lies within 1. */
  private float[][] rounded(float[][] said) {
    if (!integers) {
      return said;
    }
    float step = config.encoder().layers() / 127f;
    float[][] rounded = new float[said.length][];
    for (int j = 0; j < said.length; j++) {
      rounded[j] = said[j].clone();
      for (int i = 0; i < rounded[j].length; i++) {
        rounded[j][i] = (float) Math.rint(said[j][i] / step) * step;
      }
    }
    return rounded;
  }

  static void logSoftmax(float[] x) {
    float max = Float.NEGATIVE_INFINITY;
    for (float value : x) {
      max = Math.max(max, value);
    }
    double sum = 0;
    for (float value : x) {
      sum += Math.exp(value - max);
    }
    float logSum = max + (float) Math.log(sum);
    for (int i = 0; i < x.length; i++) {
      x[i] -= logSum;
    }
  }

  private static void tanh(float[] x) {
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) Math.tanh(x[i]);
    }
  }
}
