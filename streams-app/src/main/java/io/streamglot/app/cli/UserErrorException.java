package io.streamglot.app.cli;

import java.util.List;

/**
 * The user has to change something: an argument, a file, a setting, the Kafka that was named.
 *
 * <p>It is shown as its lines and nothing else, and ends the program with exit code 2.
 */
final class UserErrorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> lines;

  /** One problem. The line names what, where, expected and actual. */
  UserErrorException(String line) {
    this(List.of(line));
  }

  /**
   * Several problems found at once.
   *
   * @param lines one for each, not empty
   */
  UserErrorException(List<String> lines) {
    super(String.join("; ", lines));
    this.lines = List.copyOf(lines);
  }

  /** One line for each problem, at least one. */
  List<String> lines() {
    return lines;
  }
}
