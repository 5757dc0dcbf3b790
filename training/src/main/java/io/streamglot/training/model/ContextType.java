package io.streamglot.training.model;

/** What the decoder learns of the source at each step. */
public enum ContextType {
  /** The encoder's last state, the same at every step (Cho et al., 2014): the bottleneck. */
  FIXED,
  /** {@code v . tanh(W_query s + W_key h + b)} (Bahdanau et al., 2015). */
  ADDITIVE,
  /** {@code s . h} (Luong et al., 2015); the decoder must be as wide as an annotation. */
  DOT,
  /** {@code s . W_key h} (Luong et al., 2015). */
  GENERAL
}
