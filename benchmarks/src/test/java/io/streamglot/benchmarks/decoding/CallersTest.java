package io.streamglot.benchmarks.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class CallersTest {

  @Test
  void doEachTaskOnce() {
    AtomicIntegerArray done = new AtomicIntegerArray(1000);
    try (Callers callers = new Callers(4)) {
      callers.run(done.length(), done::incrementAndGet);
    }
    for (int i = 0; i < done.length(); i++) {
      assertThat(done.get(i)).as("task %d", i).isEqualTo(1);
    }
  }

  /** Each of two tasks waits for the other. */
  @Test
  void workAtTheSameTime() {
    CyclicBarrier meeting = new CyclicBarrier(2);
    try (Callers callers = new Callers(2)) {
      callers.run(
          2,
          task -> {
            try {
              meeting.await(20, TimeUnit.SECONDS);
            } catch (Exception e) {
              throw new IllegalStateException("alone", e);
            }
          });
    }
    assertThat(meeting.isBroken()).isFalse();
  }

  @Test
  void tellOfATaskThatFails() {
    try (Callers callers = new Callers(2)) {
      assertThatThrownBy(
              () ->
                  callers.run(
                      3,
                      task -> {
                        throw new IllegalArgumentException("as expected");
                      }))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("as expected");
    }
  }
}
