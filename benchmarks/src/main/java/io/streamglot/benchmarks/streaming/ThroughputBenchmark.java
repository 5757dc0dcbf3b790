package io.streamglot.benchmarks.streaming;

import com.sun.management.OperatingSystemMXBean;
import io.streamglot.app.topology.TopologyListener;
import io.streamglot.app.topology.TopologySettings;
import io.streamglot.app.topology.Translators;
import io.streamglot.benchmarks.decoding.LoadedModel;
import io.streamglot.benchmarks.decoding.RunSettings;
import io.streamglot.benchmarks.decoding.Workload;
import io.streamglot.benchmarks.streaming.ThroughputMeasurement.Bare;
import io.streamglot.benchmarks.streaming.ThroughputMeasurement.Stream;
import io.streamglot.translator.Translator;
import io.streamglot.translator.bundle.SearchOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Times the stream on a full topic against bare decoding of the same batches, in turn.
 *
 * <p>Bare decoding is that of {@code bench decode}: sentences that were encoded before, one thread.
 * The stream has one thread too, which reads, encodes, decodes and writes; the broker and the
 * reader of its translations take what other cores there are.
 *
 * @param broker takes topics of each round
 * @param model decodes bare
 * @param translator decodes in the stream: the same bundle with the same settings
 * @param workload of the model, in the order of the topic, which has one partition
 * @param run the bare batches
 * @param settings of the stream
 * @param kafka settings of Kafka Streams over these
 */
public record ThroughputBenchmark(
    TemporaryBroker broker,
    LoadedModel model,
    Translator translator,
    Workload workload,
    RunSettings run,
    StreamSettings settings,
    Map<String, String> kafka) {

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private static final Duration POLL = Duration.ofMillis(200);

  /** How long nothing may come out of the stream. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** How long the producer gathers a request when it fills the topic. */
  private static final int FILLING_LINGER_MILLIS = 20;

  /**
   * A round without the clock, then those that count; each is bare decoding, translating without a
   * stream, then the stream.
   */
  public ThroughputMeasurement measure(int rounds) throws IOException, InterruptedException {
    List<Bare> bare = new ArrayList<>();
    List<Bare> translating = new ArrayList<>();
    List<Stream> streams = new ArrayList<>();
    for (int round = 0; round <= rounds; round++) {
      Bare bareRound = decode();
      Bare translatingRound = translate();
      Stream streamRound = stream(round);
      if (round > 0) {
        bare.add(bareRound);
        translating.add(translatingRound);
        streams.add(streamRound);
      }
    }
    return new ThroughputMeasurement(workload.sentences(), bare, translating, streams);
  }

  private Bare decode() {
    List<List<int[]>> batches = workload.batches(0, run.batch());
    SearchOptions search = model.search(run);
    return time(batches, batch -> model.decoder().decode(batch, search));
  }

  private Bare translate() {
    List<List<String>> batches = new ArrayList<>();
    for (int from = 0; from < workload.sentences(); from += run.batch()) {
      batches.add(
          workload.taken().subList(from, Math.min(workload.sentences(), from + run.batch())));
    }
    return time(batches, translator::translate);
  }

  private static <T> Bare time(List<T> batches, Consumer<T> each) {
    Instant start = Instant.now();
    batches.forEach(each);
    Instant end = Instant.now();
    return new Bare(end.secondsSince(start), end.cpuSecondsSince(start), batches.size());
  }

  private Stream stream(int round) throws IOException, InterruptedException {
    TopologySettings topology = settings.topology("round-" + round, run.batch());
    broker.createTopics(topology, 1);
    fill(topology);
    Listener listener = new Listener();
    try (TranslationReader reader =
            new TranslationReader(broker.servers(), topology, 1, settings.guarantee());
        StreamInstance instance =
            StreamInstance.start(
                broker,
                topology,
                new Translators(List.of(translator)),
                settings.kafka(kafka),
                listener)) {
      awaitTranslations(reader, instance);
      Instant end = Instant.now();
      Instant start = listener.start.get();
      return new Stream(
          end.secondsSince(start),
          end.cpuSecondsSince(start),
          end.streamCpuSecondsSince(start),
          listener.times.decoding().toNanos() / 1e9,
          listener.times.batches());
    }
  }

  private void fill(TopologySettings topology) throws IOException {
    try (MessageSender sender =
        new MessageSender(
            broker.servers(),
            topology.sourceTopic(),
            translator.manifest(),
            FILLING_LINGER_MILLIS)) {
      for (int i = 0; i < workload.sentences(); i++) {
        sender.send(i, workload.taken().get(i));
      }
      sender.flush();
    }
  }

  private void awaitTranslations(TranslationReader reader, StreamInstance instance)
      throws IOException {
    BitSet arrived = new BitSet();
    long limit = System.nanoTime() + LIMIT.toNanos();
    while (arrived.cardinality() < workload.sentences()) {
      int before = arrived.cardinality();
      reader.poll(POLL, (number, now) -> arrived.set(number));
      if (arrived.cardinality() > before) {
        limit = System.nanoTime() + LIMIT.toNanos();
      } else if (System.nanoTime() > limit) {
        throw new IOException(
            "translations: expected %d, actual %d, and none within %d s"
                .formatted(workload.sentences(), before, LIMIT.toSeconds()));
      }
      instance.requireRunning();
    }
  }

  /** A time, and what was computed until then by this process and by the threads of the stream. */
  private record Instant(long nanos, long cpuNanos, long streamCpuNanos) {

    static Instant now() {
      return new Instant(
          System.nanoTime(),
          SYSTEM.getProcessCpuTime(),
          ThreadCpu.of(StreamInstance.THREADS).toNanos());
    }

    double secondsSince(Instant start) {
      return (nanos - start.nanos) / 1e9;
    }

    double cpuSecondsSince(Instant start) {
      return (cpuNanos - start.cpuNanos) / 1e9;
    }

    double streamCpuSecondsSince(Instant start) {
      return (streamCpuNanos - start.streamCpuNanos) / 1e9;
    }
  }

  /** Starts the clock at the first record. */
  private static final class Listener implements TopologyListener {

    private final AtomicReference<Instant> start = new AtomicReference<>();
    private final BatchTimes times = new BatchTimes();

    @Override
    public void waitingChanged(int change) {
      if (start.get() == null && change > 0) {
        start.set(Instant.now());
      }
    }

    @Override
    public void batchTranslated(int records, Duration waited, Duration took) {
      times.batchTranslated(records, waited, took);
    }
  }
}
