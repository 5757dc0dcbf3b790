package io.streamglot.benchmarks.chaos;

import io.streamglot.schemas.AvroSerde;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.Translation;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads what is committed while the run goes on, on a thread of its own: how far the stream is, and
 * when partitions go on after a kill. The verdict is not its: that reads all again.
 */
final class Watch implements AutoCloseable {

  private final Committed committed;
  private final Verifier verifier;
  private final AvroSerde<Translation> translations = AvroSerdes.translation();
  private final AtomicReference<Probe> probe = new AtomicReference<>();
  private final AtomicReference<RuntimeException> problem = new AtomicReference<>();
  private final Thread thread = new Thread(this::readAll, "chaos-watch");
  private volatile boolean stopped;

  /**
   * Waits for the first new translation of each of some partitions.
   *
   * @param sinceMs a translation is new if it was made after this time, in milliseconds since 1970
   * @param arrivals when the first one was read, by partition, likewise
   */
  record Probe(Set<Integer> partitions, long sinceMs, Map<Integer, Long> arrivals) {

    /** Milliseconds until the first partition went on; there must be one. */
    long firstMs() {
      return arrivals.values().stream().mapToLong(Long::longValue).min().orElseThrow() - sinceMs;
    }

    /** Milliseconds until the last of the partitions went on; there must be one. */
    long lastMs() {
      return arrivals.values().stream().mapToLong(Long::longValue).max().orElseThrow() - sinceMs;
    }

    boolean isAnswered() {
      return !arrivals.isEmpty();
    }

    boolean isComplete() {
      return arrivals.size() == partitions.size();
    }
  }

  private Watch(Committed committed, Verifier verifier) {
    this.committed = committed;
    this.verifier = verifier;
  }

  /**
   * Starts to read.
   *
   * @param committed belongs to the new watch
   * @param verifier is told of every record
   */
  static Watch start(Committed committed, Verifier verifier) {
    Watch watch = new Watch(committed, verifier);
    watch.thread.setDaemon(true);
    watch.thread.start();
    return watch;
  }

  /** Waits from now on for new translations of these partitions. */
  Probe probe(Set<Integer> partitions) {
    Probe started =
        new Probe(Set.copyOf(partitions), System.currentTimeMillis(), new ConcurrentHashMap<>());
    probe.set(started);
    return started;
  }

  /** Does nothing while all goes well. */
  void requireHealthy() {
    if (problem.get() != null) {
      throw new IllegalStateException("reader: " + problem.get(), problem.get());
    }
  }

  /** Lets the thread end after what it has in hand. */
  @Override
  public void close() {
    stopped = true;
  }

  private void readAll() {
    try (committed) {
      while (!stopped) {
        committed.poll(this::take);
      }
    } catch (RuntimeException e) {
      problem.set(e);
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    verifier.accept(record);
    Probe current = probe.get();
    if (current != null
        && record.topic().equals(Workload.TRANSLATIONS)
        && current.partitions().contains(record.partition())
        && !current.arrivals().containsKey(record.partition())) {
      long madeMs = translations.deserialize(null, record.value()).getTranslatedAt().toEpochMilli();
      if (madeMs > current.sinceMs()) {
        current.arrivals().put(record.partition(), System.currentTimeMillis());
      }
    }
  }
}
