package io.streamglot.junit;

import io.streamglot.app.embedded.EmbeddedBroker;
import io.streamglot.app.topology.StreamsDefaults;
import io.streamglot.app.topology.TopologySettings;
import io.streamglot.junit.ReplayedApplication.Outcome;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
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
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** Runs the application on a broker of its own, exactly once, with one partition a topic. */
record BrokerRun(Topology topology, TopologySettings settings) {

  private static final Duration POLL = Duration.ofMillis(50);

  /** Longest without an outcome. */
  private static final Duration STALL = Duration.ofMinutes(1);

  /**
   * Sends the records, and waits until each has outcomes and their number no longer grows.
   *
   * @throws IllegalStateException if the application stops, or nothing comes for a minute
   */
  List<Outcome> run(List<ProducerRecord<byte[], byte[]>> records) {
    try (var folder = new TemporaryFolder();
        var broker = EmbeddedBroker.start(folder.path().resolve("broker"))) {
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
                      folder.path().resolve("state").toString())));
      var fault = new AtomicReference<Throwable>();
      streams.setUncaughtExceptionHandler(
          problem -> {
            fault.compareAndSet(null, problem);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
          });
      try (var outcomes = new Outcomes(broker, settings)) {
        try (streams) {
          streams.start();
          outcomes.await(records.size(), fault);
        }
        return outcomes.rest();
      }
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

    /** Waits until each message has an outcome, or the application a fault. */
    void await(int messages, AtomicReference<Throwable> fault) {
      long lastProgress = System.nanoTime();
      while (answered.size() < messages) {
        if (fault.get() != null) {
          throw new IllegalStateException(
              "application: stopped by " + root(fault.get()), fault.get());
        }
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

    private static Throwable root(Throwable problem) {
      return problem.getCause() == null ? problem : root(problem.getCause());
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
