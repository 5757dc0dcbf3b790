package io.streamglot.app.cli;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/**
 * A running Kafka Streams application, from start to an orderly end.
 *
 * <p>A stream thread that fails stops the application: nothing is lost, since what was not
 * committed is read again by the next start, and whoever supervises the process learns of it.
 * Thread-safe.
 */
final class StreamsRunner implements AutoCloseable {
  /** How long closing waits for the batch in hand. */
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(30);

  private final KafkaStreams streams;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  private StreamsRunner(Topology topology, Properties settings, Runnable onRunning) {
    streams = new KafkaStreams(topology, settings);
    streams.setUncaughtExceptionHandler(
        problem -> {
          ended.completeExceptionally(problem);
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    streams.setStateListener(
        (now, before) -> {
          if (now == KafkaStreams.State.RUNNING) {
            onRunning.run();
          }
        });
  }

  /**
   * Starts the application and returns at once.
   *
   * @param settings of Kafka Streams, complete
   * @param onRunning called each time that the application has its partitions and processes
   *     records, on a thread of Kafka Streams; must not block
   */
  static StreamsRunner start(Topology topology, Properties settings, Runnable onRunning) {
    StreamsRunner runner = new StreamsRunner(topology, settings, onRunning);
    runner.streams.start();
    return runner;
  }

  /** Lets {@link #await} return; does not wait. */
  void stop() {
    ended.complete(null);
  }

  /**
   * Waits until {@link #stop} is called or a stream thread fails.
   *
   * @throws Exception what the stream thread failed with
   */
  void await() throws Exception {
    try {
      ended.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** Whether a stream thread failed. */
  boolean failed() {
    return ended.isCompletedExceptionally();
  }

  /** Ends the application: finishes and commits what is in hand, then leaves the group. */
  @Override
  public void close() {
    ended.complete(null);
    streams.close(CLOSE_LIMIT);
  }
}
