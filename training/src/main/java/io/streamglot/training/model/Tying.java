package io.streamglot.training.model;

/** Which of the three matrices over the vocabulary are one (Press and Wolf, 2017). */
public enum Tying {
  /** Source embedding, target embedding and output are three. */
  NONE,
  /** Target embedding and output are one. */
  TWO_WAY,
  /** All are one. */
  THREE_WAY
}
