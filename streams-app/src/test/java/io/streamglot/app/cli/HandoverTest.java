package io.streamglot.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.app.topology.Translators;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an instance that is told to stop does for the others. */
class HandoverTest extends OnATopicsBroker {
  private static final int PARTITIONS = 4;
  private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @BeforeEach
  void createTopics() throws Exception {
    for (String topic : topics.names()) {
      broker.create(topic, PARTITIONS, Map.of());
    }
  }

  @Test
  void othersTakeOverWellBeforeTheSessionTimeout() throws Exception {
    Map<String, String> longSession =
        Map.of("session.timeout.ms", Long.toString(SESSION_TIMEOUT.toMillis()));
    StreamsRunner one = start("one", longSession);
    try (StreamsRunner other = start("other", longSession)) {
      awaitTasks(one, PARTITIONS / 2);
      awaitTasks(other, PARTITIONS / 2);
      Instant stopped = Instant.now();

      one.close();
      awaitTasks(other, PARTITIONS);

      Duration took = Duration.between(stopped, Instant.now());
      assertThat(took).isLessThan(SESSION_TIMEOUT.dividedBy(2));
    }
  }

  @Test
  void theWorkOfAStaticMemberWaitsForItToComeBack() throws Exception {
    Map<String, String> longSession = Map.of("session.timeout.ms", "30000");
    try (StreamsRunner other = start("other", with("b", longSession))) {
      try (StreamsRunner one = start("one", with("a", longSession))) {
        awaitTasks(one, PARTITIONS / 2);
        awaitTasks(other, PARTITIONS / 2);
      }
      Thread.sleep(2_000); // others would have taken over by now, see above
      assertThat(tasks(other)).isEqualTo(PARTITIONS / 2);

      try (StreamsRunner again = start("one", with("a", longSession))) {
        awaitTasks(again, PARTITIONS / 2);
        assertThat(tasks(other)).isEqualTo(PARTITIONS / 2);
      }
    }
  }

  @Test
  void anInstanceStopsAtAnyMomentOfItsStart() throws Exception {
    try (DeadLetters clients = new DeadLetters(broker, topics)) {
      clients.send(
          new ProducerRecord<>(topics.source(), DeadLetters.KEY, DeadLetters.text("m", "fr")));
    }
    for (int delayMs : new int[] {0, 100, 300, 600, 1_000, 2_000}) {
      StreamsRunner app = start("one", Map.of());
      Thread.sleep(delayMs);
      Instant stopped = Instant.now();

      app.close();

      assertThat(Duration.between(stopped, Instant.now()))
          .as("stop after %d ms", delayMs)
          .isLessThan(StreamsRunner.CLOSE_LIMIT);
      assertThat(app.failed()).isFalse();
    }
  }

  private static Map<String, String> with(String member, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("group.instance.id", member);
    return all;
  }

  private StreamsRunner start(String name, Map<String, String> settings) throws IOException {
    return broker.startApp(topics, new Translators(List.of()), folder.resolve(name), settings);
  }

  private static int tasks(StreamsRunner app) {
    return app.streams().metadataForLocalThreads().stream()
        .mapToInt(thread -> thread.activeTasks().size())
        .sum();
  }

  private static void awaitTasks(StreamsRunner app, int count) throws Exception {
    while (tasks(app) != count) {
      Thread.sleep(10); // the timeout of the class ends it
    }
  }
}
