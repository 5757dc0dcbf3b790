package io.streamglot.benchmarks.decoding;

import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Threads that share tasks: each takes the next one when it is done with its last. */
final class Callers implements AutoCloseable {

  private final int threads;
  private final ExecutorService pool;

  Callers(int threads) {
    this.threads = threads;
    this.pool = Executors.newFixedThreadPool(threads);
  }

  /**
   * Does the tasks 0 to {@code tasks - 1}.
   *
   * @return wall time in seconds
   * @throws RuntimeException that of the first task that failed
   */
  double run(int tasks, IntConsumer task) {
    AtomicInteger next = new AtomicInteger();
    Callable<Void> caller =
        () -> {
          for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
            task.accept(i);
          }
          return null;
        };
    long start = System.nanoTime();
    try {
      for (Future<Void> done : pool.invokeAll(Collections.nCopies(threads, caller))) {
        done.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException problem
          ? problem
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    return (System.nanoTime() - start) / 1e9;
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}
