package io.streamglot.benchmarks.chaos;

import io.streamglot.app.topology.StreamsDefaults;
import io.streamglot.app.topology.TopologySettings;
import io.streamglot.app.topology.TranslationTopology;
import io.streamglot.app.topology.Translators;
import io.streamglot.translator.BundleTranslator;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.decode.DecoderSettings;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/**
 * The control: the program's topology, whose store of waiting records is never written to its
 * changelog. What waits when it is killed is lost, and the verifier must say so.
 *
 * <p>Argument: a file with settings of {@code run}, of which it heeds the model and Kafka's.
 */
final class ForgetfulProgram {

  private ForgetfulProgram() {}

  /** Runs until SIGTERM, then ends with exit code 0. */
  public static void main(String[] arguments) throws Exception {
    Properties file = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(arguments[0]))) {
      file.load(reader);
    }
    Map<String, String> kafka = new TreeMap<>();
    for (String key : file.stringPropertyNames()) {
      if (!key.startsWith("streamglot.")) {
        kafka.put(key, file.getProperty(key));
      }
    }
    ModelBundle bundle = ModelBundle.open(Path.of(file.getProperty("streamglot.models")));
    Translators translators =
        new Translators(List.of(BundleTranslator.open(bundle, new DecoderSettings(1))));
    KafkaStreams streams =
        new KafkaStreams(
            TranslationTopology.build(TopologySettings.defaults(), translators),
            StreamsDefaults.with(kafka),
            new ForgetfulClients());
    streams.setUncaughtExceptionHandler(
        problem -> {
          problem.printStackTrace();
          Runtime.getRuntime().halt(1);
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  streams.close(Instances.STOP_LIMIT);
                  Runtime.getRuntime().halt(0);
                }));
    streams.start();
  }
}
