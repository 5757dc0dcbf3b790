package io.streamglot.translator;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class HelpersTest {

  @ParameterizedTest
  @CsvSource({"1, 0", "1, 5", "2, 0", "2, 1", "2, 1000", "4, 3", "16, 1000"})
  void eachPieceIsDoneOnce(int threads, int count) {
    AtomicIntegerArray done = new AtomicIntegerArray(count);
    try (Helpers helpers = new Helpers(threads)) {
      helpers.work(count, done::incrementAndGet);
    }

    for (int i = 0; i < count; i++) {
      assertThat(done.get(i)).as("piece %d", i).isEqualTo(1);
    }
  }

  @Test
  void onePieceIsDoneByTheCallerItself() {
    Set<Thread> workers = ConcurrentHashMap.newKeySet();
    try (Helpers helpers = new Helpers(4)) {
      helpers.work(1, i -> workers.add(Thread.currentThread()));
    }

    assertThat(workers).containsExactly(Thread.currentThread());
  }

  @Test
  void asManyPiecesAsThreadsAreDoneAtTheSameTime() {
    CyclicBarrier together = new CyclicBarrier(3);
    try (Helpers helpers = new Helpers(3)) {
      helpers.work(3, i -> meet(together));
    }

    assertThat(together.isBroken()).isFalse();
  }

  @Test
  void aCallerDoesAllItsPiecesItselfWhileTheHelpersAreBusy() throws Exception {
    CountDownLatch held = new CountDownLatch(2);
    CountDownLatch release = new CountDownLatch(1);
    ExecutorService callers = Executors.newSingleThreadExecutor();
    try (Helpers helpers = new Helpers(2)) {
      Future<?> busy =
          callers.submit(
              () ->
                  helpers.work(
                      2,
                      i -> {
                        held.countDown();
                        await(release);
                      }));
      await(held);
      Set<Thread> workers = ConcurrentHashMap.newKeySet();
      for (int call = 0; call < 50; call++) {
        helpers.work(4, i -> workers.add(Thread.currentThread()));
      }
      assertThat(workers).containsExactly(Thread.currentThread());
      release.countDown();
      busy.get();
    } finally {
      callers.shutdownNow();
    }
  }

  @Test
  void aFailureIsThrownOnceWhatWasBegunIsDoneAndNothingElseIsBegun() {
    CyclicBarrier together = new CyclicBarrier(2);
    CountDownLatch failed = new CountDownLatch(1);
    List<Integer> done = new ArrayList<>();
    IllegalStateException failure = new IllegalStateException("piece 0");
    try (Helpers helpers = new Helpers(2)) {
      assertThatThrownBy(
              () ->
                  helpers.work(
                      100,
                      i -> {
                        meet(together);
                        if (i == 0) {
                          failed.countDown();
                          throw failure;
                        }
                        await(failed);
                        pause();
                        done.add(i);
                      }))
          .isSameAs(failure);
    }

    assertThat(done).containsExactly(1);
  }

  @Test
  void afterAFailureTheNextCallIsDone() {
    AtomicInteger done = new AtomicInteger();
    try (Helpers helpers = new Helpers(2)) {
      assertThatThrownBy(
              () ->
                  helpers.work(
                      10,
                      i -> {
                        throw new AssertionError("piece " + i);
                      }))
          .isInstanceOf(AssertionError.class);
      helpers.work(10, i -> done.incrementAndGet());
    }

    assertThat(done).hasValue(10);
  }

  @Test
  void anInterruptEndsNothingAndIsKept() {
    Thread caller = Thread.currentThread();
    AtomicBoolean helped = new AtomicBoolean();
    AtomicInteger done = new AtomicInteger();
    try (Helpers helpers = new Helpers(2)) {
      caller.interrupt();
      helpers.work(
          2,
          i -> {
            if (Thread.currentThread() == caller) {
              while (!helped.get()) {
                Thread.onSpinWait();
              }
            } else {
              helped.set(true);
              pause();
            }
            done.incrementAndGet();
          });

      assertThat(done).hasValue(2);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void closingEndsTheThreads() throws InterruptedException {
    Set<Thread> workers = ConcurrentHashMap.newKeySet();
    CyclicBarrier together = new CyclicBarrier(4);
    Helpers helpers = new Helpers(4);
    helpers.work(
        4,
        i -> {
          workers.add(Thread.currentThread());
          meet(together);
        });
    workers.remove(Thread.currentThread());
    assertThat(workers).hasSize(3).allMatch(Thread::isDaemon).allMatch(Thread::isAlive);

    helpers.close();
    helpers.close();

    for (Thread worker : workers) {
      worker.join(10_000);
      assertThat(worker.isAlive()).isFalse();
    }
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(30, SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(30, SECONDS)) {
        throw new IllegalStateException("waited for too long");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
