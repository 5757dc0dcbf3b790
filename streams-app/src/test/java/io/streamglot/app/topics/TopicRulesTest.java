package io.streamglot.app.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.app.topics.TopicFinding.Severity;
import io.streamglot.app.topology.RolloutTopics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicRulesTest {
  private static final AppTopics TOPICS = new AppTopics("texts", List.of("translated"), "failed");

  /** As a Kafka of three brokers with default settings gives them, three replicas asked for. */
  private final Map<String, TopicState> states = new HashMap<>();

  private int brokers = 3;

  TopicRulesTest() {
    for (String name : TOPICS.names()) {
      states.put(
          name,
          new TopicState(
              name,
              12,
              3,
              Map.of(
                  "cleanup.policy", "delete",
                  "retention.ms", "604800000",
                  "max.message.bytes", "1048588",
                  "min.insync.replicas", "1")));
    }
  }

  @Test
  void nothingIsWrongWithTopicsOfDefaultSettings() {
    assertThat(findings()).isEmpty();
  }

  @Test
  void theTopicOfEventsIsCompactedAndTheShadowTopicLikeTheOneOfTranslations() {
    AppTopics all =
        new AppTopics(
            "texts",
            List.of("translated"),
            "failed",
            Optional.of(new RolloutTopics("models", Optional.of("shadows"))));
    TopicState likeOthers = states.get("translated");
    for (String name : List.of("models", "shadows")) {
      states.put(name, new TopicState(name, 1, 3, likeOthers.settings()));
    }
    assertThat(TopicRules.findings(all, states, brokers))
        .extracting(TopicFinding::line)
        .containsExactly(
            "models: cleanup.policy: expected compact, actual delete; the last event of a pair"
                + " would be gone with its age");

    set("models", "cleanup.policy", "compact");
    set("shadows", "max.message.bytes", "1000");
    assertThat(TopicRules.findings(all, states, brokers))
        .extracting(TopicFinding::line)
        .containsExactly(
            "shadows: max.message.bytes: expected at least 1001024, actual 1000; a large record"
                + " would stop the stream");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"compact", "compact,delete", "delete, compact"})
  void noTopicMayBeCompacted(String policy) {
    TOPICS.names().forEach(topic -> set(topic, "cleanup.policy", policy));

    assertThat(findings())
        .extracting(TopicFinding::severity)
        .containsExactly(Severity.PROBLEM, Severity.PROBLEM, Severity.PROBLEM);
    assertThat(lines())
        .containsExactly(
            "texts: cleanup.policy: expected delete, actual "
                + policy
                + "; of each key only the last record would stay",
            "translated: cleanup.policy: expected delete, actual "
                + policy
                + "; of each key only the last record would stay",
            "failed: cleanup.policy: expected delete, actual "
                + policy
                + "; of each key only the last record would stay");
  }

  @Test
  void aTopicThatDeletesNothingAtAllWillDo() {
    set("texts", "cleanup.policy", "");

    assertThat(findings()).isEmpty();
  }

  @ParameterizedTest(name = "{0} replicas, {1} brokers")
  @CsvSource({"1, 3, true", "1, 100, true", "2, 3, false", "1, 2, false", "1, 1, false"})
  void aSingleReplicaIsAProblemWhereThereAreThreeBrokers(int replicas, int of, boolean problem) {
    replicate("translated", replicas);
    brokers = of;

    if (problem) {
      assertThat(lines())
          .containsExactly(
              ("translated: replication.factor: expected at least 2 in a Kafka of %d brokers,"
                      + " actual 1; a broker that is lost would take its records along")
                  .formatted(of));
      assertThat(findings().get(0).severity()).isEqualTo(Severity.PROBLEM);
    } else {
      assertThat(findings()).isEmpty();
    }
  }

  @Test
  void replicasThatAreNotKnownAreNoProblem() {
    replicate("texts", -1);

    assertThat(findings()).isEmpty();
  }

  @ParameterizedTest(name = "{1} of {0} replicas in sync")
  @CsvSource({"3, 4, true", "2, 3, true", "3, 3, false", "2, 2, false", "3, 2, false"})
  void noMoreReplicasMustBeInSyncThanThereAre(int replicas, String inSync, boolean problem) {
    replicate("failed", replicas);
    set("failed", "min.insync.replicas", inSync);

    if (problem) {
      assertThat(lines())
          .containsExactly(
              ("failed: min.insync.replicas: expected at most %d, the replication factor, actual %s;"
                      + " no record would be taken")
                  .formatted(replicas, inSync));
      assertThat(findings().get(0).severity()).isEqualTo(Severity.PROBLEM);
    } else {
      assertThat(findings()).isEmpty();
    }
  }

  @Test
  void whatIsWrittenToMustTakeTheLargestOutcome() {
    set("translated", "max.message.bytes", "1001023");
    set("failed", "max.message.bytes", "1000");

    assertThat(lines())
        .containsExactly(
            "translated: max.message.bytes: expected at least 1001024, actual 1001023; a large"
                + " record would stop the stream",
            "failed: max.message.bytes: expected at least 1001024, actual 1000; a large record"
                + " would stop the stream");
    assertThat(findings()).allMatch(finding -> finding.severity() == Severity.PROBLEM);
  }

  @Test
  void whatIsReadMayTakeLittleAndMoreThanWhatIsWritten() {
    set("texts", "max.message.bytes", "1000");
    assertThat(findings()).isEmpty();

    set("texts", "max.message.bytes", "2097152");
    set("translated", "max.message.bytes", "1001024");
    set("failed", "max.message.bytes", "1001024");
    assertThat(findings()).isEmpty();
  }

  @Test
  void textsThatAreSureToFailAreAWarning() {
    set("texts", "max.message.bytes", "2097153");

    assertThat(findings()).extracting(TopicFinding::severity).containsExactly(Severity.WARNING);
    assertThat(lines())
        .containsExactly(
            "texts: max.message.bytes: expected at most 2097152, actual 2097153; larger records"
                + " become failures");
  }

  @ParameterizedTest(name = "texts {0} ms, failures {1} ms")
  @CsvSource({"2000, 1999, true", "-1, 2000, true", "2000, 2000, false", "2000, -1, false"})
  void failuresThatGoBeforeTheirTextsAreAWarning(String texts, String failures, boolean warning) {
    set("texts", "retention.ms", texts);
    set("failed", "retention.ms", failures);

    if (warning) {
      assertThat(findings()).extracting(TopicFinding::severity).containsExactly(Severity.WARNING);
      assertThat(lines())
          .containsExactly(
              ("failed: retention.ms: expected at least %s, as for texts, actual %s; failures would"
                      + " be gone before the texts that they tell of")
                  .formatted(texts.equals("-1") ? "forever (-1)" : texts, failures));
    } else {
      assertThat(findings()).isEmpty();
    }
  }

  @Test
  void settingsThatAreNotSeenAreNotJudged() {
    TOPICS.names().forEach(name -> states.put(name, new TopicState(name, 12, 3, Map.of())));

    assertThat(findings()).isEmpty();
  }

  @Test
  void topicsThatAreMissingAreNotJudged() {
    set("failed", "cleanup.policy", "compact");
    states.remove("texts");
    states.remove("translated");

    assertThat(findings()).extracting(TopicFinding::topic).containsExactly("failed");
  }

  private List<TopicFinding> findings() {
    return TopicRules.findings(TOPICS, states, brokers);
  }

  private List<String> lines() {
    return findings().stream().map(TopicFinding::line).toList();
  }

  private void set(String topic, String setting, String value) {
    TopicState state = states.get(topic);
    Map<String, String> settings = new HashMap<>(state.settings());
    settings.put(setting, value);
    states.put(
        topic, new TopicState(topic, state.partitions(), state.replicationFactor(), settings));
  }

  private void replicate(String topic, int replicas) {
    TopicState state = states.get(topic);
    states.put(topic, new TopicState(topic, state.partitions(), replicas, state.settings()));
  }
}
