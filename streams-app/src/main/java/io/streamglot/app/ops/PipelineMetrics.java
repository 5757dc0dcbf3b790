package io.streamglot.app.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmHeapPressureMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.streamglot.app.topology.LanguagePair;
import io.streamglot.app.topology.TopologyListener;
import io.streamglot.schemas.FailureReason;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Counts and times what the topology does, for Prometheus, beside memory, garbage collection,
 * threads and processor of the JVM.
 *
 * <p>All counts are of this process and since its start, and of work done: what a lost transaction
 * undid and the stream did again counts twice. Thread-safe.
 */
final class PipelineMetrics implements TopologyListener, AutoCloseable {

  /** Bounds of the buckets: chat is answered in some tens of milliseconds, a backlog in seconds. */
  private static final Duration[] DURATIONS = {
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(20),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(200),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(2),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10)
  };

  private static final double[] BATCH_SIZES = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024};

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AtomicInteger waiting = new AtomicInteger();
  private final DistributionSummary batchSize;
  private final Timer batchWait;
  private final Timer batchTranslation;
  private final Timer endToEnd;
  private final Map<LanguagePair, Counter> translations = new ConcurrentHashMap<>();
  private final Counter tokens;
  private final Counter cacheHits;
  private final Counter cacheMisses;
  private final Counter rolloutsFollowed;
  private final Counter rolloutsRefused;
  private final Map<FailureReason, Counter> failures = new EnumMap<>(FailureReason.class);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final JvmHeapPressureMetrics heapPressure = new JvmHeapPressureMetrics();
  private KafkaStreamsMetrics kafka;

  PipelineMetrics() {
    List.<MeterBinder>of(
            collections,
            heapPressure,
            new JvmMemoryMetrics(),
            new JvmThreadMetrics(),
            new ProcessorMetrics())
        .forEach(machine -> machine.bindTo(registry));
    Gauge.builder("streamglot.waiting", waiting, AtomicInteger::get)
        .baseUnit("records")
        .description("Records that wait for their batch to be translated.")
        .register(registry);
    batchSize =
        DistributionSummary.builder("streamglot.batch")
            .baseUnit("records")
            .description("Records that were translated at once.")
            .serviceLevelObjectives(BATCH_SIZES)
            .register(registry);
    batchWait =
        timer("streamglot.batch.wait", "How long the first record of a batch waited for others.");
    batchTranslation =
        timer("streamglot.batch.translation", "How long it took to translate a batch.");
    endToEnd =
        timer(
            "streamglot.end.to.end.latency",
            "From a record's timestamp until its outcomes were sent, without their commit.");
    tokens =
        Counter.builder("streamglot.tokens")
            .description("Tokens that the decoder wrote for these translations.")
            .register(registry);
    cacheHits = cacheLookups("hit");
    cacheMisses = cacheLookups("miss");
    rolloutsFollowed = rollouts("followed");
    rolloutsRefused = rollouts("refused");
    for (FailureReason reason : FailureReason.values()) {
      failures.put(
          reason,
          Counter.builder("streamglot.failures")
              .description("Failures that were sent, by reason.")
              .tag("reason", reason.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
  }

  private Counter cacheLookups(String result) {
    return Counter.builder("streamglot.cache.lookups")
        .description("Translations that were looked for in the cache, by whether they were there.")
        .tag("result", result)
        .register(registry);
  }

  private Counter rollouts(String result) {
    return Counter.builder("streamglot.rollouts")
        .description("Events that replace models, by what became of them.")
        .tag("result", result)
        .register(registry);
  }

  private Timer timer(String name, String description) {
    return Timer.builder(name)
        .description(description)
        .serviceLevelObjectives(DURATIONS)
        .register(registry);
  }

  /**
   * Adds what Kafka Streams and its clients say of themselves, and the lag. Call it once.
   *
   * @param sourceTopic the topic whose lag counts
   */
  synchronized void include(KafkaStreams streams, String sourceTopic) {
    Gauge.builder("streamglot.lag", streams, running -> lag(running, sourceTopic))
        .baseUnit("records")
        .description(
            "Records of the source topic that were not fetched yet, of this instance's partitions.")
        .register(registry);
    kafka = new KafkaStreamsMetrics(streams);
    kafka.bindTo(registry);
  }

  /** The sum over the partitions; not a number while the instance has fetched from none. */
  private static double lag(KafkaStreams streams, String topic) {
    return streams.metrics().values().stream()
        .filter(metric -> isLagOf(topic, metric.metricName()))
        .map(Metric::metricValue)
        .mapToDouble(value -> ((Number) value).doubleValue())
        .reduce(Double::sum)
        .orElse(Double.NaN);
  }

  private static boolean isLagOf(String topic, MetricName name) {
    return name.name().equals("records-lag")
        && name.group().equals("consumer-fetch-manager-metrics")
        && topic.equals(name.tags().get("topic"));
  }

  /** Everything in the text format of Prometheus. */
  String text() {
    return registry.scrape();
  }

  @Override
  public void waitingChanged(int change) {
    waiting.addAndGet(change);
  }

  @Override
  public void batchTranslated(int records, Duration waited, Duration took) {
    batchSize.record(records);
    batchWait.record(waited);
    batchTranslation.record(took);
  }

  @Override
  public void translated(LanguagePair pair, int count) {
    translations.computeIfAbsent(pair, this::translationsOf).increment();
    tokens.increment(count);
  }

  private Counter translationsOf(LanguagePair pair) {
    return Counter.builder("streamglot.translations")
        .description("Translations that were sent, by languages.")
        .tag("source", pair.source())
        .tag("target", pair.target())
        .register(registry);
  }

  @Override
  public void cacheLookedUp(boolean hit) {
    (hit ? cacheHits : cacheMisses).increment();
  }

  @Override
  public void rolloutHeard(boolean followed) {
    (followed ? rolloutsFollowed : rolloutsRefused).increment();
  }

  @Override
  public void failed(FailureReason reason) {
    failures.get(reason).increment();
  }

  @Override
  public void answered(long timestamp) {
    // Clocks differ: a record from the future has taken no time.
    endToEnd.record(Math.max(0, System.currentTimeMillis() - timestamp), TimeUnit.MILLISECONDS);
  }

  @Override
  public synchronized void close() {
    if (kafka != null) {
      kafka.close();
    }
    collections.close();
    heapPressure.close();
    registry.close();
  }
}
