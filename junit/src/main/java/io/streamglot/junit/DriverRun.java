package io.streamglot.junit;

import io.streamglot.app.topology.StreamsDefaults;
import io.streamglot.app.topology.TopologySettings;
import io.streamglot.junit.ReplayedApplication.Outcome;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/**
 * Runs the application on Kafka's driver, in time that stands still but for the linger of the last
 * batch.
 */
record DriverRun(Topology topology, TopologySettings settings) {

  /** Nobody connects. */
  private static final String NO_KAFKA = "localhost:1";

  /** Sends the records and takes what comes of them. */
  List<Outcome> run(List<ProducerRecord<byte[], byte[]>> records) {
    var bytes = new ByteArraySerializer();
    try (var driver =
        new TopologyTestDriver(
            topology, StreamsDefaults.with(Map.of("bootstrap.servers", NO_KAFKA)), Instant.EPOCH)) {
      var source = driver.createInputTopic(settings.sourceTopic(), bytes, bytes);
      for (var record : records) {
        source.pipeInput(
            new TestRecord<>(record.key(), record.value(), record.headers(), record.timestamp()));
      }
      driver.advanceWallClockTime(Duration.ofMinutes(1));
      List<Outcome> outcomes = new ArrayList<>();
      for (var topic : List.of(settings.translationsTopic(), settings.failuresTopic())) {
        var out =
            driver.createOutputTopic(
                topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        out.readRecordsToList()
            .forEach(
                record ->
                    outcomes.add(
                        new Outcome(topic, record.headers(), ByteBuffer.wrap(record.value()))));
      }
      return outcomes;
    }
  }
}
