package io.streamglot.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamglot.app.embedded.EmbeddedBroker;
import io.streamglot.app.language.LanguageSettings;
import io.streamglot.app.topology.LanguagePair;
import io.streamglot.app.topology.Router;
import io.streamglot.app.topology.StreamsDefaults;
import io.streamglot.app.topology.TopologyListener;
import io.streamglot.app.topology.TopologySettings;
import io.streamglot.app.topology.Translators;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.SourceText;
import io.streamglot.translator.Translation;
import io.streamglot.translator.Translator;
import io.streamglot.translator.bundle.BundleManifest;
import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.decode.DecoderSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ends while a batch takes longer than anybody waits for. */
@Timeout(120)
class StreamsRunnerTest {
  private static final TopologySettings TOPICS = TopologySettings.defaults();

  @TempDir private Path folder;

  @Test
  void theModelStaysOpenWhileAThreadMayBeInsideIt() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"));
        Translator real =
            Models.translator(
                Models.bundle(CommandLineRun.SHIPPED_MODEL), new DecoderSettings(1))) {
      broker.createTopics(
          1, TOPICS.sourceTopic(), TOPICS.translationsTopic(), TOPICS.failuresTopic());
      Slow slow = new Slow(real);
      StreamsRunner streams =
          StreamsRunner.start(
              TOPICS,
              new Translators(List.of(slow)),
              new Router(List.of(new LanguagePair("en", "fr")), LanguageSettings.defaults()),
              settings(broker),
              Duration.ofSeconds(1),
              TopologyListener.NONE,
              () -> {});
      send(broker);
      slow.entered.await();

      assertThatThrownBy(streams::close)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("within 1 s");
      assertThat(slow.closed.getCount()).isOne();

      slow.mayLeave.complete(null);
      assertThat(slow.left.await(30, TimeUnit.SECONDS)).isTrue();
      streams.close();
      assertThat(slow.closed.getCount()).isZero();
    }
  }

  /** The real translator, held up until the test lets it go. */
  private static final class Slow implements Translator {
    final CountDownLatch entered = new CountDownLatch(1);
    final CompletableFuture<Void> mayLeave = new CompletableFuture<>();
    final CountDownLatch left = new CountDownLatch(1);
    final CountDownLatch closed = new CountDownLatch(1);
    private final Translator real;

    Slow(Translator real) {
      this.real = real;
    }

    @Override
    public BundleManifest manifest() {
      return real.manifest();
    }

    @Override
    public List<Translation> translate(List<String> texts, SearchOptions options) {
      entered.countDown();
      mayLeave.join(); // cannot be interrupted, as native code cannot
      left.countDown();
      return real.translate(texts, options);
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }

  private Properties settings(EmbeddedBroker broker) {
    return StreamsDefaults.with(
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "state.dir",
            folder.resolve("state").toString()));
  }

  private static void send(EmbeddedBroker broker) throws Exception {
    SourceText record =
        SourceText.newBuilder()
            .setMessageId("1")
            .setText("I love you.")
            .setTargetLanguages(List.of("fr"))
            .setSentAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
            .build();
    try (KafkaProducer<String, SourceText> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new StringSerializer(),
            AvroSerdes.sourceText())) {
      producer.send(new ProducerRecord<>(TOPICS.sourceTopic(), "key", record)).get();
    }
  }
}
