package io.streamglot.benchmarks.streaming;

import io.streamglot.app.topology.TopologySettings;
import io.streamglot.benchmarks.kafka.Guarantee;
import io.streamglot.translator.bundle.ModelBundle;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;

/**
 * Sends the same texts again and again through one instance in a process of its own, and watches
 * its memory and the sizes of all topics.
 *
 * <p>No more messages wait in the source topic than an instance reads in seconds, so that all grows
 * evenly.
 *
 * @param bundle that the instance serves
 * @param texts at least one
 * @param heapMebibytes of the instance, resident from its start, above 0
 * @param kafka settings of Kafka Streams over the instance's own
 */
public record StreamSoak(
    ModelBundle bundle, List<String> texts, int heapMebibytes, Map<String, String> kafka) {

  /**
   * Segments of topics that are compacted, the least that Kafka allows: the newest one is never
   * compacted, and a gigabyte of it would hide what a topic comes to.
   */
  public static final int SEGMENT_BYTES = 1 << 20;

  private static final int SAMPLES = 100;

  /** Most messages that were sent and are not translated. */
  private static final int AHEAD = 5_000;

  private static final int LINGER_MILLIS = 5;

  private static final Duration POLL = Duration.ofMillis(50);

  /** How long nothing may come out of the instance, which has to start first. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static final TopologySettings TOPICS = TopologySettings.defaults();

  /** Hears a sample when it is taken. */
  @FunctionalInterface
  public interface Listener {

    /** A sample was taken. */
    void sampled(SoakSample sample) throws IOException;
  }

  /**
   * Sends that many messages and waits for their translations.
   *
   * @param messages above 0
   * @throws IOException if the instance ends, a message fails or comes twice, or nothing comes any
   *     more
   */
  public SoakResult run(int messages, Listener listener) throws IOException, InterruptedException {
    try (TemporaryBroker broker = TemporaryBroker.start(brokerSettings())) {
      broker.createTopics(TOPICS, 1);
      try (InstanceProcess instance =
              InstanceProcess.start(
                  config(broker), broker.folder().resolve("instance.log"), javaOptions());
          MessageSender sender =
              new MessageSender(
                  broker.servers(), TOPICS.sourceTopic(), bundle.manifest(), LINGER_MILLIS);
          TranslationReader reader =
              new TranslationReader(broker.servers(), TOPICS, 1, Guarantee.EXACTLY_ONCE_V2);
          Admin admin = broker.admin()) {
        List<SoakSample> samples =
            exchange(messages, listener, instance, sender, reader, new TopicSizes(admin));
        return new SoakResult(samples, instance.stop());
      }
    }
  }

  private List<SoakSample> exchange(
      int messages,
      Listener listener,
      InstanceProcess instance,
      MessageSender sender,
      TranslationReader reader,
      TopicSizes sizes)
      throws IOException, InterruptedException {
    List<SoakSample> samples = new ArrayList<>();
    BitSet arrived = new BitSet(messages);
    int sent = 0;
    int translated = 0;
    long start = System.nanoTime();
    long limit = start + LIMIT.toNanos();
    while (translated < messages) {
      for (; sent < Math.min(messages, translated + AHEAD); sent++) {
        sender.send(sent, texts.get(sent % texts.size()));
      }
      int before = translated;
      reader.poll(POLL, (number, now) -> require(arrived, number));
      translated = arrived.cardinality();
      sender.requireSent();
      instance.requireRunning();
      if (before == 0 && translated > 0) {
        start = System.nanoTime(); // it has started
      }
      if (translated > before) {
        limit = System.nanoTime() + LIMIT.toNanos();
      } else if (System.nanoTime() > limit) {
        throw new IOException(
            "translations: expected %d, actual %d, and none within %d s"
                .formatted(messages, translated, LIMIT.toSeconds()));
      }
      if ((long) translated * SAMPLES / messages > samples.size()) {
        OptionalLong resident = instance.residentBytes();
        SoakSample sample =
            new SoakSample(
                translated,
                (System.nanoTime() - start) / 1e9,
                resident.isPresent() ? resident.getAsLong() : null,
                sizes.now());
        samples.add(sample);
        listener.sampled(sample);
      }
    }
    return samples;
  }

  private static void require(BitSet arrived, int number) {
    if (arrived.get(number)) {
      throw new IllegalStateException("translation of message " + number + " came twice");
    }
    arrived.set(number);
  }

  private static Map<String, String> brokerSettings() {
    String bytes = Integer.toString(SEGMENT_BYTES);
    return Map.of(
        "offsets.topic.segment.bytes", bytes, "transaction.state.log.segment.bytes", bytes);
  }

  private List<String> javaOptions() {
    return List.of(
        "-Xms%dm".formatted(heapMebibytes),
        "-Xmx%dm".formatted(heapMebibytes),
        "-XX:+AlwaysPreTouch");
  }

  private Path config(TemporaryBroker broker) throws IOException {
    Properties settings = new Properties();
    settings.putAll(
        Map.of(
            "bootstrap.servers",
            broker.servers(),
            "application.id",
            "soak",
            "state.dir",
            broker.folder().resolve("state").toString(),
            "topic.segment.bytes",
            Integer.toString(SEGMENT_BYTES),
            "streamglot.models",
            bundle.folder().toAbsolutePath().toString(),
            "streamglot.cache.max.bytes", // each sentence is to be work
            "0",
            "streamglot.http.port",
            "0"));
    settings.putAll(kafka);
    Path file = broker.folder().resolve("instance.properties");
    try (Writer writer = Files.newBufferedWriter(file)) {
      settings.store(writer, null);
    }
    return file;
  }
}
