package io.streamglot.app.cli;

import io.streamglot.app.ops.Monitoring;
import io.streamglot.app.topology.Router;
import io.streamglot.app.topology.StreamsDefaults;
import io.streamglot.app.topology.TopologyListener;
import io.streamglot.app.topology.TopologySettings;
import io.streamglot.app.topology.Translators;
import io.streamglot.translator.bundle.ModelBundle;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves a Kafka until it is told to stop. */
@Command(
    name = "run",
    description = "Translate the topics of a Kafka until stopped.",
    footer = {
      "",
      "The file holds Streamglot's settings (streamglot.*) and any setting of Kafka clients and",
      "Kafka Streams. Environment variables override it: STREAMGLOT_BATCH_MAX_RECORDS is",
      "streamglot.batch.max.records, KAFKA_BOOTSTRAP_SERVERS is bootstrap.servers.",
      "streamglot.preset=throughput suits backlogs, the default, chat, suits messages one by one.",
      "processing.guarantee is exactly_once_v2, or at_least_once: sooner, some doubled after a crash.",
      "The topics must exist ('topics create' makes them) and keep what is written to them: what is",
      "wrong with them is a line each at the start.",
      "While it runs, metrics for Prometheus are at http://127.0.0.1:9464/metrics, health is at",
      "/health/live and /health/ready (streamglot.http.host, .port and .enabled).",
      "SIGTERM and Ctrl-C commit what is in hand and end with exit code 0.",
      "",
      "Example:",
      "  ./streamglot run --config streams-app/config/streamglot.properties"
    })
final class RunCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "Properties file.")
  private Path config;

  private final Map<String, String> environment;

  RunCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws Exception {
    RunSettings settings = RunSettingsReader.read(config, environment);
    if (settings.jsonLog()) {
      Logging.asJson();
    }
    settings.warnings().forEach(line -> LOG.warn("{}", line));
    if (settings.http().isEmpty()) {
      serve(settings, TopologyListener.NONE, (streams, sourceTopic) -> {});
    } else {
      try (Monitoring monitoring = monitoring(settings.http().get())) {
        serve(
            settings,
            monitoring.listener(),
            (streams, sourceTopic) -> {
              monitoring.watch(streams, sourceTopic);
              LOG.info(
                  "metrics and health: http://{}:{}",
                  settings.http().get().getHostString(),
                  monitoring.address().getPort());
            });
      }
    }
    LOG.info("stopped");
    return 0;
  }

  /**
   * Runs until it is told to stop.
   *
   * @param watcher takes the running application and its source topic
   */
  private static void serve(
      RunSettings settings, TopologyListener listener, BiConsumer<KafkaStreams, String> watcher)
      throws Exception {
    StopSignal stop = StopSignal.install();
    Properties kafka = StreamsDefaults.with(settings.kafka());
    Map<String, Object> admin = KafkaAccess.adminSettings(kafka);
    TopologySettings topology = settings.topology();
    List<ModelBundle> bundles = Models.bundles(settings.models());
    Router router = new Router(Models.pairs(bundles), settings.languages());
    UserErrorException.throwAllOf(
        List.<Runnable>of(
            () -> requireStateFolder(kafka), () -> requireServedLanguages(settings, router)),
        Runnable::run);
    TopicCheck.requireTopics(
        admin,
        TopicNames.of(topology, router.languages()),
        KafkaAccess.LIMIT,
        line -> LOG.warn("{}", line));
    // A start that fails has no other lines than what is wrong.
    List<String> loadsBeforeStart = new ArrayList<>();
    Translators translators =
        Models.translators(
            bundles,
            settings.decoder(),
            settings.lazyModels(),
            settings.lazyModels() ? RunCommand::log : loadsBeforeStart::add);
    Logging.includeWarnings();
    RolloutFollower rollouts =
        RolloutFollower.start(settings, bundles, translators, kafka, listener);
    try (StreamsRunner streams =
        StreamsRunner.start(
            topology,
            translators,
            router,
            kafka,
            StreamsRunner.CLOSE_LIMIT,
            listener,
            () ->
                LOG.info(
                    "running: from {} to {}, {}",
                    topology.sourceTopic(),
                    topology.translationsTopic(),
                    translators.pairs()))) {
      LOG.debug("settings: {}", topology);
      loadsBeforeStart.forEach(RunCommand::log);
      watcher.accept(streams.streams(), topology.sourceTopic());
      stop.onReceived(streams::stop);
      streams.await();
    } finally {
      rollouts.close();
    }
  }

  /**
   * Our stores are in memory, and Kafka Streams would only find out when it needs the folder. Its
   * default is in the folder of temporary files, which ONNX Runtime needs in any case.
   */
  private static void requireStateFolder(Properties kafka) {
    String folder = new StreamsConfig(kafka).getString(StreamsConfig.STATE_DIR_CONFIG);
    try {
      Files.delete(Files.createTempFile(Files.createDirectories(Path.of(folder)), "probe", null));
    } catch (IOException e) {
      throw new UserErrorException(
          "%s: expected a folder that can be written, actual '%s' cannot: %s"
              .formatted(StreamsConfig.STATE_DIR_CONFIG, folder, e.getClass().getSimpleName()));
    }
  }

  private static void log(String line) {
    LOG.info("{}", line);
  }

  private static void requireServedLanguages(RunSettings settings, Router router) {
    List<String> problems = new ArrayList<>();
    settings
        .languages()
        .defaultLanguage()
        .ifPresent(tag -> requireServed(Setting.LANGUAGE_DEFAULT, tag, router, problems));
    settings
        .topology()
        .formats()
        .targets()
        .forEach(tag -> requireServed(Setting.TARGET_LANGUAGES, tag, router, problems));
    if (!problems.isEmpty()) {
      throw new UserErrorException(problems);
    }
  }

  private static void requireServed(
      Setting setting, String tag, Router router, List<String> problems) {
    if (!router.serves(tag)) {
      problems.add(
          "%s: expected a language that the models read or write, one of %s, actual '%s'"
              .formatted(setting.key(), router.languages(), tag));
    }
  }

  /** Takes the port before anything is started, so that a busy one is no surprise later. */
  private static Monitoring monitoring(InetSocketAddress address) {
    try {
      return Monitoring.start(address);
    } catch (IOException e) {
      throw new UserErrorException(
          "%s, %s: expected a free port of this machine (0 takes any, %s=off none), actual %s:%d: %s"
              .formatted(
                  Setting.HTTP_HOST.key(),
                  Setting.HTTP_PORT.key(),
                  Setting.HTTP_ENABLED.key(),
                  address.getHostString(),
                  address.getPort(),
                  e.getMessage()));
    }
  }
}
