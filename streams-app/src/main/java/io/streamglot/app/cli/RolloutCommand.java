package io.streamglot.app.cli;

import io.streamglot.app.rollout.BundleFolder;
import io.streamglot.app.rollout.BundleName;
import io.streamglot.app.rollout.ModelsTopic;
import io.streamglot.app.rollout.RolloutEvent;
import io.streamglot.app.rollout.RolloutException;
import io.streamglot.app.topics.TopicAdmin;
import io.streamglot.app.topology.LanguagePair;
import io.streamglot.app.topology.RolloutTopics;
import io.streamglot.app.topology.StreamsDefaults;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says by an event which models a pair is to have. */
@Command(
    name = "rollout",
    description = "Replace the models of running instances, or try a candidate beside them.",
    footer = {
      "",
      "Writes an event to the topic that streamglot.topic.models names. Each instance loads the bundle",
      "of that name from its own streamglot.rollout.bundles, verifies it, and switches between two",
      "records; the translations say which version made them. A bundle that is missing, damaged or",
      "another is refused with a line in the instance's log, and what was there serves on.",
      "An event is the whole state of its pair: what it was before, this command takes from the topic",
      "and changes as asked. Without an option to change something it prints the last event, which",
      "instances may have refused, and which of its bundles cannot be used on this machine, and why.",
      "",
      "Examples:",
      "  ./streamglot rollout --config FILE --pair en:fr --serve en-fr-1.4.1",
      "  ./streamglot rollout --config FILE --pair en:fr --candidate en-fr-1.5.0 --share 0.05"
    })
final class RolloutCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "Properties file, the one of 'run'.")
  private Path config;

  @Option(
      names = "--pair",
      paramLabel = "PAIR",
      required = true,
      description = "Language pair, such as en:fr.")
  private String pair;

  @Option(
      names = "--serve",
      paramLabel = "BUNDLE",
      description = "Folder, in streamglot.rollout.bundles, of the bundle that serves from now on.")
  private String serve;

  @ArgGroup(exclusive = false)
  private Candidate candidate;

  /** What makes a candidate. */
  static final class Candidate {
    @Option(
        names = "--candidate",
        paramLabel = "BUNDLE",
        required = true,
        description = "A bundle to try beside the one that serves.")
    private String bundle;

    @Option(
        names = "--share",
        paramLabel = "X",
        description =
            "Share of the conversations that the candidate translates, 0 to 1. A conversation is a"
                + " record key, and keeps its model.")
    private double share;

    @Option(
        names = "--shadow",
        description = "The candidate also translates every text, for streamglot.topic.shadow.")
    private boolean shadow;
  }

  @Option(names = "--no-candidate", description = "End the trial of a candidate.")
  private boolean noCandidate;

  @Option(
      names = "--reset",
      description = "Back to the model that each instance is configured for.")
  private boolean reset;

  private final Map<String, String> environment;

  RolloutCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    requireSense();
    RunSettings settings = RunSettingsReader.read(config, environment);
    RolloutTopics topics =
        settings
            .topology()
            .rollouts()
            .orElseThrow(
                () ->
                    new UserErrorException(
                        "%s: expected %s, actual not set"
                            .formatted(Setting.MODELS_TOPIC.key(), TopicNames.EXPECTED)));
    Properties properties = StreamsDefaults.with(settings.kafka());
    StreamsConfig kafka = new StreamsConfig(properties);
    try {
      LanguagePair languages = RolloutEvent.pair(pair);
      requireTopicAndPair(settings, properties, topics.models(), languages);
      BundleFolder bundles = RolloutFollower.bundleFolder(settings);
      Optional<RolloutEvent> last = last(kafka, topics.models(), languages);
      if (serve == null && candidate == null && !noCandidate && !reset) {
        print("last event: " + last.map(RolloutEvent::toString).orElse("none"));
        last.ifPresent(event -> printUnusable(event, bundles));
        return 0;
      }
      RolloutEvent event = changed(last.orElse(RolloutEvent.configured(languages)), bundles);
      if (event.candidate().filter(RolloutEvent.Candidate::shadow).isPresent()
          && topics.shadow().isEmpty()) {
        throw new UserErrorException(
            "%s: expected the name of a topic for --shadow, actual not set"
                .formatted(Setting.SHADOW_TOPIC.key()));
      }
      RecordMetadata sent = send(kafka, topics.models(), event);
      print("%s-%d offset %d: %s".formatted(sent.topic(), sent.partition(), sent.offset(), event));
    } catch (RolloutException e) {
      throw new UserErrorException(e.getMessage());
    } catch (KafkaException e) {
      throw RolloutFollower.refused(topics.models(), e);
    }
    return 0;
  }

  private void requireSense() {
    if (reset && (serve != null || candidate != null || noCandidate)) {
      throw wrong("--reset: expected alone, actual with other changes");
    }
    if (candidate != null && noCandidate) {
      throw wrong("--no-candidate: expected without --candidate, actual both");
    }
    if (candidate != null && !(candidate.share >= 0 && candidate.share <= 1)) {
      throw wrong("--share: expected 0 to 1, actual " + candidate.share);
    }
    if (candidate != null && candidate.share == 0 && !candidate.shadow) {
      throw wrong("--candidate: expected a --share above 0 or --shadow, actual neither");
    }
  }

  private ParameterException wrong(String line) {
    return new ParameterException(spec.commandLine(), line);
  }

  /** Every bundle is verified, those of before too: all instances may have refused them. */
  private RolloutEvent changed(RolloutEvent before, BundleFolder bundles) throws RolloutException {
    LanguagePair languages = before.pair();
    if (reset) {
      return RolloutEvent.configured(languages);
    }
    Optional<BundleName> serving = before.serving();
    if (serve != null || serving.isPresent()) {
      serving =
          Optional.of(
              serve == null
                  ? kept(
                      bundles,
                      serving.get(),
                      languages,
                      "'--serve BUNDLE' serves another, '--reset' none of them")
                  : bundles.name(serve, languages));
    }
    Optional<RolloutEvent.Candidate> tried = Optional.empty();
    if (candidate != null) {
      BundleName bundle = bundles.name(candidate.bundle, languages);
      tried = Optional.of(new RolloutEvent.Candidate(bundle, candidate.share, candidate.shadow));
    } else if (!noCandidate && before.candidate().isPresent()) {
      RolloutEvent.Candidate kept = before.candidate().get();
      BundleName bundle =
          kept(bundles, kept.bundle(), languages, "'--no-candidate' ends its trial");
      tried = Optional.of(new RolloutEvent.Candidate(bundle, kept.share(), kept.shadow()));
    }
    if (tried.isPresent() && serving.equals(Optional.of(tried.get().bundle()))) {
      tried = Optional.empty(); // what serves all is tried no more
    }
    return new RolloutEvent(languages, serving, tried);
  }

  /** A bundle of the last event, as it is in the folder now. */
  private static BundleName kept(
      BundleFolder bundles, BundleName bundle, LanguagePair languages, String wayOut) {
    try {
      return bundles.name(bundle.folder(), languages);
    } catch (RolloutException e) {
      throw new UserErrorException(
          "%s; the last event names it: %s".formatted(e.getMessage(), wayOut));
    }
  }

  private void printUnusable(RolloutEvent event, BundleFolder bundles) {
    Stream.concat(
            event.serving().stream(),
            event.candidate().stream().map(RolloutEvent.Candidate::bundle))
        .forEach(
            bundle -> {
              try {
                bundles.verify(bundle, event.pair());
              } catch (RolloutException e) {
                print("not usable here: " + e.getMessage());
              }
            });
  }

  private static void requireTopicAndPair(
      RunSettings settings, Properties kafka, String topic, LanguagePair languages)
      throws InterruptedException {
    Map<String, Object> admin = KafkaAccess.adminSettings(kafka);
    if (KafkaAccess.ask(
            admin, KafkaAccess.LIMIT, (TopicAdmin asked) -> asked.describe(List.of(topic)))
        .existing()
        .isEmpty()) {
      throw new UserErrorException(
          "%s: expected a topic of the Kafka at '%s', actual no '%s'; './streamglot topics create' makes it"
              .formatted(Setting.MODELS_TOPIC.key(), admin.get("bootstrap.servers"), topic));
    }
    List<LanguagePair> served = Models.pairs(Models.bundles(settings.models()));
    if (!served.contains(languages)) {
      throw new UserErrorException(
          "--pair: expected a pair of the configured models, one of %s, actual %s"
              .formatted(served, languages));
    }
  }

  /** The last event of the pair that is one. */
  private static Optional<RolloutEvent> last(
      StreamsConfig kafka, String topic, LanguagePair languages) throws RolloutException {
    try (ModelsTopic events = RolloutFollower.topic(kafka, topic)) {
      return events.eventsOf(languages, KafkaAccess.LIMIT).stream()
          .reduce((earlier, later) -> later);
    }
  }

  private static RecordMetadata send(StreamsConfig kafka, String topic, RolloutEvent event)
      throws InterruptedException {
    Map<String, Object> settings = KafkaAccess.writerSettings(kafka, "streamglot-rollout");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      byte[] key = event.key().getBytes(StandardCharsets.UTF_8);
      return producer.send(new ProducerRecord<>(topic, key, event.value())).get();
    } catch (ExecutionException e) {
      throw new KafkaException(e.getCause());
    }
  }

  private void print(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
