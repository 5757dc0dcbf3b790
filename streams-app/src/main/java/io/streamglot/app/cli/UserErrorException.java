package io.streamglot.app.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

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

  /**
   * Does something with each, also after one of them had problems.
   *
   * @throws UserErrorException with the problems of all, if there were any
   */
  static <T> void throwAllOf(Collection<T> each, Consumer<T> action) {
    List<String> lines = new ArrayList<>();
    for (T one : each) {
      try {
        action.accept(one);
      } catch (UserErrorException e) {
        lines.addAll(e.lines());
      }
    }
    if (!lines.isEmpty()) {
      throw new UserErrorException(lines);
    }
  }

  /** One line for each problem, at least one. */
  List<String> lines() {
    return lines;
  }
}
