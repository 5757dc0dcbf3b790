package io.streamglot.training.export;

import io.streamglot.training.model.CellType;
import io.streamglot.training.model.ModelWeights;
import java.util.Arrays;

/** One recurrent unit in plain Java, unit by unit as the equations of the model's cell say. */
@SuppressWarnings("ArrayRecordComponent") // its records are never compared
final class PlainCell {

  /** Where a unit stands; the arrays are never changed. Only an LSTM has a memory. */
  record State(float[] hidden, float[] memory) {}

  private final CellType type;
  private final PlainLinear fromState;
  private final float[] candidateBias;

  /** The unit whose weights have this name. */
  PlainCell(CellType type, ModelWeights weights, String name) {
    this(type, weights, name, new PlainLinear(weights.get(name + ".w_h")));
  }

  /** The unit with a product of its own with the state. */
  PlainCell(CellType type, ModelWeights weights, String name, PlainLinear fromState) {
    this.type = type;
    this.fromState = fromState;
    this.candidateBias = type == CellType.GRU ? weights.get(name + ".b_h").values() : null;
  }

  /** The state before the first step. */
  State start(float[] hidden) {
    return new State(hidden, type == CellType.LSTM ? new float[hidden.length] : null);
  }

  /** Reads a sequence from a zero state: what it says of each element. */
  float[][] read(float[][] inputs) {
    State state = start(new float[fromState.inputs()]);
    float[][] outputs = new float[inputs.length][];
    for (int j = 0; j < inputs.length; j++) {
      state = step(new float[][] {inputs[j]}, new State[] {state})[0];
      outputs[j] = state.hidden();
    }
    return outputs;
  }

  /**
   * One step of several hypotheses.
   *
   * @param inputs what the input brings each, W_x x + b
   * @param before where each stands
   */
  State[] step(float[][] inputs, State[] before) {
    float[][] recurrent =
        fromState.apply(Arrays.stream(before).map(State::hidden).toArray(float[][]::new));
    State[] next = new State[before.length];
    for (int k = 0; k < next.length; k++) {
      float[] a = inputs[k];
      float[] u = recurrent[k];
      next[k] =
          switch (type) {
            case RNN -> rnn(a, u);
            case GRU -> gru(a, u, before[k].hidden());
            case LSTM -> lstm(a, u, before[k].memory());
          };
    }
    return next;
  }

  private static State rnn(float[] a, float[] u) {
    float[] next = new float[a.length];
    for (int i = 0; i < next.length; i++) {
      next[i] = (float) Math.tanh(a[i] + u[i]);
    }
    return new State(next, null);
  }

  private State gru(float[] a, float[] u, float[] hidden) {
    int n = hidden.length;
    float[] next = new float[n];
    for (int i = 0; i < n; i++) {
      double reset = sigmoid(a[i] + u[i]);
      double update = sigmoid(a[n + i] + u[n + i]);
      double candidate = Math.tanh(a[2 * n + i] + reset * (u[2 * n + i] + candidateBias[i]));
      next[i] = (float) ((1 - update) * candidate + update * hidden[i]);
    }
    return new State(next, null);
  }

  private static State lstm(float[] a, float[] u, float[] memory) {
    int n = memory.length;
    float[] nextHidden = new float[n];
    float[] nextMemory = new float[n];
    for (int i = 0; i < n; i++) {
      double input = sigmoid(a[i] + u[i]);
      double forget = sigmoid(a[n + i] + u[n + i]);
      double candidate = Math.tanh(a[2 * n + i] + u[2 * n + i]);
      double output = sigmoid(a[3 * n + i] + u[3 * n + i]);
      double updated = forget * memory[i] + input * candidate;
      nextMemory[i] = (float) updated;
      nextHidden[i] = (float) (output * Math.tanh(updated));
    }
    return new State(nextHidden, nextMemory);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
