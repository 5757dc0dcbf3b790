package io.streamglot.app.compare;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Matches the outcomes of two sides by message and target language; where one side has several of a
 * key, the first with the other's first, the second with its second, and so on.
 *
 * <p>Both sides are read by turns, and only what waits for its partner is kept: nearly nothing
 * where the sides have the same order, as two replays of a recording have, and at most one side.
 *
 * <p>A failure of a whole message, without a target language, answers for every outcome of that
 * message that the other side has and that nothing else matches.
 */
final class OutcomeMatcher {

  private final Consumer<OutcomePair> pairs;
  private final Map<OutcomeKey, Deque<RecordedOutcome>> oldWaiting = new LinkedHashMap<>();
  private final Map<OutcomeKey, Deque<RecordedOutcome>> newWaiting = new LinkedHashMap<>();

  private OutcomeMatcher(Consumer<OutcomePair> pairs) {
    this.pairs = pairs;
  }

  /**
   * Matches.
   *
   * @param pairs takes the pairs: those that match in the order in which they are complete, then
   *     what has no match, OLD's first
   */
  static void match(
      Iterator<RecordedOutcome> old,
      Iterator<RecordedOutcome> candidate,
      Consumer<OutcomePair> pairs) {
    OutcomeMatcher matcher = new OutcomeMatcher(pairs);
    while (old.hasNext() || candidate.hasNext()) {
      if (old.hasNext()) {
        matcher.addOld(old.next());
      }
      if (candidate.hasNext()) {
        matcher.addNew(candidate.next());
      }
    }
    matcher.matchWholeMessages();
    matcher.leave();
  }

  private void addOld(RecordedOutcome outcome) {
    RecordedOutcome partner = take(newWaiting, outcome.key());
    if (partner == null) {
      waitFor(oldWaiting, outcome);
    } else {
      pairs.accept(new OutcomePair(outcome, partner));
    }
  }

  private void addNew(RecordedOutcome outcome) {
    RecordedOutcome partner = take(oldWaiting, outcome.key());
    if (partner == null) {
      waitFor(newWaiting, outcome);
    } else {
      pairs.accept(new OutcomePair(partner, outcome));
    }
  }

  private static void waitFor(
      Map<OutcomeKey, Deque<RecordedOutcome>> waiting, RecordedOutcome outcome) {
    waiting.computeIfAbsent(outcome.key(), key -> new ArrayDeque<>(1)).add(outcome);
  }

  private static RecordedOutcome take(
      Map<OutcomeKey, Deque<RecordedOutcome>> waiting, OutcomeKey key) {
    Deque<RecordedOutcome> queue = waiting.get(key);
    if (queue == null) {
      return null;
    }
    RecordedOutcome first = queue.remove();
    if (queue.isEmpty()) {
      waiting.remove(key);
    }
    return first;
  }

  private void matchWholeMessages() {
    answer(oldWaiting, newWaiting, (failure, other) -> new OutcomePair(failure, other));
    answer(newWaiting, oldWaiting, (failure, other) -> new OutcomePair(other, failure));
  }

  @FunctionalInterface
  private interface Pairing {
    OutcomePair pair(RecordedOutcome failure, RecordedOutcome other);
  }

  /** Lets the failures of whole messages of one side answer for what the other side has. */
  private void answer(
      Map<OutcomeKey, Deque<RecordedOutcome>> failing,
      Map<OutcomeKey, Deque<RecordedOutcome>> others,
      Pairing pairing) {
    Set<OutcomeKey> answered = new HashSet<>();
    Iterator<Deque<RecordedOutcome>> queues = others.values().iterator();
    while (queues.hasNext()) {
      Deque<RecordedOutcome> queue = queues.next();
      OutcomeKey whole = new OutcomeKey(queue.element().key().messageId(), OutcomeKey.EVERY);
      Deque<RecordedOutcome> failures = failing.get(whole);
      if (failures != null) {
        queue.forEach(other -> pairs.accept(pairing.pair(failures.element(), other)));
        queues.remove();
        answered.add(whole);
      }
    }
    failing.keySet().removeAll(answered);
  }

  private void leave() {
    oldWaiting
        .values()
        .forEach(queue -> queue.forEach(o -> pairs.accept(new OutcomePair(o, null))));
    newWaiting
        .values()
        .forEach(queue -> queue.forEach(o -> pairs.accept(new OutcomePair(null, o))));
  }
}
