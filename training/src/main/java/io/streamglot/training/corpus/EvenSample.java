package io.streamglot.training.corpus;

import java.util.List;
import java.util.stream.IntStream;

/** Takes elements from all over a list, which may be sorted. */
public final class EvenSample {

  private EvenSample() {}

  /**
   * At equal distances, in their order; all if there are no more than wanted.
   *
   * @param most elements to take, at least 0
   */
  public static <T> List<T> of(List<T> all, int most) {
    int count = Math.min(all.size(), most);
    return IntStream.range(0, count)
        .mapToObj(i -> all.get((int) ((long) i * all.size() / count)))
        .toList();
  }
}
