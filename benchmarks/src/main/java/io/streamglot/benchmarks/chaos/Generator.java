package io.streamglot.benchmarks.chaos;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends the workload on a thread of its own: at a set rate, or so that there is always a backlog.
 *
 * <p>Idempotent, acknowledged by all replicas in sync, and patient: a broker's death costs it
 * nothing but time.
 */
final class Generator implements AutoCloseable {

  private static final int PATIENCE_MS = 10 * 60 * 1000;

  /** Of a poisoned workload, uncompressed. */
  private static final int LARGEST_REQUEST = 20_000_000;

  private static final long PAUSE_NANOS = 2_000_000;

  private final Workload workload;
  private final Pace pace;
  private final LongSupplier answered;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final AtomicReference<Exception> problem = new AtomicReference<>();
  private final Thread thread = new Thread(this::sendAll, "chaos-generator");
  private volatile int limit = Integer.MAX_VALUE;
  private volatile boolean stopped;

  /**
   * How fast to send.
   *
   * @param rate records a second, or 0 for as fast as the backlog allows
   * @param backlog most records that are sent and not answered yet
   */
  record Pace(int rate, int backlog) {}

  private Generator(
      String bootstrapServers,
      Workload workload,
      boolean compressed,
      Pace pace,
      LongSupplier answered) {
    this.workload = workload;
    this.pace = pace;
    this.answered = answered;
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, "chaos-generator");
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MS);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MS);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    if (compressed) {
      settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
      settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST);
    }
    producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Starts to send.
   *
   * @param compressed whether to compress, so that records pass which are too large otherwise
   * @param answered how many records the program has dealt with
   */
  static Generator start(
      String bootstrapServers,
      Workload workload,
      boolean compressed,
      Pace pace,
      LongSupplier answered) {
    Generator generator = new Generator(bootstrapServers, workload, compressed, pace, answered);
    generator.thread.setDaemon(true);
    generator.thread.start();
    return generator;
  }

  /** Records handed to Kafka's producer. */
  int sent() {
    return sent.get();
  }

  /** Whether it has sent all up to its end, and everything is acknowledged. */
  boolean isDone() {
    return !thread.isAlive() && acknowledged.get() == sent.get();
  }

  /**
   * Ends it after so many records; at once where they are sent already. Without that it goes on.
   */
  void endAt(int count) {
    limit = count;
  }

  /**
   * Does nothing while all goes well.
   *
   * @throws IllegalStateException if a record could not be sent
   */
  void requireHealthy() {
    if (problem.get() != null) {
      throw new IllegalStateException(
          "generator: expected every record to be acknowledged, actual " + problem.get(),
          problem.get());
    }
  }

  @Override
  public void close() {
    stopped = true;
    producer.close(Duration.ZERO);
  }

  private void sendAll() {
    try {
      long start = System.nanoTime();
      for (int i = 0; problem.get() == null && awaitTurn(i, start); i++) {
        ProducerRecord<byte[], byte[]> record = workload.record(i);
        sent.incrementAndGet();
        var unused = producer.send(record, (metadata, failure) -> acknowledge(failure));
      }
      producer.flush();
    } catch (RuntimeException e) {
      if (!stopped) {
        problem.compareAndSet(null, e);
      }
    }
  }

  private void acknowledge(Exception failure) {
    if (failure == null) {
      acknowledged.incrementAndGet();
    } else {
      problem.compareAndSet(null, failure);
    }
  }

  /** Waits until it is time for a record; says whether that is to be sent. */
  private boolean awaitTurn(int i, long start) {
    while (!stopped
        && i < limit
        && (i - answered.getAsLong() >= pace.backlog()
            || (pace.rate() > 0 && (System.nanoTime() - start) / 1e9 * pace.rate() < i))) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return !stopped && i < limit;
  }
}
