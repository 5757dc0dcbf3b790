package io.streamglot.app.cli;

import io.streamglot.app.topics.AppTopics;
import io.streamglot.app.topology.StreamsDefaults;
import io.streamglot.app.topology.TopologySettings;
import io.streamglot.app.topology.Translators;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
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
      "The topics must exist ('topics create' makes them) and keep what is written to them: what is",
      "wrong with them is a line each at the start.",
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
    Properties kafka = StreamsDefaults.with(settings.kafka());
    TopologySettings topology = settings.topology();
    TopicCheck.requireTopics(
        KafkaAccess.adminSettings(kafka),
        AppTopics.of(topology),
        KafkaAccess.LIMIT,
        line -> LOG.warn("{}", line));
    Translators translators = Models.translators(settings.models(), settings.decoder());
    Logging.includeWarnings();
    StopSignal stop = StopSignal.install();
    try (StreamsRunner streams =
        StreamsRunner.start(
            topology,
            translators,
            kafka,
            StreamsRunner.CLOSE_LIMIT,
            () -> LOG.info("running: {} for {}", topology, translators.pairs()))) {
      stop.onReceived(streams::stop);
      streams.await();
    }
    LOG.info("stopped");
    return 0;
  }
}
