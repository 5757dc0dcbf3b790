package io.streamglot.app.topology;

import io.streamglot.schemas.PendingRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The entries of a task's store: source records whose outcomes are not sure to have reached their
 * topics, so that a crash loses none.
 *
 * <p>An entry has the lowest key that is free. The cache in front of the changelog then swallows
 * what was added and deleted between two commits, and the changelog has as many keys as entries
 * were there at once. Order is that of the source's offsets: a task reads one partition.
 *
 * <p>When an entry goes, depends on the guarantee:
 *
 * <ul>
 *   <li>{@code exactly_once_v2}: as soon as its outcomes are sent; outcome and deletion are parts
 *       of one transaction.
 *   <li>{@code at_least_once}: once a commit has followed the sending. The deletion could reach the
 *       changelog, and the outcome be lost, if they went out together.
 * </ul>
 *
 * <p>Used by the thread that has the task.
 */
final class PendingRecords {

  private final KeyValueStore<Integer, PendingRecord> store;
  private final CommitCounter commits;
  private final boolean exactlyOnce;

  private final BitSet taken = new BitSet();
  private final List<Integer> waiting = new ArrayList<>();
  private final Deque<Sent> sent = new ArrayDeque<>();

  /** Entries whose outcomes were sent after so many commits. */
  private record Sent(List<Integer> slots, long commits) {}

  PendingRecords(
      KeyValueStore<Integer, PendingRecord> store, CommitCounter commits, boolean exactlyOnce) {
    this.store = store;
    this.commits = commits;
    this.exactlyOnce = exactlyOnce;
  }

  /**
   * Takes up the entries that are there, as ones that wait: what was sent without a commit after it
   * is sent again.
   *
   * @return their records, in the order of their offsets
   */
  List<PendingRecord> reload() {
    var entries = new ArrayList<KeyValue<Integer, PendingRecord>>();
    try (var all = store.all()) {
      all.forEachRemaining(entries::add);
    }
    entries.sort(Comparator.comparingLong(entry -> entry.value.getOffset()));
    entries.forEach(entry -> take(entry.key));
    return entries.stream().map(entry -> entry.value).toList();
  }

  /** Keeps a record until its outcomes are {@link #sent}. */
  void add(PendingRecord record) {
    int slot = taken.nextClearBit(0);
    store.put(slot, record);
    take(slot);
  }

  /** All outcomes of the first so many records that waited were sent. */
  void sent(int count) {
    var slots = waiting.subList(0, count);
    if (count > 0) {
      sent.add(new Sent(List.copyOf(slots), commits.count()));
    }
    slots.clear();
    release();
  }

  /** Lets go what may go by now. Not to be called while the processor closes. */
  void release() {
    while (!sent.isEmpty() && (exactlyOnce || sent.peek().commits() < commits.count())) {
      for (int slot : sent.remove().slots()) {
        store.put(slot, null); // delete would decode the entry to return it
        taken.clear(slot);
      }
    }
  }

  /** Batches that were sent and wait for a commit. */
  int unconfirmedBatches() {
    return sent.size();
  }

  private void take(int slot) {
    taken.set(slot);
    waiting.add(slot);
  }
}
