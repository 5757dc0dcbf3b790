package io.streamglot.translator.evaluate;

import java.util.List;

/** What both metrics ask of their input and say of it in their signature. */
final class References {

  /**
   * Names this implementation where sacreBLEU's signature names its version: the definitions are
   * sacreBLEU's, the code is not. Changes when a score could.
   */
  static final String IMPLEMENTATION = "impl:streamglot-0.1.0";

  private References() {}

  /**
   * Checks that each hypothesis has at least one reference.
   *
   * @throws IllegalArgumentException if not, or if there is no hypothesis
   */
  static void check(List<String> hypotheses, List<List<String>> references) {
    if (hypotheses.isEmpty()) {
      throw new IllegalArgumentException("hypotheses: expected at least 1, actual 0");
    }
    if (hypotheses.size() != references.size()) {
      throw new IllegalArgumentException(
          "lists of references: expected %d, one for each hypothesis, actual %d"
              .formatted(hypotheses.size(), references.size()));
    }
    for (int i = 0; i < references.size(); i++) {
      if (references.get(i).isEmpty()) {
        throw new IllegalArgumentException(
            "references of hypothesis %d: expected at least 1, actual 0".formatted(i));
      }
    }
  }

  /**
   * Checks that a sentence has a reference.
   *
   * @throws IllegalArgumentException if not
   */
  static void checkAny(List<String> references) {
    if (references.isEmpty()) {
      throw new IllegalArgumentException("references: expected at least 1, actual 0");
    }
  }

  /** References a sentence, {@code var} where sentences differ: the signature's first field. */
  static String count(List<List<String>> references) {
    int[] counts = references.stream().mapToInt(List::size).distinct().toArray();
    return counts.length == 1 ? Integer.toString(counts[0]) : "var";
  }
}
