package io.streamglot.training.corpus;

/** Why {@link CorpusFilter} left a pair out. A pair counts under the first reason that holds. */
public enum RejectionReason {
  /** Source or target is empty or blank. */
  EMPTY("empty"),
  /** Source or target has too many tokens. */
  LENGTH("too long"),
  /** One side has too many tokens for each token of the other. */
  RATIO("length ratio"),
  /** The very pair came before. */
  DUPLICATE("duplicate");

  private final String label;

  RejectionReason(String label) {
    this.label = label;
  }

  /** The reason in plain words. */
  public String label() {
    return label;
  }
}
