package io.streamglot.training.export;

import io.streamglot.training.model.ContextType;
import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.model.ModelWeights;
import io.streamglot.training.model.TeacherForcing;
import java.util.Arrays;

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
   */
  record Source(float[][] annotations, float[][] keys, float[] end, State start) {}

  /**
   * What one hypothesis gets from one step.
   *
   * @param logProbabilities [V]
   * @param attention [source length]; null if the context is fixed
   */
  record Step(State state, float[] logProbabilities, float[] attention) {}

  private final ModelConfig config;
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
    weights.requireShapesOf(config);
    this.config = config;
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
            : new PlainAttention(config.context(), weights);
    this.first = new PlainCell(config.cell(), weights, "decoder.1");
    this.firstFromToken = new PlainLinear(weights.get("decoder.1.w_y"), weights.get("decoder.1.b"));
    this.firstFromContext = new PlainLinear(weights.get("decoder.1.w_c"));
    boolean deep = config.decoder().layers() == 2;
    this.second = deep ? new PlainCell(config.cell(), weights, "decoder.2") : null;
    this.secondFromFirst =
        deep ? new PlainLinear(weights.get("decoder.2.w_x"), weights.get("decoder.2.b")) : null;
    this.readoutFromState = new PlainLinear(weights.get("readout.w_s"), weights.get("readout.b"));
    this.readoutFromContext = new PlainLinear(weights.get("readout.w_c"));
    this.readoutFromToken = new PlainLinear(weights.get("readout.w_y"));
    this.output =
        new PlainLinear(weights.get(ModelWeights.output(config.tying())), weights.get("output.b"));
  }

  /** Reads a source; ids with the end token last. */
  Source encode(int[] source) {
    float[][] x = Arrays.stream(source).mapToObj(id -> sourceEmbedding[id]).toArray(float[][]::new);
    float[][] annotations = encoder.annotations(x);
    float[] end = encoder.end(annotations);
    float[] initial = bridge.apply(end);
    tanh(initial);
    int size = config.decoder().size();
    State start =
        new State(
            first.start(Arrays.copyOf(initial, size)),
            second == null ? null : second.start(Arrays.copyOfRange(initial, size, 2 * size)));
    return new Source(
        annotations, attention == null ? null : attention.keys(annotations), end, start);
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
