package io.streamglot.app.cli;

import io.streamglot.app.format.RegistryException;
import io.streamglot.app.topology.Router;
import io.streamglot.app.topology.TopologyListener;
import io.streamglot.app.topology.TopologySettings;
import io.streamglot.app.topology.TranslationTopology;
import io.streamglot.app.topology.Translators;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running Kafka Streams application, from start to an orderly end.
 *
 * <p>A stream thread that fails is started again, or stops the application, as {@link FaultPolicy}
 * says: nothing is lost, since what was not committed is read again, and whoever supervises the
 * process learns of it if it cannot go on.
 *
 * <p>What an instance that was killed left open is ended at once, as {@link AbandonedTransactions}
 * says.
 *
 * <p>Owns the translators, for only it knows when no thread translates any more. Thread-safe.
 */
final class StreamsRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamsRunner.class);

  /** How long closing waits for the batch in hand. */
  static final Duration CLOSE_LIMIT = Duration.ofSeconds(30);

  private final KafkaStreams streams;
  private final Translators translators;
  private final CloseOptions closing;
  private final Duration closeLimit;
  private final Optional<RebalanceWatch> watch;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  private StreamsRunner(
      KafkaStreams streams,
      Translators translators,
      CloseOptions closing,
      Duration closeLimit,
      Optional<RebalanceWatch> watch,
      FaultPolicy faults,
      Runnable onRunning) {
    this.streams = streams;
    this.translators = translators;
    this.closing = closing;
    this.closeLimit = closeLimit;
    this.watch = watch;
    streams.setUncaughtExceptionHandler(problem -> respond(problem, faults));
    streams.setStateListener(
        (now, before) -> {
          watch.ifPresent(watching -> watching.hear(now));
          if (now == KafkaStreams.State.RUNNING) {
            onRunning.run();
          }
        });
  }

  private StreamThreadExceptionResponse respond(Throwable problem, FaultPolicy faults) {
    if (ended.isDone()) {
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    Optional<Exception> fatal = faults.fatal(problem);
    if (fatal.isPresent()) {
      ended.completeExceptionally(fatal.get());
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    LOG.warn("a stream thread failed and is started again: {}", FaultPolicy.reason(problem));
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  /**
   * Starts the application and returns at once.
   *
   * @param translators closed by {@link #close}, or here if the start fails
   * @param router to the pairs of the translators
   * @param settings of Kafka Streams, complete
   * @param closeLimit how long {@link #close} waits for the batch in hand
   * @param listener hears what the topology does
   * @param onRunning called each time that the application has its partitions and processes
   *     records, on a thread of Kafka Streams; must not block
   * @throws UserErrorException if Kafka Streams refuses the settings, or a schema registry the
   *     schema
   */
  static StreamsRunner start(
      TopologySettings topology,
      Translators translators,
      Router router,
      Properties settings,
      Duration closeLimit,
      TopologyListener listener,
      Runnable onRunning) {
    Topology built;
    try {
      built = TranslationTopology.build(topology, translators, router, listener);
    } catch (RegistryException e) {
      translators.close();
      throw new UserErrorException(e.getMessage());
    }
    KafkaStreams streams;
    try {
      streams = new KafkaStreams(built, settings);
    } catch (IllegalArgumentException | KafkaException e) {
      translators.close();
      throw KafkaSettings.refused(e);
    }
    StreamsRunner runner =
        new StreamsRunner(
            streams,
            translators,
            closing(settings, closeLimit),
            closeLimit,
            RebalanceWatch.of(streams, settings),
            new FaultPolicy(
                new StreamsConfig(settings).getInt(StreamsConfig.NUM_STREAM_THREADS_CONFIG),
                System::nanoTime),
            onRunning);
    streams.start();
    return runner;
  }

  /**
   * Leaves the group, so that others take over at once and not after the session timeout; but a
   * static member comes back, and its work is to wait for it.
   */
  private static CloseOptions closing(Properties settings, Duration limit) {
    boolean comesBack =
        settings.stringPropertyNames().stream()
            .anyMatch(key -> key.endsWith(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG));
    return CloseOptions.timeout(limit)
        .withGroupMembershipOperation(
            comesBack
                ? CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP
                : CloseOptions.GroupMembershipOperation.LEAVE_GROUP);
  }

  /** What runs, for those who watch it; nobody else may start or close it. */
  KafkaStreams streams() {
    return streams;
  }

  /** Lets {@link #await} return; does not wait. */
  void stop() {
    ended.complete(null);
  }

  /**
   * Waits until {@link #stop} is called or the application cannot go on.
   *
   * @throws Exception why it cannot
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

  /** Whether the application cannot go on. */
  boolean failed() {
    return ended.isCompletedExceptionally();
  }

  /**
   * Ends the application: finishes and commits what is in hand, leaves the group unless it is a
   * static member, and closes the translators.
   *
   * @throws IllegalStateException if a batch takes longer than the limit. The translators stay
   *     open, for a thread may be inside their native code; all that is left is to end the process
   */
  @Override
  public void close() {
    ended.complete(null);
    watch.ifPresent(RebalanceWatch::close);
    if (!streams.close(closing)) {
      throw new IllegalStateException(
          "stream threads: expected to end within %d s, actual still at work; what they had not"
                  .formatted(closeLimit.toSeconds())
              + " committed is read again by the next start");
    }
    translators.close();
  }
}
