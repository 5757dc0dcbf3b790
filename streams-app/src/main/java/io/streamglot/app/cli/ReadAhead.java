package io.streamglot.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/**
 * Reads lines on a thread of its own, so that a batch takes what has arrived and never waits for
 * more: a person who types gets each answer at once, and a file is translated in full batches.
 *
 * <p>Bounded in lines and in characters, the batch in hand included. {@link #nextBatch} is for one
 * thread.
 */
final class ReadAhead {
  /** Most characters held, as many as the longest line can have. */
  static final int MAX_CHARACTERS = LineReader.MAX_BYTES;

  private final BlockingQueue<Item> queue = new LinkedBlockingQueue<>();

  /** Characters that may still be read. A short line costs its share of the line limit. */
  private final Semaphore room = new Semaphore(MAX_CHARACTERS);

  private final int lowestCost;
  private int inHand;
  private Item ending;

  private sealed interface Item {}

  private record Line(String text) implements Item {}

  private record End() implements Item {}

  private record Failed(Throwable cause) implements Item {}

  private ReadAhead(int maxLines) {
    lowestCost = MAX_CHARACTERS / maxLines;
  }

  /**
   * Starts to read; the thread is a daemon and ends with the input.
   *
   * @param maxLines most lines held, from 1 to {@link #MAX_CHARACTERS}
   */
  static ReadAhead start(LineReader reader, int maxLines) {
    ReadAhead lines = new ReadAhead(maxLines);
    Thread thread = new Thread(() -> lines.fill(reader), "read-ahead");
    thread.setDaemon(true);
    thread.start();
    return lines;
  }

  /**
   * Waits for a line, then takes what else is there. The batch before it counts as done.
   *
   * @param max most lines of the batch, above 0
   * @return the next lines in order; empty at the end of the input
   * @throws UserErrorException if the line that comes next was refused; all lines before it have
   *     been returned. Whatever else ended the reading is thrown likewise
   */
  List<String> nextBatch(int max) throws InterruptedException {
    room.release(inHand);
    inHand = 0;
    List<String> batch = new ArrayList<>();
    while (ending == null && batch.size() < max) {
      Item item = batch.isEmpty() ? queue.take() : queue.poll();
      if (item == null) {
        break;
      } else if (item instanceof Line line) {
        batch.add(line.text());
        inHand += cost(line.text());
      } else {
        ending = item;
      }
    }
    if (batch.isEmpty() && ending instanceof Failed failed) {
      if (failed.cause() instanceof Error error) {
        throw error;
      }
      if (failed.cause() instanceof RuntimeException problem) {
        throw problem;
      }
      throw new IllegalStateException(failed.cause());
    }
    return batch;
  }

  private void fill(LineReader reader) {
    Item last = new End();
    try {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        room.acquire(cost(line));
        queue.add(new Line(line));
      }
    } catch (Throwable e) { // handed over: else the other side would wait for ever
      last = new Failed(e);
    }
    queue.add(last);
  }

  private int cost(String line) {
    return Math.max(lowestCost, line.length());
  }
}
