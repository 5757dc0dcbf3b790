package io.streamglot.app.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.app.integration.DeliveryCheck.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Under at_least_once a crash may repeat a translation, but neither loses nor reorders one. */
class AtLeastOnceTest {

  private static final int MESSAGES = 2_000;
  private static final int PARTITIONS = 4;
  private static final int RECEIVED_BEFORE_KILL = 200;
  private static final int KILLS = 3;

  /** Longer than it takes to see a commit, and to make a topic refuse records. */
  private static final Duration LONG_LINGER = Duration.ofSeconds(5);

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void aRunKilledInTheMiddleAndRestartedTranslatesEachMessageInOrder(@TempDir Path folder)
      throws Exception {
    try (var broker = Broker.start(folder.resolve("broker"), PARTITIONS);
        var translations = broker.committed(Broker.TRANSLATIONS, Broker.FAILURES)) {
      var sent = Conversations.send(broker, MESSAGES);
      var received = new ArrayList<Message>();

      for (int kills = 0; kills < KILLS; kills++) {
        try (var app = startApp(broker, Duration.ofMillis(5))) {
          int before = received.size();
          Conversations.receive(translations, received, before + RECEIVED_BEFORE_KILL, app);
          app.kill();
        }
        Conversations.drain(translations, received);
        assertThat(received.stream().distinct()).hasSizeLessThan(MESSAGES);
      }
      try (var last = startApp(broker, Duration.ofMillis(5))) {
        while (received.stream().distinct().count() < MESSAGES) {
          Conversations.receive(translations, received, received.size() + 1, last);
        }
        last.stop();
      }
      Conversations.drain(translations, received);

      assertThat(DeliveryCheck.violations(sent, received))
          .allSatisfy(violation -> assertThat(violation).startsWith("doubled: "));
    }
  }

  /**
   * The broker takes the changelog and refuses the translations, after the offsets of their texts
   * were committed: were the texts deleted together with the sending, they would be lost.
   */
  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void translationsThatWereSentAndNeverArrivedAreSentAgain(@TempDir Path folder) throws Exception {
    try (var broker = Broker.start(folder.resolve("broker"), 1);
        var translations = broker.committed(Broker.TRANSLATIONS, Broker.FAILURES)) {
      var received = new ArrayList<Message>();
      try (var app = startApp(broker, LONG_LINGER)) {
        var sent = Conversations.send(broker, 10);
        app.awaitAnswer(); // the first text after a start does not wait for others
        while (committedOffsets(broker) < sent.size()) {
          app.requireAlive();
        }
        broker.set(Broker.TRANSLATIONS, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "1");
        app.awaitAnswer();
        Thread.sleep(1_000); // ten commit intervals: what could reach the changelog is there
        app.kill();
        Conversations.drain(translations, received);
        assertThat(received).containsExactly(sent.get(0));

        broker.set(Broker.TRANSLATIONS, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "1000000");
        try (var next = startApp(broker, Duration.ofMillis(5))) {
          Conversations.receive(translations, received, sent.size(), next);
        }
        assertThat(DeliveryCheck.violations(sent, received)).isEmpty();
      }
    }
  }

  private static AppProcess startApp(Broker broker, Duration linger) throws IOException {
    return AppProcess.start(broker, StreamsConfig.AT_LEAST_ONCE, linger);
  }

  private static long committedOffsets(Broker broker) throws Exception {
    try (var admin = broker.admin()) {
      return admin
          .listConsumerGroupOffsets("streamglot")
          .partitionsToOffsetAndMetadata()
          .get()
          .values()
          .stream()
          .mapToLong(OffsetAndMetadata::offset)
          .sum();
    }
  }
}
