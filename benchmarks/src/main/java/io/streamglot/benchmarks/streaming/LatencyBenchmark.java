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
  public static final int BARE_REPEATS = 5;

  /** What goes before the messages that count, for Java's compilers. */
  public static final int WARM_UP_MESSAGES = 300;

  private static final OpenLoop WARM_UP = new OpenLoop(100);

  /** Lets what the load left behind end: a commit, a collection of garbage. */
  private static final Duration REST = Duration.ofSeconds(1);

  /** The same texts, each once, in an order drawn by lot from a fixed seed. */
  public static List<String> shuffled(List<String> texts) {
    List<String> shuffled = new ArrayList<>(new LinkedHashSet<>(texts));
    Collections.shuffle(shuffled, new Random(1));
    return shuffled;
  }

  /**
   * Runs a cell of the grid in an instance of its own.
   *
   * @param cell its number, which names its topics
   * @throws IOException if Kafka Streams refuses the settings, or a message was not translated
   */
  public LatencyMeasurement measure(int cell, StreamSettings settings)
      throws IOException, InterruptedException {
    TopologySettings topology =
        settings.topology("cell-" + cell, TopologySettings.defaults().maxBatchRecords());
    broker.createTopics(topology, partitions);
    BatchTimes batches = new BatchTimes();
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
      Exchange exchange = new Exchange(sender, reader, instance);
      exchange.run(WARM_UP, 0, first(WARM_UP_MESSAGES));
      Thread.sleep(REST.toMillis());
      List<String> sent = first(load.messagesIn(duration));
      Map<String, Double> bare =
          new BareDecoding(translator, BARE_REPEATS).millis(new LinkedHashSet<>(sent));
      batches.reset();
      double[] total = exchange.run(load, WARM_UP_MESSAGES, sent);
      Thread.sleep(REST.toMillis());
      double idleCpu = ThreadCpu.share(StreamInstance.THREADS, idle);
      List<Message> messages = new ArrayList<>();
      for (int i = 0; i < total.length; i++) {
        messages.add(new Message(load.dueNanos(i) / 1e6, total[i], bare.get(sent.get(i))));
      }
      return new LatencyMeasurement(settings, messages, batches.waits(), idleCpu);
    }
  }

  private List<String> first(int messages) {
    List<String> first = new ArrayList<>();
    for (int i = 0; i < messages; i++) {
      first.add(texts.get(i % texts.size()));
    }
    return first;
  }
}
