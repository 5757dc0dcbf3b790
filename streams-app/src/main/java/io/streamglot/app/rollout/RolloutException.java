package io.streamglot.app.rollout;

/** An event that cannot be followed; the message is one line: what, expected, actual. */
public final class RolloutException extends Exception {

  private static final long serialVersionUID = 1L;

  RolloutException(String message) {
    super(message);
  }

  RolloutException(String message, Throwable cause) {
    super(message, cause);
  }
}
