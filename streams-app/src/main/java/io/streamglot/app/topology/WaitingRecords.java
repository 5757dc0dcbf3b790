package io.streamglot.app.topology;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What waits to be translated, in the order of the source, and how much of it makes a batch.
 *
 * <p>A batch is full with the record that brings it to a limit. Records are not cut: one with a
 * hundred target languages is a batch, however long it takes.
 *
 * <p>Used by the thread that has the task.
 */
final class WaitingRecords {

  private final TopologySettings settings;
  private final LongSupplier tokensInTime;
  private final Deque<ReadRecord> records = new ArrayDeque<>();
  private Size size = new Size();
  private long sinceNanos;

  /**
   * Nothing waits.
   *
   * @param tokensInTime most tokens for which there is time, asked again for each record
   */
  WaitingRecords(TopologySettings settings, LongSupplier tokensInTime) {
    this.settings = settings;
    this.tokensInTime = tokensInTime;
  }

  void add(ReadRecord record) {
    if (records.isEmpty()) {
      sinceNanos = System.nanoTime();
    }
    records.add(record);
    size.add(record);
  }

  boolean isEmpty() {
    return records.isEmpty();
  }

  int count() {
    return records.size();
  }

  /** Whether there is a full batch. */
  boolean isFull() {
    return size.isFull();
  }

  /** When the first of them came, or the last batch went, by {@link System#nanoTime}. */
  long sinceNanos() {
    return sinceNanos;
  }

  /** The one that waits longest; there must be one. */
  ReadRecord first() {
    return records.element();
  }

  /** The first records: a full batch, or all there are. They wait on until they are removed. */
  List<ReadRecord> batch() {
    var batch = new ArrayList<ReadRecord>();
    var batchSize = new Size();
    for (var record : records) {
      batch.add(record);
      batchSize.add(record);
      if (batchSize.isFull()) {
        break;
      }
    }
    return batch;
  }

  /** Removes the first so many. */
  void remove(int count) {
    for (int i = 0; i < count; i++) {
      records.remove();
    }
    size = new Size();
    records.forEach(size::add);
    sinceNanos = System.nanoTime();
  }

  /** How much there is of some records. */
  private final class Size {
    private int count;
    private long bytes;
    private long tokens;

    void add(ReadRecord record) {
      count++;
      bytes += RecordSize.of(record.source());
      tokens += record.tokens();
    }

    boolean isFull() {
      return count >= settings.maxBatchRecords()
          || bytes >= settings.maxBatchBytes()
          || tokens >= settings.maxBatchTokens()
          || (tokens > 0 && tokens >= tokensInTime.getAsLong());
    }
  }
}
