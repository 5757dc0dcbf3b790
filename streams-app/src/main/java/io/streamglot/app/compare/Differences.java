package io.streamglot.app.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Keeps differences to show: of what changed the worst, of each other class the first. */
final class Differences {

  /** The better go first, so that the worst stay; of equals the later. */
  private static final Comparator<Ranked> BEST_FIRST =
      Comparator.<Ranked>comparingDouble(Ranked::chrf).thenComparing(Ranked::number).reversed();

  private final int limit;
  private final PriorityQueue<Ranked> changed = new PriorityQueue<>(BEST_FIRST);
  private final Map<OutcomeClass, List<Difference>> others = new EnumMap<>(OutcomeClass.class);
  private long number;

  private record Ranked(Difference difference, double chrf, long number) {}

  /**
   * Keeps nothing yet.
   *
   * @param limit most to keep of each class, at least 0
   */
  Differences(int limit) {
    this.limit = limit;
  }

  void add(Difference difference) {
    if (difference.chrf().isPresent()) {
      changed.add(new Ranked(difference, difference.chrf().getAsDouble(), number++));
      if (changed.size() > limit) {
        changed.remove();
      }
    } else {
      List<Difference> kept =
          others.computeIfAbsent(difference.pair().outcomeClass(), c -> new ArrayList<>());
      if (kept.size() < limit) {
        kept.add(difference);
      }
    }
  }

  /** What changed, worst first, then the other classes. */
  List<Difference> list() {
    List<Difference> all = new ArrayList<>();
    changed.stream().sorted(BEST_FIRST.reversed()).map(Ranked::difference).forEach(all::add);
    others.values().forEach(all::addAll);
    return List.copyOf(all);
  }
}
