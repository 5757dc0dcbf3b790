package io.streamglot.app.cli;

import io.streamglot.app.topics.AppTopics;
import io.streamglot.app.topics.ClusterTopics;
import io.streamglot.app.topics.TopicAdmin;
import io.streamglot.app.topics.TopicFinding;
import io.streamglot.app.topics.TopicFinding.Severity;
import io.streamglot.app.topics.TopicRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Asks Kafka for the topics before anything is started, so that what is wrong has a name. */
final class TopicCheck {
  private TopicCheck() {}

  /**
   * Checks that Kafka answers, has the topics, and keeps and takes their records.
   *
   * @param adminSettings settings of an admin client
   * @param limit how long an unreachable Kafka is tried
   * @param warnings takes a line for each thing that the application can work with
   * @throws UserErrorException with a line for each thing that it cannot work with
   */
  static void requireTopics(
      Map<String, Object> adminSettings,
      AppTopics topics,
      Duration limit,
      Consumer<String> warnings)
      throws InterruptedException {
    ClusterTopics cluster =
        KafkaAccess.ask(adminSettings, limit, (TopicAdmin kafka) -> kafka.describe(topics));
    requireExisting(cluster, topics, adminSettings);
    warnOfSettingsNotSeen(cluster.withoutSettings(topics), warnings);
    List<TopicFinding> findings =
        TopicRules.findings(topics, cluster.existing(), cluster.brokers());
    lines(findings, Severity.WARNING).forEach(warnings);
    List<String> problems = lines(findings, Severity.PROBLEM);
    if (!problems.isEmpty()) {
      throw new UserErrorException(problems);
    }
  }

  /** Checks that there are all of them. */
  static void requireExisting(
      ClusterTopics cluster, AppTopics topics, Map<String, Object> adminSettings) {
    List<String> missing = cluster.missing(topics);
    if (!missing.isEmpty()) {
      throw new UserErrorException(
          "topics: expected %s in the Kafka at '%s', missing %s; './streamglot topics create' makes"
                  .formatted(
                      new TreeSet<>(topics.names()),
                      adminSettings.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG),
                      new TreeSet<>(missing))
              + " them");
    }
  }

  static void warnOfSettingsNotSeen(List<String> topics, Consumer<String> warnings) {
    if (!topics.isEmpty()) {
      warnings.accept(
          "topics %s: settings not checked, for Kafka does not let us see them (DESCRIBE_CONFIGS)"
              .formatted(topics));
    }
  }

  static List<String> lines(List<TopicFinding> findings, Severity severity) {
    return findings.stream()
        .filter(finding -> finding.severity() == severity)
        .map(TopicFinding::line)
        .toList();
  }
}
