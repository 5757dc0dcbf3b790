package io.streamglot.benchmarks.streaming;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Sends messages by a schedule and times their translations. For one thread.
 *
 * @param sender of the messages
 * @param reader of the translations
 * @param instance that translates
 */
record Exchange(MessageSender sender, TranslationReader reader, StreamInstance instance) {

  private static final Duration POLL = Duration.ofMillis(200);

  /** How long after the last message was due its translation is waited for. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static final long NOT_YET = Long.MIN_VALUE;

  /**
   * Sends texts and waits for all translations.
   *
   * @param first number of the first message; numbers must not come again
   * @return milliseconds of each message, from when it was due until its translation could be read
   * @throws IOException if a message failed, came twice or has no translation in time
   */
  double[] run(OpenLoop load, int first, List<String> texts) throws IOException {
    long start = System.nanoTime();
    CompletableFuture<Void> sending =
        CompletableFuture.runAsync(() -> send(load, start, first, texts));
    long[] nanos = new long[texts.size()];
    Arrays.fill(nanos, NOT_YET);
    int missing = nanos.length;
    long end = start + load.dueNanos(texts.size()) + LIMIT.toNanos();
    while (missing > 0) {
      int before = missing;
      missing -= read(nanos, load, start, first);
      if (missing == before && System.nanoTime() > end) {
        throw new IOException(
            "translations: expected %d, actual %d within %d s after the last message"
                .formatted(nanos.length, nanos.length - missing, LIMIT.toSeconds()));
      }
      instance.requireRunning();
      sender.requireSent();
    }
    sending.join();
    return Arrays.stream(nanos)
        .mapToDouble(each -> each / (double) TimeUnit.MILLISECONDS.toNanos(1))
        .toArray();
  }

  private void send(OpenLoop load, long start, int first, List<String> texts) {
    for (int i = 0; i < texts.size(); i++) {
      OpenLoop.awaitNanoTime(start + load.dueNanos(i));
      sender.send(first + i, texts.get(i));
    }
  }

  /** How many translations came. */
  private int read(long[] nanos, OpenLoop load, long start, int first) throws IOException {
    int[] arrived = {0};
    reader.poll(
        POLL,
        (number, now) -> {
          int i = number - first;
          if (nanos[i] != NOT_YET) {
            throw new IllegalStateException("translation of message " + number + " came twice");
          }
          nanos[i] = load.lateNanos(i, now - start);
          arrived[0]++;
        });
    return arrived[0];
  }
}
