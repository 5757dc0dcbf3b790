package io.streamglot.training.model;

/** The recurrent unit of encoder and decoder; {@link Cell} has the equations. */
public enum CellType {
  /** The plain recurrent network (Elman, 1990). */
  RNN(1),
  /** The gated recurrent unit (Cho et al., 2014). */
  GRU(3),
  /** The long short-term memory (Hochreiter and Schmidhuber, 1997; Gers et al., 2000). */
  LSTM(4);

  private final int gates;

  CellType(int gates) {
    this.gates = gates;
  }

  /** How many vectors of the unit's size each product with a matrix gives: 1, 3 or 4. */
  public int gates() {
    return gates;
  }
}
