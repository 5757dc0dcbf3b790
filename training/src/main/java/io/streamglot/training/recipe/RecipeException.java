package io.streamglot.training.recipe;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** A recipe is not complete, says what cannot be, or names files that are not there. */
public final class RecipeException extends IOException {

  private static final long serialVersionUID = 1L;

  /** What is wrong, at least one problem. */
  public RecipeException(List<String> problems) {
    super(problems.stream().map(RecipeException::oneLine).collect(Collectors.joining("\n")));
  }

  RecipeException(String problem, Exception cause) {
    this(List.of(problem));
    initCause(cause);
  }

  /** One line for each problem: where, expected, actual. */
  public List<String> problems() {
    return getMessage().lines().toList();
  }

  private static String oneLine(String problem) {
    return problem.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
