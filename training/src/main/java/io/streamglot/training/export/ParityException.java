package io.streamglot.training.export;

/**
 * The exported graph computes something else than the model it was exported from. The message is
 * one line: the sentence, what differs, what the model says and what the graph says.
 */
public final class ParityException extends Exception {

  private static final long serialVersionUID = 1L;

  ParityException(String sentence, String what, Object expected, Object actual) {
    super("'%s': %s: expected %s, actual %s".formatted(sentence, what, expected, actual));
  }
}
