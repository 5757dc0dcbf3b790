package io.streamglot.training.export;

import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.model.ModelWeights;
import io.streamglot.training.model.TeacherForcing;
import io.streamglot.training.model.Weight;
import java.util.Arrays;

/**
 * The model in plain Java, one sentence at a time, written to be read next to the equations: the
 * simpler truth that the exported graph is held to. Thread-safe.
 */
@SuppressWarnings("ArrayRecordComponent") // its records are never compared
final class PlainModel implements TeacherForcing {

  /** Where the decoder stands after a token; the arrays are never changed. */
  record State(float[] hidden, float[] cell) {}

  /** A source, encoded: what attention looks at, and where the decoder starts. */
  record Source(float[][] annotations, float[][] keys, State start) {}

  /**
   * What one hypothesis gets from one step.
   *
   * @param logProbabilities [V]
   * @param attention [source length]
   */
  record Step(State state, float[] logProbabilities, float[] attention) {}

  private final int vocabularySize;
  private final float[][] embedding;
  private final Lstm forward;
  private final Lstm backward;
  private final Linear bridge;
  private final Linear key;
  private final Linear query;
  private final float[] v;
  private final Linear gatesFromToken;
  private final Linear gatesFromContext;
  private final Linear gatesFromState;
  private final Linear readoutFromState;
  private final Linear readoutFromContext;
  private final Linear readoutFromToken;
  private final Linear output;
  private final int startId;

  PlainModel(ModelConfig config, ModelWeights weights, int startId) {
    weights.requireShapesOf(config);
    this.vocabularySize = config.vocabularySize();
    this.startId = startId;
    this.embedding = rows(weights.get("embedding"));
    this.forward = new Lstm(weights, "encoder.1.forward");
    this.backward = new Lstm(weights, "encoder.1.backward");
    this.bridge = new Linear(weights.get("bridge.w"), weights.get("bridge.b"));
    this.key = new Linear(weights.get("attention.w_key"), weights.get("attention.b"));
    this.query = new Linear(weights.get("attention.w_query"));
    this.v = weights.get("attention.v").values();
    this.gatesFromToken = new Linear(weights.get("decoder.1.w_y"), weights.get("decoder.1.b"));
    this.gatesFromContext = new Linear(weights.get("decoder.1.w_c"));
    this.gatesFromState = new Linear(weights.get("decoder.1.w_h"));
    this.readoutFromState = new Linear(weights.get("readout.w_s"), weights.get("readout.b"));
    this.readoutFromContext = new Linear(weights.get("readout.w_c"));
    this.readoutFromToken = new Linear(weights.get("readout.w_y"));
    this.output = new Linear(weights.get("embedding"), weights.get("output.b"));
  }

  /** Reads a source; ids with the end token last. */
  Source encode(int[] source) {
    float[][] x = Arrays.stream(source).mapToObj(id -> embedding[id]).toArray(float[][]::new);
    float[][] left = forward.run(x);
    float[][] right = reversed(backward.run(reversed(x)));
    int n = source.length;
    float[][] annotations = new float[n][];
    for (int j = 0; j < n; j++) {
      annotations[j] = concat(left[j], right[j]);
    }
    float[] start = bridge.apply(concat(left[n - 1], right[0]));
    tanh(start);
    return new Source(
        annotations, key.apply(annotations), new State(start, new float[start.length]));
  }

  /**
   * Goes one step on with each hypothesis.
   *
   * @param tokens the token before, for each hypothesis
   * @param states where each hypothesis stands
   */
  Step[] step(Source source, int[] tokens, State[] states) {
    int n = tokens.length;
    float[][] y = Arrays.stream(tokens).mapToObj(id -> embedding[id]).toArray(float[][]::new);
    float[][] hidden = Arrays.stream(states).map(State::hidden).toArray(float[][]::new);

    float[][] queries = query.apply(hidden);
    float[][] attention = new float[n][];
    float[][] context = new float[n][];
    for (int k = 0; k < n; k++) {
      attention[k] = attend(queries[k], source.keys());
      context[k] = weightedSum(attention[k], source.annotations());
    }

    float[][] gates = gatesFromToken.apply(y);
    gatesFromContext.addTo(gates, context);
    gatesFromState.addTo(gates, hidden);
    State[] next = new State[n];
    for (int k = 0; k < n; k++) {
      next[k] = Lstm.update(gates[k], states[k].cell());
    }

    float[][] read =
        readoutFromState.apply(Arrays.stream(next).map(State::hidden).toArray(float[][]::new));
    readoutFromContext.addTo(read, context);
    readoutFromToken.addTo(read, y);
    for (float[] row : read) {
      tanh(row);
    }
    float[][] logits = output.apply(read);

    Step[] steps = new Step[n];
    for (int k = 0; k < n; k++) {
      logSoftmax(logits[k]);
      steps[k] = new Step(next[k], logits[k], attention[k]);
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
    return vocabularySize;
  }

  /** a_j = softmax of v · tanh(query + key_j). */
  private float[] attend(float[] query, float[][] keys) {
    float[] scores = new float[keys.length];
    for (int j = 0; j < keys.length; j++) {
      double score = 0;
      for (int i = 0; i < v.length; i++) {
        score += v[i] * Math.tanh(query[i] + keys[j][i]);
      }
      scores[j] = (float) score;
    }
    logSoftmax(scores);
    for (int j = 0; j < scores.length; j++) {
      scores[j] = (float) Math.exp(scores[j]);
    }
    return scores;
  }

  private static float[] weightedSum(float[] weights, float[][] vectors) {
    float[] sum = new float[vectors[0].length];
    for (int j = 0; j < weights.length; j++) {
      addMultiple(sum, weights[j], vectors[j]);
    }
    return sum;
  }

  private static void logSoftmax(float[] x) {
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

  /** y += a x. The one hot loop; the compiler turns it into vector instructions. */
  private static void addMultiple(float[] y, float a, float[] x) {
    for (int i = 0; i < y.length; i++) {
      y[i] += a * x[i];
    }
  }

  private static float[] concat(float[] a, float[] b) {
    float[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private static float[][] reversed(float[][] rows) {
    float[][] result = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      result[i] = rows[rows.length - 1 - i];
    }
    return result;
  }

  private static float[][] rows(Weight matrix) {
    int rows = (int) matrix.shape()[0];
    int columns = (int) matrix.shape()[1];
    float[][] result = new float[rows][];
    for (int i = 0; i < rows; i++) {
      result[i] = Arrays.copyOfRange(matrix.values(), i * columns, (i + 1) * columns);
    }
    return result;
  }

  /** y = W x + b; W is kept by columns, so that a product is a sum of columns. */
  private static final class Linear {
    private final float[][] columns;
    private final float[] bias;

    Linear(Weight matrix) {
      this(matrix, new Weight(new long[] {matrix.shape()[0]}, new float[(int) matrix.shape()[0]]));
    }

    Linear(Weight matrix, Weight bias) {
      float[][] rows = rows(matrix);
      this.columns = new float[rows[0].length][rows.length];
      for (int i = 0; i < rows.length; i++) {
        for (int j = 0; j < columns.length; j++) {
          columns[j][i] = rows[i][j];
        }
      }
      this.bias = bias.values();
    }

    float[] apply(float[] x) {
      return apply(new float[][] {x})[0];
    }

    float[][] apply(float[][] x) {
      float[][] y = new float[x.length][bias.length];
      addTo(y, x);
      return y;
    }

    void addTo(float[][] y, float[][] x) {
      for (float[] row : y) {
        addMultiple(row, 1, bias);
      }
      for (int j = 0; j < columns.length; j++) {
        for (int k = 0; k < x.length; k++) {
          addMultiple(y[k], x[k][j], columns[j]);
        }
      }
    }
  }

  /** One direction of the encoder, from zero states. */
  private static final class Lstm {
    private final Linear fromInput;
    private final Linear fromState;

    Lstm(ModelWeights weights, String name) {
      this.fromInput = new Linear(weights.get(name + ".w_x"), weights.get(name + ".b"));
      this.fromState = new Linear(weights.get(name + ".w_h"));
    }

    float[][] run(float[][] x) {
      int size = fromState.columns.length;
      State state = new State(new float[size], new float[size]);
      float[][] outputs = new float[x.length][];
      for (int j = 0; j < x.length; j++) {
        float[][] gates = {fromInput.apply(x[j])};
        fromState.addTo(gates, new float[][] {state.hidden()});
        state = update(gates[0], state.cell());
        outputs[j] = state.hidden();
      }
      return outputs;
    }

    /** Gates in order input, forget, cell, output, before their non-linearities. */
    static State update(float[] gates, float[] cell) {
      int n = cell.length;
      float[] nextHidden = new float[n];
      float[] nextCell = new float[n];
      for (int i = 0; i < n; i++) {
        double input = sigmoid(gates[i]);
        double forget = sigmoid(gates[n + i]);
        double candidate = Math.tanh(gates[2 * n + i]);
        double output = sigmoid(gates[3 * n + i]);
        double updated = forget * cell[i] + input * candidate;
        nextCell[i] = (float) updated;
        nextHidden[i] = (float) (output * Math.tanh(updated));
      }
      return new State(nextHidden, nextCell);
    }

    private static double sigmoid(double x) {
      return 1 / (1 + Math.exp(-x));
    }
  }
}
