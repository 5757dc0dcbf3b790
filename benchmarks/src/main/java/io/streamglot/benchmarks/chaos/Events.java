package io.streamglot.benchmarks.chaos;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What happened when; also told as it happens, with a line of progress. For one thread. */
final class Events {

  private static final boolean TERMINAL = Boolean.getBoolean("streamglot.terminal");
  private static final Duration PROGRESS = Duration.ofMillis(TERMINAL ? 500 : 30_000);

  /** Longer than any line of progress. */
  private static final String ERASE = "\r" + " ".repeat(79) + "\r";

  private final PrintStream err;
  private final long start = System.nanoTime();
  private final List<Event> all = new ArrayList<>();
  private long lastProgress = start;

  Events(PrintStream err) {
    this.err = err;
  }

  /**
   * An event.
   *
   * @param seconds since the start of the run
   */
  record Event(double seconds, String what) {}

  /** Notes what happened now. */
  void add(String what) {
    Event event = new Event(seconds(), what);
    all.add(event);
    err.printf("%s%8.2f s  %s%n", TERMINAL ? ERASE : "", event.seconds(), what);
  }

  /** Says how far the run is, now and then. */
  void progress(String line) {
    if (System.nanoTime() - lastProgress > PROGRESS.toNanos()) {
      lastProgress = System.nanoTime();
      err.print(TERMINAL ? ERASE + line : "%8.2f s  %s%n".formatted(seconds(), line));
      err.flush();
    }
  }

  /** Seconds since the start of the run. */
  double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  List<Event> all() {
    return List.copyOf(all);
  }
}
