package io.streamglot.benchmarks.streaming;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/** CPU time of threads of this process, by name. */
final class ThreadCpu {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private ThreadCpu() {}

  /** CPU time so far of the living threads whose names contain that. */
  static Duration of(String name) {
    long nanos = 0;
    for (long id : THREADS.getAllThreadIds()) {
      ThreadInfo thread = THREADS.getThreadInfo(id);
      if (thread != null && thread.getThreadName().contains(name)) {
        nanos += Math.max(0, THREADS.getThreadCpuTime(id)); // -1 once it has died
      }
    }
    return Duration.ofNanos(nanos);
  }

  /** The share of a core that they take, watched for so long. */
  static double share(String name, Duration watched) throws InterruptedException {
    long start = System.nanoTime();
    Duration before = of(name);
    Thread.sleep(watched.toMillis());
    return (double) of(name).minus(before).toNanos() / (System.nanoTime() - start);
  }
}
