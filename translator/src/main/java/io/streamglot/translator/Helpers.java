package io.streamglot.translator;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * Threads that help callers with work in several pieces. A caller never waits for a helper to come:
 * it does its pieces itself, and helpers that are free take some of them away. So one piece costs
 * no hand-over, and work that finds all helpers busy needs no room to wait in.
 *
 * <p>Thread-safe, but for {@link #close}, which must not be called while another thread is inside.
 */
final class Helpers implements AutoCloseable {

  private final int threads;
  private final ThreadPoolExecutor helpers;

  /**
   * Starts no thread yet: each starts when there is work for it.
   *
   * @param threads that work for one caller at most, the caller's included; at least 1
   */
  Helpers(int threads) {
    this.threads = threads;
    int size = Math.max(1, threads - 1);
    // A call for help that finds the queue full is dropped: every helper has its next work then.
    this.helpers =
        new ThreadPoolExecutor(
            size,
            size,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(size),
            Helpers::daemon,
            new ThreadPoolExecutor.DiscardPolicy());
  }

  /**
   * Does pieces 0 to {@code count - 1}, begun in that order, and returns when all are done.
   *
   * <p>When a piece fails no further one is begun, and the failure is thrown once those that were
   * begun are done. An interrupt does not end the wait; the thread stays interrupted.
   *
   * @param piece does the piece of a number, on any thread
   */
  void work(int count, IntConsumer piece) {
    Work work = new Work(count, piece);
    for (int i = 1; i < Math.min(count, threads); i++) {
      helpers.execute(work);
    }
    work.run();
    work.await();
  }

  /** Ends the threads. A second call does nothing. */
  @Override
  public void close() {
    helpers.shutdown();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "streamglot-decoder");
    thread.setDaemon(true);
    return thread;
  }

  /** The pieces of one call; each thread that runs it takes one after the other. */
  private static final class Work implements Runnable {

    private final int count;
    private final IntConsumer piece;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final CompletableFuture<Void> allDone = new CompletableFuture<>();

    Work(int count, IntConsumer piece) {
      this.count = count;
      this.piece = piece;
    }

    @Override
    public void run() {
      for (int i = begun.getAndIncrement(); i < count; i = begun.getAndIncrement()) {
        try {
          if (failure.get() == null) {
            piece.accept(i);
          }
        } catch (RuntimeException | Error e) {
          failure.compareAndSet(null, e);
        }
        if (done.incrementAndGet() == count) {
          allDone.complete(null);
        }
      }
    }

    void await() {
      if (count > 0) {
        allDone.join();
      }
      Throwable thrown = failure.get();
      if (thrown instanceof Error error) {
        throw error;
      }
      if (thrown != null) {
        throw (RuntimeException) thrown;
      }
    }
  }
}
