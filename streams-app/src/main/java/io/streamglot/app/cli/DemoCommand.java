package io.streamglot.app.cli;

import io.streamglot.app.embedded.EmbeddedBroker;
import io.streamglot.app.language.LanguageSettings;
import io.streamglot.app.topology.LanguagePair;
import io.streamglot.app.topology.Router;
import io.streamglot.app.topology.StreamsDefaults;
import io.streamglot.app.topology.TopologyListener;
import io.streamglot.app.topology.TopologySettings;
import io.streamglot.app.topology.Translators;
import io.streamglot.translator.Translator;
import io.streamglot.translator.bundle.BundleManifest;
import io.streamglot.translator.bundle.ModelBundle;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.streams.StreamsConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The whole way on one machine: a real broker in this JVM, the topology, a model. What is typed
 * goes through Kafka and comes back translated.
 */
@Command(
    name = "demo",
    description = "Translate lines through a Kafka broker inside this program.",
    footer = {
      "",
      "Every line is produced to the topic source-text of a temporary broker, translated by the",
      "topology, and printed when it arrives on the topic translations. Failures go to standard",
      "error. Ends at the end of the input, when every line has its answer, and removes the broker.",
      "",
      "Example:",
      "  printf 'How are you?\\nI love you.\\n' | ./streamglot demo"
    })
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ModelOption model;

  @Mixin private DecoderOptions decoder;

  @Option(
      names = "--interactive",
      defaultValue = "${sys:streamglot.interactive:-false}",
      description = "Prompt for each line (default: if standard input and error are a terminal).")
  private boolean interactive;

  private final InputStream in;
  private final Output out;

  DemoCommand(InputStream in, Output out) {
    this.in = in;
    this.out = out;
  }

  @Override
  public Integer call() throws Exception {
    if (interactive) {
      say("Starting a Kafka broker and the model in %s ...".formatted(model.folder()));
    }
    StopSignal stop = StopSignal.install();
    ModelBundle bundle = Models.bundle(model.folder());
    // Loaded while the broker starts: that is half the way to the first translation.
    CompletableFuture<Translator> loading =
        CompletableFuture.supplyAsync(() -> Models.warmTranslator(bundle, decoder.settings()));
    TopologySettings topics = TopologySettings.defaults();
    try (TemporaryFolder folder = TemporaryFolder.create("streamglot-demo-");
        EmbeddedBroker broker = EmbeddedBroker.start(folder.path().resolve("broker"))) {
      broker.createTopics(
          1, topics.sourceTopic(), topics.translationsTopic(), topics.failuresTopic());
      try (StreamsRunner streams =
              StreamsRunner.start(
                  topics,
                  new Translators(List.of(loaded(loading))),
                  router(bundle.manifest()),
                  settings(broker, folder),
                  StreamsRunner.CLOSE_LIMIT,
                  TopologyListener.NONE,
                  () -> {});
          DemoConversation conversation =
              new DemoConversation(
                  broker.bootstrapServers(),
                  topics,
                  bundle.manifest(),
                  out,
                  spec.commandLine().getErr(),
                  interactive)) {
        if (interactive) {
          say("Type a line in '%s'; Ctrl-D ends.".formatted(bundle.manifest().sourceLanguage()));
        }
        conversation.send(new LineReader(in));
        conversation.printAnswers(() -> streams.failed() || stop.isReceived());
        if (streams.failed()) {
          streams.await();
        }
      }
    }
    return stop.isReceived() ? stop.exitCode() : 0;
  }

  /** Lines name their language, so none is detected. */
  private static Router router(BundleManifest model) {
    return new Router(
        List.of(new LanguagePair(model.sourceLanguage(), model.targetLanguage())),
        LanguageSettings.defaults().withoutDetection());
  }

  private void say(String line) {
    spec.commandLine().getErr().println(line);
    spec.commandLine().getErr().flush();
  }

  private static Translator loaded(CompletableFuture<Translator> loading) {
    try {
      return loading.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UserErrorException error) {
        throw error;
      }
      throw e;
    }
  }

  private static Properties settings(EmbeddedBroker broker, TemporaryFolder folder) {
    return StreamsDefaults.with(
        Map.of(
            StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
            broker.bootstrapServers(),
            StreamsConfig.STATE_DIR_CONFIG,
            folder.path().resolve("streams").toString()));
  }
}
