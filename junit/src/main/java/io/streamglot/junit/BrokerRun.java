package io.streamglot.junit;

import io.streamglot.app.embedded.EmbeddedBroker;
import io.streamglot.app.topology.StreamsDefaults;
import io.streamglot.app.topology.TopologySettings;
import io.streamglot.junit.ReplayedApplication.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;

/** Runs the application on a broker of its own, exactly once, with one partition a topic. */
record BrokerRun(Topology topology, TopologySettings settings) {

  private static final Duration POLL = Duration.ofMillis(50);

  /** Longest without an outcome. */
  private static final Duration STALL = Duration.ofMinutes(1);

  /**
   * Sends the records, and waits until each has outcomes and their number no longer grows.
   *
   * @throws IllegalStateException if nothing comes for a minute
   */
  List<Outcome> run(List<ProducerRecord<byte[], byte[]>> records) {
    var folder = temporaryFolder();
    try (var broker = EmbeddedBroker.start(folder.resolve("broker"))) {
      broker.createTopics(
          1, settings.sourceTopic(), settings.translationsTopic(), settings.failuresTopic());
      send(broker, records);
      var streams =
          new KafkaStreams(
              topology,
              StreamsDefaults.with(
                  Map.of(
                      "bootstrap.servers",
                      broker.bootstrapServers(),
                      "state.dir",
                      folder.resolve("state").toString())));
      try (var outcomes = new Outcomes(broker, settings)) {
        try (streams) {
          streams.start();
          outcomes.await(records.size());
        }
        return outcomes.rest();
      }
    } finally {
      remove(folder);
    }
  }

  private static void send(EmbeddedBroker broker, List<ProducerRecord<byte[], byte[]>> records) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "max.request.size",
            EmbeddedBroker.MAX_RECORD_BYTES);
    try (var producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (var sent : records.stream().map(producer::send).toList()) {
        sent.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("recording: cannot be sent: " + e.getCause(), e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("streamglot-replay-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(Path folder) {
    try (Stream<Path> content = Files.walk(folder)) {
      for (var path : content.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What has come out so far. */
  private static final class Outcomes implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final EmbeddedBroker broker;
    private final List<Outcome> received = new ArrayList<>();
    private final Set<Integer> answered = new HashSet<>();

    Outcomes(EmbeddedBroker broker, TopologySettings settings) {
      this.broker = broker;
      consumer =
          new KafkaConsumer<>(
              Map.of(
                  "bootstrap.servers",
                  broker.bootstrapServers(),
                  "isolation.level",
                  "read_committed"),
              new ByteArrayDeserializer(),
              new ByteArrayDeserializer());
      var partitions =
          Stream.of(settings.translationsTopic(), settings.failuresTopic())
              .map(topic -> new TopicPartition(topic, 0))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
    }

    /** Waits until each message has an outcome. */
    void await(int messages) {
      long lastProgress = System.nanoTime();
      while (answered.size() < messages) {
        if (poll()) {
          lastProgress = System.nanoTime();
        } else if (System.nanoTime() - lastProgress > STALL.toNanos()) {
          throw new IllegalStateException(
              "outcomes: expected those of %d messages, actual of %d, and no more for %d s"
                  .formatted(messages, answered.size(), STALL.toSeconds()));
        }
      }
    }

    /** All of them, once nobody writes any more: a message may have several. */
    List<Outcome> rest() {
      var ends = ends();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue().offset())) {
        poll();
      }
      return received;
    }

    /** Whatever is committed lies before them, though a topic may not show all of it yet. */
    private Map<TopicPartition, ListOffsetsResultInfo> ends() {
      Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
      consumer.assignment().forEach(partition -> latest.put(partition, OffsetSpec.latest()));
      try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
        return admin.listOffsets(latest).all().get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("ends of the topics: " + e.getCause(), e);
      } catch (InterruptedException e) {
        throw new InterruptException(e);
      }
    }

    private boolean poll() {
      var polled = consumer.poll(POLL);
      for (var record : polled) {
        var outcome =
            new Outcome(record.topic(), record.headers(), ByteBuffer.wrap(record.value()));
        received.add(outcome);
        answered.add(outcome.number());
      }
      return !polled.isEmpty();
    }

    @Override
    public void close() {
      consumer.close();
    }
  }
}
