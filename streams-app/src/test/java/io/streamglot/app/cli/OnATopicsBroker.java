package io.streamglot.app.cli;

import io.streamglot.app.topics.AppTopics;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests with a broker in common; each has topics of its own. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(120)
abstract class OnATopicsBroker {
  TopicsBroker broker;
  AppTopics topics;

  @BeforeAll
  void startBroker(@TempDir Path folder) {
    broker = new TopicsBroker(folder);
  }

  @AfterAll
  void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void nameTopics(TestInfo test) {
    String name = test.getTestMethod().orElseThrow().getName();
    topics = new AppTopics(name + "-source", List.of(name + "-out"), name + "-failed");
  }

  @AfterEach
  void logQuietlyAgain() {
    Logging.configure(false);
  }
}
