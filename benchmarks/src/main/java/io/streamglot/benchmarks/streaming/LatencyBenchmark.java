package io.streamglot.benchmarks.streaming;

import io.streamglot.app.topology.TopologySettings;
import io.streamglot.app.topology.Translators;
import io.streamglot.benchmarks.streaming.LatencyMeasurement.Message;
import io.streamglot.translator.Translator;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Times messages through one instance under a light load, and what of that is not decoding.
 *
 * <p>Broker, instance, sender and reader share this process.
 *
 * @param broker takes topics of each cell
 * @param translator of the stream and of bare decoding
 * @param texts in this order, again and again
 * @param load how many messages a second
 * @param duration of the load, in each cell
 * @param idle how long the instance is watched without messages
 * @param partitions of each topic, at least 1
 * @param kafka settings of Kafka Streams that hold in every cell
 */
public record LatencyBenchmark(
    TemporaryBroker broker,
    Translator translator,
    List<String> texts,
    OpenLoop load,
    Duration duration,
    Duration idle,
    int partitions,
    Map<String, String> kafka) {

  /** Of each text, for the bare time. */
  public static final int BARE_REPEATS = 3;

  /** The load that goes before the messages that count: Java compiles what is called often. */
  public static final OpenLoop WARM_UP = new OpenLoop(100);

  /** Of each cell, in whose instance the clients are new. */
  private static final Duration CELL_WARM_UP = Duration.ofSeconds(3);

  /** Lets what the load left behind end: a commit, a collection of garbage. */
  private static final Duration REST = Duration.ofSeconds(1);

  /** The same texts, each once, in an order drawn by lot from a fixed seed. */
  public static List<String> shuffled(List<String> texts) {
    List<String> shuffled = new ArrayList<>(new LinkedHashSet<>(texts));
    Collections.shuffle(shuffled, new Random(1));
    return shuffled;
  }

  /**
   * Runs a stream without the clock, which compiles what its guarantee calls.
   *
   * @param name of its topics, used once
   * @throws IOException as {@link #measure}
   */
  public void warmUp(String name, StreamSettings settings, Duration warmUp)
      throws IOException, InterruptedException {
    in(
        name,
        settings,
        new BatchTimes(),
        exchange -> exchange.run(WARM_UP, 0, inTime(WARM_UP, warmUp)));
  }

  /**
   * Runs a cell of the grid in an instance of its own.
   *
   * @param name of its topics, used once
   * @throws IOException if Kafka Streams refuses the settings, or a message was not translated
   */
  public LatencyMeasurement measure(String name, StreamSettings settings)
      throws IOException, InterruptedException {
    BatchTimes batches = new BatchTimes();
    return in(
        name,
        settings,
        batches,
        exchange -> {
          List<String> before = inTime(WARM_UP, CELL_WARM_UP);
          exchange.run(WARM_UP, 0, before);
          Thread.sleep(REST.toMillis());
          List<String> sent = inTime(load, duration);
          Set<String> distinct = new LinkedHashSet<>(sent);
          Latencies backToBack =
              Latencies.ofMillis(List.copyOf(bare().backToBack(distinct).values()));
          // The idle instance polls: without it the processor would sleep more soundly than under
          // the load.
          Map<String, Double> paced = bare().paced(distinct, load);
          batches.reset();
          double[] total = exchange.run(load, before.size(), sent);
          Thread.sleep(REST.toMillis());
          double idleCpu = ThreadCpu.share(StreamInstance.THREADS, idle);
          List<Message> messages = new ArrayList<>();
          for (int i = 0; i < total.length; i++) {
            messages.add(new Message(load.dueNanos(i) / 1e6, total[i], paced.get(sent.get(i))));
          }
          return new LatencyMeasurement(
              settings, messages, backToBack, batches.waits(), batches.decodings(), idleCpu);
        });
  }

  /** What is done with a running instance. */
  @FunctionalInterface
  private interface Run<T> {
    T with(Exchange exchange) throws IOException, InterruptedException;
  }

  private <T> T in(String name, StreamSettings settings, BatchTimes batches, Run<T> run)
      throws IOException, InterruptedException {
    TopologySettings topology =
        settings.topology(name, TopologySettings.defaults().maxBatchRecords());
    broker.createTopics(topology, partitions);
    try (StreamInstance instance =
            StreamInstance.start(
                broker,
                topology,
                new Translators(List.of(translator)),
                settings.kafka(kafka),
                batches);
        MessageSender sender =
            new MessageSender(broker.servers(), topology.sourceTopic(), translator.manifest(), 0);
        TranslationReader reader =
            new TranslationReader(broker.servers(), topology, partitions, settings.guarantee())) {
      return run.with(new Exchange(sender, reader, instance));
    }
  }

  private BareDecoding bare() {
    return new BareDecoding(translator, BARE_REPEATS);
  }

  /** As many texts as the load has messages in that time. */
  private List<String> inTime(OpenLoop messages, Duration time) {
    List<String> first = new ArrayList<>();
    for (int i = 0; i < messages.messagesIn(time); i++) {
      first.add(texts.get(i % texts.size()));
    }
    return first;
  }
}
