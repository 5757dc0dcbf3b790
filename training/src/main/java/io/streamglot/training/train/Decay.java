package io.streamglot.training.train;

/** How the learning rate falls after the warm-up. */
public enum Decay {
  /** In equal steps to a twentieth of the highest rate at the last step. */
  LINEAR,
  /** To half of what it was, whenever BLEU stops rising: {@link TrainingConfig#decayPatience}. */
  PLATEAU
}
