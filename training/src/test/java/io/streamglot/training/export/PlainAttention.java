package io.streamglot.training.export;

import io.streamglot.training.model.ContextType;
import io.streamglot.training.model.ModelWeights;
import java.util.Optional;

/** Attention in plain Java, one hypothesis at a time. */
final class PlainAttention {

  private final ContextType type;
  private final PlainLinear key;
  private final PlainLinear query;
  private final float[] v;

  /** For any context but the fixed one. */
  PlainAttention(ContextType type, ModelWeights weights, Optional<PlainLinear> query) {
    this.type = type;
    this.key =
        switch (type) {
          case ADDITIVE ->
              new PlainLinear(weights.get("attention.w_key"), weights.get("attention.b"));
          case GENERAL -> new PlainLinear(weights.get("attention.w_key"));
          default -> null;
        };
    this.query = query.orElse(null);
    this.v = type == ContextType.ADDITIVE ? weights.get("attention.v").values() : null;
  }

  /** What the state meets, for each annotation. */
  float[][] keys(float[][] annotations) {
    return key == null ? annotations : key.apply(annotations);
  }

  /** a_j, the softmax of the energies. */
  float[] weights(float[] state, float[][] keys) {
    float[] asked = query == null ? state : query.apply(state);
    float[] energies = new float[keys.length];
    for (int j = 0; j < keys.length; j++) {
      energies[j] = (float) energy(asked, keys[j]);
    }
    PlainModel.logSoftmax(energies);
    for (int j = 0; j < energies.length; j++) {
      energies[j] = (float) Math.exp(energies[j]);
    }
    return energies;
  }

  private double energy(float[] asked, float[] key) {
    double energy = 0;
    for (int i = 0; i < key.length; i++) {
      energy +=
          type == ContextType.ADDITIVE ? v[i] * Math.tanh(asked[i] + key[i]) : asked[i] * key[i];
    }
    return energy;
  }
}
