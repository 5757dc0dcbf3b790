package io.streamglot.app.cli;

import io.streamglot.app.language.LanguageSettings;
import io.streamglot.app.topics.AppTopics;
import io.streamglot.app.topics.ClusterTopics;
import io.streamglot.app.topics.Retention;
import io.streamglot.app.topics.TopicAdmin;
import io.streamglot.app.topics.TopicFinding;
import io.streamglot.app.topics.TopicFinding.Severity;
import io.streamglot.app.topics.TopicPlan;
import io.streamglot.app.topics.TopicRules;
import io.streamglot.app.topics.TopicState;
import io.streamglot.app.topology.Router;
import io.streamglot.app.topology.StreamsDefaults;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.NewTopic;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Creates the topics that are missing and says what the others are. */
@Command(
    name = "create",
    description = "Create the topics that 'run' needs and that are missing.",
    footer = {
      "",
      "Reads the topics and how to reach Kafka from the file and the environment, as 'run' does;",
      "models are looked for only where the name of the translations' topic has {language}: then",
      "each language that they read or write has a topic. Topics that exist stay as they are. Each",
      "takes a line of standard output: created, exists, or would be created, with its settings.",
      "",
      "New topics delete records by age (cleanup.policy=delete; a compacted topic would keep only",
      "the last message of a conversation), the topics written to take whatever the source takes,",
      "and of three replicas or more two have a record before it counts as written.",
      "What is wrong with a topic that exists is a line each, and exit code 2.",
      "",
      "Example:",
      "  ./streamglot topics create --config streams-app/config/streamglot.properties --dry-run"
    })
final class TopicsCreateCommand implements Callable<Integer> {
  private static final int MAX_PARTITIONS = 10_000;
  private static final int MAX_REPLICATION_FACTOR = Short.MAX_VALUE;

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "Properties file, the one of 'run'.")
  private Path config;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "12",
      description =
          "Partitions of each topic (default: ${DEFAULT-VALUE}). Records of one key stay in order;"
              + " at most so many stream threads share the work.")
  private int partitions;

  @Option(
      names = "--replication-factor",
      paramLabel = "N",
      description = "Replicas of each partition (default: the brokers' default).")
  private Integer replicationFactor;

  @Option(
      names = "--retention",
      paramLabel = "DURATION",
      description =
          "How long records are kept: 90s, 30m, 12h, 7d or forever (default: 7d, of failures 30d).")
  private String retention;

  @Option(names = "--dry-run", description = "Say what would be created, and create nothing.")
  private boolean dryRun;

  private final Map<String, String> environment;

  TopicsCreateCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    TopicPlan plan = plan();
    TopicsSettings settings =
        TopicsSettingsReader.readWithModels(SettingValues.read(config, environment));
    AppTopics topics = settings.topics(languages(settings));
    Map<String, Object> admin = KafkaAccess.adminSettings(StreamsDefaults.with(settings.kafka()));
    KafkaAccess.ask(
        admin,
        KafkaAccess.LIMIT,
        (TopicAdmin kafka) -> {
          create(kafka, plan, topics);
          return null;
        });
    return 0;
  }

  private static Set<String> languages(TopicsSettings settings) {
    return new Router(Models.pairs(Models.bundles(settings.models())), LanguageSettings.defaults())
        .languages();
  }

  private TopicPlan plan() {
    require(
        partitions >= 1 && partitions <= MAX_PARTITIONS,
        "--partitions",
        "1 to " + MAX_PARTITIONS,
        partitions);
    require(
        replicationFactor == null
            || (replicationFactor >= 1 && replicationFactor <= MAX_REPLICATION_FACTOR),
        "--replication-factor",
        "1 to " + MAX_REPLICATION_FACTOR,
        replicationFactor);
    Optional<Retention> parsed = Optional.ofNullable(retention).flatMap(Retention::parse);
    require(retention == null || parsed.isPresent(), "--retention", Retention.EXPECTED, retention);
    return new TopicPlan(
        partitions,
        replicationFactor == null ? TopicPlan.DEFAULT_REPLICATION : replicationFactor.shortValue(),
        parsed);
  }

  private void require(boolean holds, String option, String expected, Object actual) {
    if (!holds) {
      throw new ParameterException(
          spec.commandLine(), "%s: expected %s, actual %s".formatted(option, expected, actual));
    }
  }

  /** New topics that would not do are refused before any is created. */
  private void create(TopicAdmin kafka, TopicPlan plan, AppTopics topics)
      throws ExecutionException, InterruptedException {
    ClusterTopics cluster = kafka.describe(topics);
    List<NewTopic> wanted = kafka.prepare(plan, topics, cluster.missing(topics));
    Map<String, TopicState> states = new HashMap<>(cluster.existing());
    kafka.preview(wanted).forEach(topic -> states.put(topic.name(), topic));
    List<TopicFinding> findings = TopicRules.findings(topics, states, cluster.brokers());
    List<String> problems = TopicCheck.lines(findings, Severity.PROBLEM);
    if (findings.stream().anyMatch(finding -> isProblemOfNew(finding, cluster))) {
      throw new UserErrorException(problems);
    }
    if (!dryRun) {
      kafka.create(wanted).forEach(topic -> states.put(topic.name(), topic));
    }
    print(topics, states, cluster);
    TopicCheck.warnOfSettingsNotSeen(
        cluster.withoutSettings(topics), line -> Notice.warn(spec, line));
    TopicCheck.lines(findings, Severity.WARNING).forEach(line -> Notice.warn(spec, line));
    if (!problems.isEmpty()) {
      throw new UserErrorException(problems);
    }
  }

  private static boolean isProblemOfNew(TopicFinding finding, ClusterTopics cluster) {
    return finding.severity() == Severity.PROBLEM
        && !cluster.existing().containsKey(finding.topic());
  }

  private void print(AppTopics topics, Map<String, TopicState> states, ClusterTopics cluster) {
    PrintWriter out = spec.commandLine().getOut();
    String done = dryRun ? "would be created" : "created";
    for (String name : topics.names()) {
      String what = cluster.existing().containsKey(name) ? "exists" : done;
      out.println("%s: %s: %s".formatted(name, what, states.get(name).summary()));
    }
    out.flush();
  }
}
