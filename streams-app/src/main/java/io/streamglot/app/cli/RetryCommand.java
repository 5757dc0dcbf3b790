package io.streamglot.app.cli;

import io.streamglot.app.retry.DeadLetterFate;
import io.streamglot.app.retry.FailureRetry;
import io.streamglot.app.retry.RetryFilter;
import io.streamglot.app.retry.RetryLedger;
import io.streamglot.app.topics.AppTopics;
import io.streamglot.app.topics.ClusterTopics;
import io.streamglot.app.topics.TopicAdmin;
import io.streamglot.app.topics.TopicState;
import io.streamglot.app.topology.StreamsDefaults;
import io.streamglot.schemas.FailureReason;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.streams.StreamsConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Moves dead letters back to the source topic, and says how many. */
@Command(
    name = "retry",
    description = "Send the texts of dead letters to the source topic again, each once.",
    footer = {
      "",
      "Reads the topics and how to reach Kafka from the file and the environment, as 'run' does;",
      "models are not looked for. Mend what made the texts fail, then retry; 'run' may be running.",
      "",
      "It takes the dead letters that there are at its start and that all filters fit, and ends with",
      "the counts on standard output. Each dead letter is retried at most once ever, also where the",
      "command was killed and started again: the compacted topic FAILURES-retried, which it makes,",
      "remembers them. What a filter leaves is there for the next time. A text that fails again is a",
      "new dead letter; the header streamglot-retry says how often it was sent again.",
      "Where one of several target languages failed, only that one is translated again.",
      "",
      "Example:",
      "  ./streamglot retry --config streams-app/config/streamglot.properties \\",
      "      --reason unsupported_language_pair --target-language de --dry-run"
    })
final class RetryCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "Properties file, the one of 'run'.")
  private Path config;

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      split = ",",
      description = "Only what failed for this reason, such as translation_failed; may be several.")
  private List<String> reasons = new ArrayList<>();

  @Option(
      names = "--target-language",
      paramLabel = "TAG[,TAG...]",
      description = "Only what failed for this target language; may be several.")
  private List<String> targetLanguages = new ArrayList<>();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Only what failed at this time or later, such as 2026-11-20T08:00:00Z.")
  private String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Only what failed before this time.")
  private String to;

  @Option(names = "--dry-run", description = "Only count what would be retried.")
  private boolean dryRun;

  private final Map<String, String> environment;

  RetryCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    RetryFilter filter =
        new RetryFilter(reasons(), targetLanguages(), time("--from", from), time("--to", to));
    TopicsSettings settings = TopicsSettingsReader.read(SettingValues.read(config, environment));
    Properties kafka = StreamsDefaults.with(settings.kafka());
    // It writes no translations, so that topics of single languages need not be known.
    AppTopics topics = settings.topics(Set.of());
    Prepared prepared = prepare(kafka, topics);
    try {
      print(retry(new StreamsConfig(kafka), topics, prepared, filter));
    } catch (KafkaException e) {
      throw refused(e, topics);
    }
    return 0;
  }

  private Set<FailureReason> reasons() {
    Set<FailureReason> found = new LinkedHashSet<>();
    for (String name : reasons) {
      found.add(
          Arrays.stream(FailureReason.values())
              .filter(reason -> reason.name().equalsIgnoreCase(name.strip()))
              .findFirst()
              .orElseThrow(() -> wrong("--reason", "one of " + names(), name)));
    }
    return found;
  }

  /** Split here, since picocli drops what is empty at the end. */
  private Set<String> targetLanguages() {
    Set<String> found = new LinkedHashSet<>();
    for (String tags : targetLanguages) {
      for (String tag : tags.split(",", -1)) {
        if (tag.isBlank()) {
          throw wrong("--target-language", "tags of languages, separated by commas", tags);
        }
        found.add(tag.strip());
      }
    }
    return found;
  }

  private static String names() {
    return Arrays.stream(FailureReason.values())
        .map(reason -> reason.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  private Optional<Instant> time(String option, String text) {
    try {
      return Optional.ofNullable(text).map(Instant::parse);
    } catch (DateTimeParseException e) {
      throw wrong(option, "a time in UTC such as 2026-11-20T08:00:00Z", text);
    }
  }

  private ParameterException wrong(String option, String expected, String actual) {
    return new ParameterException(
        spec.commandLine(), "%s: expected %s, actual '%s'".formatted(option, expected, actual));
  }

  /**
   * What has to be known of Kafka first.
   *
   * @param deadLetters id of the topic of failures
   * @param sourceMaxBytes largest batch of records that the source topic takes
   * @param hasLedger false only in a dry run
   */
  private record Prepared(Uuid deadLetters, long sourceMaxBytes, boolean hasLedger) {}

  private Prepared prepare(Properties kafka, AppTopics topics) throws InterruptedException {
    Map<String, Object> admin = KafkaAccess.adminSettings(kafka);
    int replicas = new StreamsConfig(kafka).getInt(StreamsConfig.REPLICATION_FACTOR_CONFIG);
    return KafkaAccess.ask(
        admin,
        KafkaAccess.LIMIT,
        (TopicAdmin asked) -> {
          ClusterTopics found = asked.describe(topics);
          TopicCheck.requireExisting(found, topics, admin);
          return new Prepared(
              asked.idOf(topics.failures()),
              maxBytes(found.existing().get(topics.source())),
              requireLedger(asked, topics, replicas));
        });
  }

  /** Where Kafka does not let us see it, everything is tried. */
  private static long maxBytes(TopicState source) {
    String limit = source.settings().get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
    return limit == null ? Long.MAX_VALUE : Long.parseLong(limit);
  }

  private boolean requireLedger(TopicAdmin kafka, AppTopics topics, int replicas)
      throws ExecutionException, InterruptedException {
    String name = RetryLedger.nameFor(topics.failures());
    ClusterTopics found = kafka.describe(List.of(name));
    TopicState ledger = found.existing().get(name);
    if (ledger == null) {
      if (!dryRun) {
        kafka.create(List.of(RetryLedger.newTopic(name, replicas)));
      }
      return !dryRun;
    }
    String policy = ledger.settings().get(TopicConfig.CLEANUP_POLICY_CONFIG);
    if (policy != null && !policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
      throw new UserErrorException(
          "%s: cleanup.policy: expected compact, actual %s; what was retried would be forgotten"
              .formatted(name, policy));
    }
    return true;
  }

  private Map<DeadLetterFate, Integer> retry(
      StreamsConfig kafka, AppTopics topics, Prepared prepared, RetryFilter filter) {
    Map<String, Object> consumer = KafkaAccess.readerSettings(kafka, "streamglot-retry");
    return dryRun
        ? FailureRetry.preview(
            consumer,
            topics,
            prepared.sourceMaxBytes(),
            prepared.deadLetters(),
            filter,
            prepared.hasLedger())
        : FailureRetry.run(
            consumer,
            kafka.getProducerConfigs("streamglot-retry"),
            topics,
            prepared.sourceMaxBytes(),
            prepared.deadLetters(),
            filter);
  }

  private void print(Map<DeadLetterFate, Integer> counts) {
    PrintWriter out = spec.commandLine().getOut();
    out.println((dryRun ? "would be retried: " : "retried: ") + counts.get(DeadLetterFate.RETRIED));
    out.println("retried before: " + counts.get(DeadLetterFate.RETRIED_BEFORE));
    out.println("left by the filters: " + counts.get(DeadLetterFate.FILTERED));
    out.println("without original: " + counts.get(DeadLetterFate.WITHOUT_ORIGINAL));
    out.println(
        "too large for the source topic: " + counts.get(DeadLetterFate.TOO_LARGE_FOR_SOURCE));
    out.println("of no single language: " + counts.get(DeadLetterFate.OF_NO_SINGLE_LANGUAGE));
    out.println("of another topic: " + counts.get(DeadLetterFate.OF_ANOTHER_TOPIC));
    out.println("unreadable: " + counts.get(DeadLetterFate.UNREADABLE));
    out.flush();
    int lost = counts.get(DeadLetterFate.WITHOUT_ORIGINAL);
    if (lost > 0) {
      Notice.warn(
          spec,
          lost
              + " cannot be retried: the original was left out as too large, or had no value;"
              + " each failure names topic, partition and offset of it");
    }
  }

  private static UserErrorException refused(KafkaException problem, AppTopics topics) {
    boolean fenced =
        Causes.first(
                problem,
                cause ->
                    cause instanceof ProducerFencedException
                        || cause instanceof InvalidProducerEpochException
                        || cause instanceof InvalidTxnStateException)
            .isPresent();
    String done = "; what was retried until then stays retried, the next run goes on from there";
    return new UserErrorException(
        fenced
            ? "retry of %s: expected one at a time and 10 s for a transaction, actual another has begun or that was too short%s"
                .formatted(topics.failures(), done)
            : "retry of %s: expected a Kafka that gives and takes records, actual: %s%s"
                .formatted(topics.failures(), Causes.root(problem).getMessage(), done));
  }
}
