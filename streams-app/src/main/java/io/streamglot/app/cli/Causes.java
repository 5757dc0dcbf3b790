package io.streamglot.app.cli;

import java.util.Optional;
import java.util.function.Predicate;

/** The chain of causes of a problem, which Kafka wraps again and again. */
final class Causes {
  private Causes() {}

  /** The last of them: what it all began with. */
  static Throwable root(Throwable problem) {
    Throwable root = problem;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /** The first that is wanted, the problem itself before its causes. */
  static Optional<Throwable> first(Throwable problem, Predicate<Throwable> wanted) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (wanted.test(cause)) {
        return Optional.of(cause);
      }
    }
    return Optional.empty();
  }
}
