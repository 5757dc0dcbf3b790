package io.streamglot.app.topics;

import io.streamglot.app.topics.TopicFinding.Severity;
import io.streamglot.app.topology.RolloutTopics;
import io.streamglot.app.topology.StreamsDefaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.TopicConfig;

/**
 * What the topics must be like for records to be neither lost nor held up.
 *
 * <ul>
 *   <li>None is compacted: of each conversation only the last message would stay. But the topic of
 *       events that replace models is, and no event is deleted by age: the last would be gone.
 *   <li>No more replicas must be in sync than there are: no record would be taken.
 *   <li>Two replicas at least where there are {@value #BROKERS_FOR_REPLICAS} brokers or more.
 *   <li>The topics that are written take the largest outcome: one that is refused ends the
 *       application, again after each restart. How large the records of the source may be does not
 *       matter for that, for an outcome that would be larger leaves out its original.
 *   <li>As warnings: failures stay as long as what they tell of, and the source takes no record
 *       that is sure to fail.
 * </ul>
 */
public final class TopicRules {
  /** From so many brokers on a single replica is no choice but an oversight. */
  private static final int BROKERS_FOR_REPLICAS = 3;

  private static final int MIN_REPLICAS = 2;

  private final int brokers;
  private final List<TopicFinding> findings = new ArrayList<>();

  private TopicRules(int brokers) {
    this.brokers = brokers;
  }

  /**
   * What is wrong, in the order of the topics.
   *
   * @param states of the topics, by name; any may be absent
   * @param brokers of the cluster
   */
  public static List<TopicFinding> findings(
      AppTopics topics, Map<String, TopicState> states, int brokers) {
    TopicRules rules = new TopicRules(brokers);
    Optional<TopicState> source = Optional.ofNullable(states.get(topics.source()));
    Optional<TopicState> failures = Optional.ofNullable(states.get(topics.failures()));
    source.ifPresent(rules::keepsRecords);
    source.ifPresent(rules::takesNoRecordThatIsSureToFail);
    for (String name : topics.translations()) {
      Optional<TopicState> translations = Optional.ofNullable(states.get(name));
      translations.ifPresent(rules::keepsRecords);
      translations.ifPresent(rules::takesEveryOutcome);
    }
    failures.ifPresent(rules::keepsRecords);
    failures.ifPresent(rules::takesEveryOutcome);
    topics.rollouts().ifPresent(rollouts -> rules.keepsAndTakes(rollouts, states));
    if (source.isPresent() && failures.isPresent()) {
      rules.keepsFailuresAsLongAsTexts(source.get(), failures.get());
    }
    return List.copyOf(rules.findings);
  }

  private void keepsAndTakes(RolloutTopics rollouts, Map<String, TopicState> states) {
    Optional.ofNullable(states.get(rollouts.models())).ifPresent(this::keepsEvents);
    Optional<TopicState> shadow = rollouts.shadow().map(states::get);
    shadow.ifPresent(this::keepsRecords);
    shadow.ifPresent(this::takesEveryOutcome);
  }

  private void keepsEvents(TopicState topic) {
    if (topic.partitions() != 1) {
      problem(topic, "partitions", "1", topic.partitions(), "events of a pair would have no order");
    }
    isNot(
        TopicConfig.CLEANUP_POLICY_DELETE,
        topic,
        TopicConfig.CLEANUP_POLICY_COMPACT,
        "the last event of a pair would be gone with its age");
    isReplicated(topic);
  }

  private void keepsRecords(TopicState topic) {
    isNot(
        TopicConfig.CLEANUP_POLICY_COMPACT,
        topic,
        TopicConfig.CLEANUP_POLICY_DELETE,
        "of each key only the last record would stay");
    isReplicated(topic);
  }

  private void isNot(String policy, TopicState topic, String expected, String otherwise) {
    String actual = topic.setting(TopicConfig.CLEANUP_POLICY_CONFIG).orElse("");
    if (List.of(actual.split("\\s*,\\s*")).contains(policy)) {
      problem(topic, TopicConfig.CLEANUP_POLICY_CONFIG, expected, actual, otherwise);
    }
  }

  private void isReplicated(TopicState topic) {
    int replicas = topic.replicationFactor();
    if (replicas < 1) {
      return; // not known
    }
    if (replicas < MIN_REPLICAS && brokers >= BROKERS_FOR_REPLICAS) {
      problem(
          topic,
          "replication.factor",
          "at least %d in a Kafka of %d brokers".formatted(MIN_REPLICAS, brokers),
          replicas,
          "a broker that is lost would take its records along");
    }
    topic
        .number(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG)
        .filter(required -> required > replicas)
        .ifPresent(
            required ->
                problem(
                    topic,
                    TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                    "at most %d, the replication factor".formatted(replicas),
                    required,
                    "no record would be taken"));
  }

  private void takesEveryOutcome(TopicState topic) {
    topic
        .number(TopicConfig.MAX_MESSAGE_BYTES_CONFIG)
        .filter(most -> most < StreamsDefaults.MAX_OUTCOME_BYTES)
        .ifPresent(
            most ->
                problem(
                    topic,
                    TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                    "at least " + StreamsDefaults.MAX_OUTCOME_BYTES,
                    most,
                    "a large record would stop the stream"));
  }

  private void takesNoRecordThatIsSureToFail(TopicState source) {
    source
        .number(TopicConfig.MAX_MESSAGE_BYTES_CONFIG)
        .filter(most -> most > StreamsDefaults.MAX_REQUEST_BYTES)
        .ifPresent(
            most ->
                warning(
                    source,
                    TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                    "at most " + StreamsDefaults.MAX_REQUEST_BYTES,
                    most,
                    "larger records become failures"));
  }

  private void keepsFailuresAsLongAsTexts(TopicState source, TopicState failures) {
    Optional<Retention> texts = retention(source);
    Optional<Retention> kept = retention(failures);
    if (texts.isPresent() && kept.isPresent() && kept.get().isShorterThan(texts.get())) {
      warning(
          failures,
          TopicConfig.RETENTION_MS_CONFIG,
          "at least %s, as for %s".formatted(texts.get(), source.name()),
          kept.get(),
          "failures would be gone before the texts that they tell of");
    }
  }

  private static Optional<Retention> retention(TopicState topic) {
    return topic.number(TopicConfig.RETENTION_MS_CONFIG).map(Retention::new);
  }

  private void problem(
      TopicState topic, String setting, String expected, Object actual, String consequence) {
    findings.add(
        new TopicFinding(
            topic.name(), setting, expected, actual.toString(), consequence, Severity.PROBLEM));
  }

  private void warning(
      TopicState topic, String setting, String expected, Object actual, String consequence) {
    findings.add(
        new TopicFinding(
            topic.name(), setting, expected, actual.toString(), consequence, Severity.WARNING));
  }
}
