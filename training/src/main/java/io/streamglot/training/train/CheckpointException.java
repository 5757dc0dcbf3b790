package io.streamglot.training.train;

import java.io.IOException;

/** A checkpoint is missing, damaged, or belongs to another run. The message is one line. */
public final class CheckpointException extends IOException {

  private static final long serialVersionUID = 1L;

  CheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
