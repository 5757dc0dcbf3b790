package io.streamglot.training.train;

import io.streamglot.training.model.Seq2Seq;
import java.io.IOException;

/** Measures a model on development data. */
@FunctionalInterface
public interface Validator {

  /**
   * Validates the parameters as they are and leaves them so.
   *
   * @throws IOException if files that it works with cannot be written or read
   */
  Validation validate(Seq2Seq model) throws IOException;
}
