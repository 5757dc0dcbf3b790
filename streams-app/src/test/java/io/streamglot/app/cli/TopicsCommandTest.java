package io.streamglot.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each test has topics of its own on one broker. */
class TopicsCommandTest extends OnATopicsBroker {
  private static final String SOURCE_SETTINGS =
      "cleanup.policy=delete, retention.ms=604800000, max.message.bytes=1048588,"
          + " min.insync.replicas=1";
  private static final String TRANSLATIONS_SETTINGS =
      "cleanup.policy=delete, retention.ms=604800000, max.message.bytes=2097152,"
          + " min.insync.replicas=1";
  private static final String FAILURES_SETTINGS =
      "cleanup.policy=delete, retention.ms=2592000000, max.message.bytes=2097152,"
          + " min.insync.replicas=1";

  @Test
  void createsWhatIsMissingAndTheNextTimeSaysThatItIsThere() throws Exception {
    CommandLineRun first = create();

    assertThat(first.err()).isEmpty();
    assertThat(first.exitCode()).isZero();
    assertThat(first.outLines())
        .containsExactly(
            topics.source() + ": created: partitions=12, replication.factor=1, " + SOURCE_SETTINGS,
            topics.translations().get(0)
                + ": created: partitions=12, replication.factor=1, "
                + TRANSLATIONS_SETTINGS,
            topics.failures()
                + ": created: partitions=12, replication.factor=1, "
                + FAILURES_SETTINGS);

    CommandLineRun second = create("--partitions", "3", "--retention", "1d");

    assertThat(second.err()).isEmpty();
    assertThat(second.exitCode()).isZero();
    assertThat(second.out()).isEqualTo(first.out().replace(": created: ", ": exists: "));
  }

  @Test
  void theOptionsSayWhatNewTopicsAreLike() throws Exception {
    CommandLineRun run =
        create("--partitions", "3", "--replication-factor", "1", "--retention", "36h");

    String likeThat = ": created: partitions=3, replication.factor=1, cleanup.policy=delete,";
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.outLines())
        .hasSize(3)
        .allMatch(line -> line.contains(likeThat + " retention.ms=129600000, max.message.bytes="));
  }

  @Test
  void aDryRunSaysWhatItWouldDoAndDoesNot() throws Exception {
    broker.create(topics.failures(), Map.of("retention.ms", "-1"));
    CommandLineRun run = create("--dry-run", "--partitions", "2");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.outLines())
        .containsExactly(
            topics.source()
                + ": would be created: partitions=2, replication.factor=1, "
                + SOURCE_SETTINGS,
            topics.translations().get(0)
                + ": would be created: partitions=2, replication.factor=1, "
                + TRANSLATIONS_SETTINGS,
            topics.failures()
                + ": exists: partitions=1, replication.factor=1, cleanup.policy=delete,"
                + " retention.ms=-1, max.message.bytes=2097152, min.insync.replicas=1");
    assertThat(broker.existing(topics)).containsExactly(topics.failures());
  }

  @Test
  void whatIsWrongWithATopicThatExistsIsALineAndTheOthersAreCreated() throws Exception {
    broker.create(topics.source(), Map.of("cleanup.policy", "compact", "min.insync.replicas", "2"));
    CommandLineRun run = create();

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errLines())
        .containsExactly(
            "streamglot topics create: "
                + topics.source()
                + ": cleanup.policy: expected delete, actual compact; of each key only the last"
                + " record would stay",
            "streamglot topics create: "
                + topics.source()
                + ": min.insync.replicas: expected at most 1, the replication factor, actual 2; no"
                + " record would be taken");
    assertThat(run.outLines())
        .containsExactly(
            topics.source()
                + ": exists: partitions=1, replication.factor=1, cleanup.policy=compact,"
                + " retention.ms=604800000, max.message.bytes=2097152, min.insync.replicas=2",
            topics.translations().get(0)
                + ": created: partitions=12, replication.factor=1, "
                + TRANSLATIONS_SETTINGS,
            topics.failures()
                + ": created: partitions=12, replication.factor=1, "
                + FAILURES_SETTINGS);
    assertThat(broker.existing(topics)).containsExactlyInAnyOrderElementsOf(topics.names());
  }

  @Test
  void whatIsHardlyWantedIsAWarning() throws Exception {
    broker.create(topics.source(), Map.of("retention.ms", "-1"));
    CommandLineRun run = create();

    assertThat(run.exitCode()).isZero();
    assertThat(run.outLines()).hasSize(3);
    assertThat(run.errLines())
        .containsExactly(
            "streamglot topics create: warning: "
                + topics.failures()
                + ": retention.ms: expected at least forever (-1), as for "
                + topics.source()
                + ", actual 2592000000; failures would be gone before the texts that they tell of");
  }

  @Test
  void moreReplicasThanBrokersAreRefusedAndNothingIsCreated() throws Exception {
    CommandLineRun run = create("--replication-factor", "3");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.errLines())
        .singleElement()
        .asString()
        .startsWith(
            "streamglot topics create: topics: expected that the Kafka at '%s' shows and creates"
                    .formatted(broker.bootstrapServers())
                + " them, actual: ")
        .contains("replication factor of 3", "only 1 broker");
    assertThat(broker.existing(topics)).isEmpty();
  }

  @Test
  void modelsAreNotLookedForButOtherSettingsAreChecked(@TempDir Path folder) throws Exception {
    Path file =
        Files.write(
            folder.resolve("wrong.properties"),
            List.of(
                "streamglot.models=no/such/folder",
                "streamglot.topic.source=a b",
                "streamglot.topic.sourec=x",
                "linger.ms=long"));
    CommandLineRun run = CommandLineRun.of("", "topics", "create", "--config", file.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errLines())
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).contains("streamglot.topic.source: ", "'a b'"),
            line -> assertThat(line).contains("streamglot.topic.sourec: ", "unknown key"),
            line -> assertThat(line).contains("bootstrap.servers: ", "not set"),
            line -> assertThat(line).contains("linger.ms: ", "'long'"));
  }

  @Test
  void variablesOverrideTheFile() throws Exception {
    String source = topics.source() + "-of-variable";
    CommandLineRun run =
        CommandLineRun.of(
            new byte[0],
            Map.of("STREAMGLOT_TOPIC_SOURCE", source),
            "topics",
            "create",
            "--dry-run",
            "--config",
            broker.config(topics, "no/such/folder"));

    assertThat(run.exitCode()).isZero();
    assertThat(run.outLines().get(0)).startsWith(source + ": would be created: ");
  }

  @Test
  void settingsThatMayNotBeSeenAreNotSaid() throws Exception {
    broker.hideSettings(topics);
    CommandLineRun first = create();

    assertThat(first.err()).isEmpty();
    assertThat(first.exitCode()).isZero();
    assertThat(first.outLines())
        .containsExactly(
            topics.source() + ": created: partitions=12",
            topics.translations().get(0) + ": created: partitions=12",
            topics.failures() + ": created: partitions=12");

    CommandLineRun second = create();

    assertThat(second.exitCode()).isZero();
    assertThat(second.errLines())
        .containsExactly(
            "streamglot topics create: warning: topics [%s, %s, %s]: settings not checked,"
                    .formatted(topics.source(), topics.translations().get(0), topics.failures())
                + " for Kafka does not let us see them (DESCRIBE_CONFIGS)");
    assertThat(second.outLines())
        .containsExactly(
            topics.source() + ": exists: partitions=12, replication.factor=1",
            topics.translations().get(0) + ": exists: partitions=12, replication.factor=1",
            topics.failures() + ": exists: partitions=12, replication.factor=1");
  }

  private CommandLineRun create(String... options) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of("topics", "create", "--config", broker.config(topics, "no/such/folder")));
    arguments.addAll(List.of(options));
    return CommandLineRun.of("", arguments.toArray(String[]::new));
  }
}
