package io.streamglot.app.integration;

import io.streamglot.app.language.LanguageSettings;
import io.streamglot.app.topology.Router;
import io.streamglot.app.topology.StreamsDefaults;
import io.streamglot.app.topology.TopologyListener;
import io.streamglot.app.topology.TopologySettings;
import io.streamglot.app.topology.TranslationTopology;
import io.streamglot.app.topology.Translators;
import io.streamglot.translator.BundleTranslator;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.decode.DecoderSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KafkaStreams;

/**
 * The application in a JVM of its own, so that a test can kill it: translates until its standard
 * input ends. Says a line on standard output for each record that it has answered. Arguments:
 * bootstrap servers, folder of the model, processing guarantee, linger in milliseconds.
 */
final class TranslateApp {

  static final String ANSWERED = "answered";

  private TranslateApp() {}

  public static void main(String[] args) throws Exception {
    var bundle = ModelBundle.open(Path.of(args[1]));
    try (var translators =
        new Translators(List.of(BundleTranslator.open(bundle, DecoderSettings.DEFAULT)))) {
      var streams =
          new KafkaStreams(
              TranslationTopology.build(
                  settings(args[3]),
                  translators,
                  new Router(translators.pairs(), LanguageSettings.defaults()),
                  new Answers()),
              StreamsDefaults.with(
                  Map.of("bootstrap.servers", args[0], "processing.guarantee", args[2])));
      streams.start();
      while (System.in.read() >= 0) {
        // Only the end counts.
      }
      streams.close(Duration.ofSeconds(30));
    }
  }

  private static TopologySettings settings(String lingerMs) {
    var defaults = TopologySettings.defaults();
    return new TopologySettings(
        defaults.sourceTopic(),
        defaults.translationsTopic(),
        defaults.failuresTopic(),
        defaults.maxBatchRecords(),
        defaults.maxBatchBytes(),
        defaults.maxBatchTokens(),
        Duration.ofMillis(Long.parseLong(lingerMs)));
  }

  private static final class Answers implements TopologyListener {
    @Override
    public void answered(long timestamp) {
      System.out.println(ANSWERED);
    }
  }
}
