package io.streamglot.benchmarks.streaming;

import io.streamglot.app.topology.TopologyListener;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** Hears from the topology how long batches wait and decode. Thread-safe. */
final class BatchTimes implements TopologyListener {

  private final Latencies waits = new Latencies();
  private final Latencies decodings = new Latencies();
  private final LongAdder batches = new LongAdder();
  private final LongAdder decodingNanos = new LongAdder();

  @Override
  public void batchTranslated(int records, Duration waited, Duration took) {
    waits.record(waited);
    decodings.record(took);
    batches.increment();
    decodingNanos.add(took.toNanos());
  }

  /** How long the first record of each batch waited for it. */
  Latencies waits() {
    return waits;
  }

  /** How long each batch took to be translated. */
  Latencies decodings() {
    return decodings;
  }

  /** Batches so far. */
  int batches() {
    return batches.intValue();
  }

  /** Time spent on translating them. */
  Duration decoding() {
    return Duration.ofNanos(decodingNanos.sum());
  }

  /** Forgets what it heard. */
  void reset() {
    waits.reset();
    decodings.reset();
    batches.reset();
    decodingNanos.reset();
  }
}
