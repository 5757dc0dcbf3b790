package io.streamglot.app.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Reads lines on a thread of its own, so that a batch takes what has arrived and never waits for
 * more: a person who types gets each answer at once, and a file is translated in full batches.
 *
 * <p>Holds at most {@code capacity} lines. {@link #nextBatch} is for one thread.
 */
final class ReadAhead {
  private final BlockingQueue<Item> queue;
  private Item ending;

  private sealed interface Item {}

  private record Line(String text) implements Item {}

  private record End() implements Item {}

  private record Failed(Exception cause) implements Item {}

  private ReadAhead(int capacity) {
    queue = new ArrayBlockingQueue<>(capacity);
  }

  /** Starts to read; the thread is a daemon and ends with the input. */
  static ReadAhead start(LineReader reader, int capacity) {
    ReadAhead lines = new ReadAhead(capacity);
    Thread thread = new Thread(() -> lines.fill(reader), "read-ahead");
    thread.setDaemon(true);
    thread.start();
    return lines;
  }

  /**
   * Waits for a line, then takes what else is there.
   *
   * @param max most lines of the batch, above 0
   * @return the next lines in order; empty at the end of the input
   * @throws UserErrorException if the line that comes next was refused; all lines before it have
   *     been returned
   * @throws IOException if reading failed, likewise
   */
  List<String> nextBatch(int max) throws IOException, InterruptedException {
    List<String> batch = new ArrayList<>();
    while (ending == null && batch.size() < max) {
      Item item = batch.isEmpty() ? queue.take() : queue.poll();
      if (item == null) {
        break;
      } else if (item instanceof Line line) {
        batch.add(line.text());
      } else {
        ending = item;
      }
    }
    if (batch.isEmpty() && ending instanceof Failed failed) {
      if (failed.cause() instanceof IOException io) {
        throw io;
      }
      throw (RuntimeException) failed.cause();
    }
    return batch;
  }

  private void fill(LineReader reader) {
    try {
      try {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          queue.put(new Line(line));
        }
        queue.put(new End());
      } catch (IOException | RuntimeException e) {
        queue.put(new Failed(e));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
