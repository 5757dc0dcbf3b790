package io.streamglot.benchmarks.streaming;

import io.streamglot.app.language.LanguageSettings;
import io.streamglot.app.topology.Router;
import io.streamglot.app.topology.StreamsDefaults;
import io.streamglot.app.topology.TopologyListener;
import io.streamglot.app.topology.TopologySettings;
import io.streamglot.app.topology.TranslationTopology;
import io.streamglot.app.topology.Translators;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** The topology in this process, as {@code run} runs it. Thread-safe. */
final class StreamInstance implements AutoCloseable {

  /** What the names of its threads contain, those of its producers too. */
  static final String THREADS = "StreamThread";

  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(30);

  private final KafkaStreams streams;
  private final AtomicReference<Throwable> problem = new AtomicReference<>();
  private final CountDownLatch running = new CountDownLatch(1);

  private StreamInstance(KafkaStreams streams) {
    this.streams = streams;
    streams.setUncaughtExceptionHandler(
        thrown -> {
          problem.compareAndSet(null, thrown);
          running.countDown();
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    streams.setStateListener(
        (now, before) -> {
          if (now == KafkaStreams.State.RUNNING) {
            running.countDown();
          }
        });
  }

  /**
   * Starts an instance and returns when it has its partitions.
   *
   * @param topology with topics that exist; the source topic names the application
   * @param translators stay open
   * @param kafka settings of Kafka Streams, over the defaults
   * @throws IOException if Kafka Streams refuses the settings or fails
   */
  static StreamInstance start(
      TemporaryBroker broker,
      TopologySettings topology,
      Translators translators,
      Map<String, String> kafka,
      TopologyListener listener)
      throws IOException, InterruptedException {
    Map<String, String> settings = new HashMap<>();
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, broker.servers());
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, topology.sourceTopic() + "-app");
    settings.put(
        StreamsConfig.STATE_DIR_CONFIG, broker.folder().resolve(topology.sourceTopic()).toString());
    settings.putAll(kafka);
    StreamInstance instance;
    try {
      instance =
          new StreamInstance(
              new KafkaStreams(
                  TranslationTopology.build(
                      topology,
                      translators,
                      new Router(translators.pairs(), LanguageSettings.defaults()),
                      listener),
                  StreamsDefaults.with(settings)));
    } catch (IllegalArgumentException | KafkaException e) {
      throw new IOException("settings of Kafka Streams: " + e.getMessage(), e);
    }
    try {
      instance.streams.start();
      if (!instance.running.await(START_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException(
            "stream: expected to run within %d s, actual %s"
                .formatted(START_LIMIT.toSeconds(), instance.streams.state()));
      }
      instance.requireRunning();
      return instance;
    } catch (IOException | InterruptedException | RuntimeException e) {
      instance.close();
      throw e;
    }
  }

  /**
   * Checks that no stream thread failed.
   *
   * @throws IOException if one did
   */
  void requireRunning() throws IOException {
    Throwable failure = problem.get();
    if (failure != null) {
      throw new IOException("stream: expected to run, actual " + failure, failure);
    }
  }

  @Override
  public void close() {
    streams.close(CLOSE_LIMIT);
  }
}
