package io.streamglot.training.tokenizer;

import java.io.IOException;

/** A vocabulary is too small for the characters of its corpus. The message is one line. */
public final class VocabularySizeException extends IOException {

  private static final long serialVersionUID = 1L;

  VocabularySizeException(String message) {
    super(message);
  }
}
