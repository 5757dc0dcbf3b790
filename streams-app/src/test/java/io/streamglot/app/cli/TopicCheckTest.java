package io.streamglot.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What {@code run} says of its topics at the start; each test has topics of its own. */
class TopicCheckTest extends OnATopicsBroker {
  @Test
  void topicsOfDefaultSettingsWillDo() throws Exception {
    createTopics(Map.of(), Map.of(), Map.of());

    assertThat(check()).isEmpty();
    assertThat(run().errLines()).singleElement().asString().contains("device cuda:999");
  }

  @Test
  void runRefusesASourceThatIsCompacted() throws Exception {
    createTopics(Map.of("cleanup.policy", "compact,delete"), Map.of(), Map.of());
    CommandLineRun run = run();

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errLines())
        .containsExactly(
            "streamglot run: "
                + topics.source()
                + ": cleanup.policy: expected delete, actual compact,delete; of each key only the"
                + " last record would stay");
  }

  @Test
  void runNamesEveryTopicThatLosesOrRefusesRecords() throws Exception {
    createTopics(
        Map.of("min.insync.replicas", "2"),
        Map.of("max.message.bytes", "100000"),
        Map.of("cleanup.policy", "compact"));
    CommandLineRun run = run();

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errLines())
        .containsExactly(
            "streamglot run: "
                + topics.source()
                + ": min.insync.replicas: expected at most 1, the replication factor, actual 2; no"
                + " record would be taken",
            "streamglot run: "
                + topics.translations().get(0)
                + ": max.message.bytes: expected at least 1001024, actual 100000; a large record"
                + " would stop the stream",
            "streamglot run: "
                + topics.failures()
                + ": cleanup.policy: expected delete, actual compact; of each key only the last"
                + " record would stay");
  }

  @Test
  void runLogsWhatIsHardlyWantedAndGoesOn() throws Exception {
    createTopics(Map.of("retention.ms", "5000"), Map.of(), Map.of("retention.ms", "4000"));
    Logger logger = (Logger) LoggerFactory.getLogger(RunCommand.class);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    try {
      assertThat(run().errLines()).singleElement().asString().contains("device cuda:999");
    } finally {
      logger.detachAppender(log);
    }
    assertThat(log.list)
        .extracting(line -> line.getLevel() + " " + line.getFormattedMessage())
        .containsExactly(
            "WARN %s: retention.ms: expected at least 5000, as for %s, actual 4000;"
                    .formatted(topics.failures(), topics.source())
                + " failures would be gone before the texts that they tell of");
  }

  @Test
  void topicsThatAreMissingHaveNamesAndACommandThatMakesThem() throws Exception {
    broker.create(topics.source(), Map.of());

    assertThatThrownBy(this::check)
        .isInstanceOf(UserErrorException.class)
        .hasMessage(
            "topics: expected [%s, %s, %s] in the Kafka at '%s', missing [%s, %s];"
                    .formatted(
                        topics.failures(),
                        topics.translations().get(0),
                        topics.source(),
                        broker.bootstrapServers(),
                        topics.failures(),
                        topics.translations().get(0))
                + " './streamglot topics create' makes them");
  }

  @Test
  void settingsThatMayNotBeSeenAreSkippedInOneLine() throws Exception {
    createTopics(Map.of("cleanup.policy", "compact"), Map.of(), Map.of());
    broker.deny(AclOperation.DESCRIBE_CONFIGS, topics);

    assertThat(check())
        .containsExactly(
            "topics [%s, %s, %s]: settings not checked, for Kafka does not let us see them"
                    .formatted(topics.source(), topics.translations().get(0), topics.failures())
                + " (DESCRIBE_CONFIGS)");
  }

  @Test
  void topicsThatMayNotBeSeenAreOneLine() throws Exception {
    createTopics(Map.of(), Map.of(), Map.of());
    broker.deny(AclOperation.DESCRIBE, topics);
    CommandLineRun run = run();

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errLines())
        .singleElement()
        .asString()
        .startsWith("streamglot run: topics: expected that the Kafka at '")
        .contains("shows and creates them, actual: ", "uthoriz");
  }

  private void createTopics(
      Map<String, String> source, Map<String, String> translations, Map<String, String> failures)
      throws Exception {
    broker.create(topics.source(), source);
    broker.create(topics.translations().get(0), translations);
    broker.create(topics.failures(), failures);
  }

  /** What the check warns of. */
  private List<String> check() throws InterruptedException {
    List<String> warnings = new ArrayList<>();
    TopicCheck.requireTopics(broker.adminSettings(), topics, Duration.ofSeconds(30), warnings::add);
    return warnings;
  }

  /** Ends at the model, which has no such device, unless it ends at the topics. */
  private CommandLineRun run() throws IOException {
    String config = broker.config(topics, CommandLineRun.SHIPPED_MODEL.toString());
    return CommandLineRun.of(
        new byte[0], Map.of("STREAMGLOT_DECODER_DEVICE", "cuda:999"), "run", "--config", config);
  }
}
