package io.streamglot.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.streamglot.app.topology.Translators;
import io.streamglot.translator.Translation;
import io.streamglot.translator.Translator;
import io.streamglot.translator.bundle.BundleManifest;
import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.decode.DecoderSettings;
import io.streamglot.translator.decode.DecodingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What the application does when its decoder, its JVM or its Kafka fails. */
class StreamFaultsTest extends OnATopicsBroker {
  private static final Logger ROOT = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

  private static Translator real;

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @TempDir private Path folder;
  private DeadLetters clients;

  @BeforeAll
  static void load() {
    real = Models.translator(Models.bundle(CommandLineRun.SHIPPED_MODEL), new DecoderSettings(1));
  }

  @AfterAll
  static void unload() {
    real.close();
  }

  @BeforeEach
  void createTopics() throws Exception {
    for (String topic : topics.names()) {
      broker.create(topic, Map.of());
    }
    clients = new DeadLetters(broker, topics);
  }

  @AfterEach
  void close() {
    ROOT.detachAppender(log);
    clients.close();
  }

  @Test
  void aDecoderThatFailsOnEveryTextForAWhileCostsNoRecordAndNoFailure() throws Exception {
    Faulty decoder = new Faulty(2, () -> new DecodingException("no memory", null));
    try (StreamsRunner app = start(decoder)) {
      send("m1");
      send("m2");
      clients.await(topics.translations().get(0), 2);
      assertThat(app.failed()).isFalse();
      assertThat(app.streams().state()).isEqualTo(KafkaStreams.State.RUNNING);
    }
    assertThat(decoder.faults.get()).as("faults left").isZero();
    assertThat(clients.committed(topics.translations().get(0))).hasSize(2);
    assertThat(clients.committed(topics.failures())).isEmpty();
  }

  @Test
  void aDecoderThatNeverWorksEndsTheApplicationAndMakesNoFailures() throws Exception {
    Faulty decoder =
        new Faulty(Integer.MAX_VALUE, () -> new DecodingException("device is lost", null));
    log.start();
    ROOT.addAppender(log);
    try (StreamsRunner app = start(decoder)) {
      send("m1");

      assertThatThrownBy(app::await)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "stream threads: expected to work, actual failed 4 times within 5 minutes, at last:"
                  + " DecodingException: device is lost");
    }
    assertThat(clients.committed(topics.translations().get(0))).isEmpty();
    assertThat(clients.committed(topics.failures())).isEmpty();
    assertThat(log.list)
        .extracting(
            event ->
                event.getFormattedMessage()
                    + ThrowableProxyUtil.asString(event.getThrowableProxy()))
        .anyMatch(line -> line.contains("device is lost"))
        .noneMatch(line -> line.contains("love"));
  }

  @Test
  void aFullHeapEndsTheApplicationAtOnce() throws Exception {
    Faulty decoder = new Faulty(1, () -> new OutOfMemoryError("Java heap space"));
    try (StreamsRunner app = start(decoder)) {
      send("m1");

      assertThatThrownBy(app::await)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "stream threads: expected to work, actual cannot go on: OutOfMemoryError: Java heap"
                  + " space");
    }
    assertThat(clients.committed(topics.failures())).isEmpty();
  }

  @Test
  void aSourceTopicThatIsDeletedEndsTheApplicationWithALineForItsUser() throws Exception {
    try (StreamsRunner app = start(new Faulty(0, () -> null))) {
      send("m1");
      clients.await(topics.translations().get(0), 1);
      broker.delete(topics.source());

      assertThatThrownBy(app::await)
          .isInstanceOf(UserErrorException.class)
          .hasMessageContaining("expected a Kafka with its topics");
    }
  }

  @Test
  void runEndsWithExitCode2AndALineWhereKafkaLetsItNotWrite() throws Exception {
    send("m1");
    broker.deny(AclOperation.WRITE, topics);
    CommandLineRun run =
        CommandLineRun.of(
            "", "run", "--config", broker.config(topics, CommandLineRun.SHIPPED_MODEL.toString()));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errLines())
        .singleElement()
        .asString()
        .contains(
            "stream: expected a Kafka",
            "TopicAuthorizationException",
            topics.translations().get(0));
  }

  private StreamsRunner start(Translator translator) throws IOException {
    return broker.startApp(topics, new Translators(List.of(translator)), folder, Map.of());
  }

  private void send(String id) throws Exception {
    clients.send(
        new ProducerRecord<>(topics.source(), DeadLetters.KEY, DeadLetters.text(id, "fr")));
  }

  /** The real translator, which fails on every text until it was probed so often. */
  private static final class Faulty implements Translator {
    final AtomicInteger faults;
    private final Supplier<Throwable> fault;

    Faulty(int faults, Supplier<Throwable> fault) {
      this.faults = new AtomicInteger(faults);
      this.fault = fault;
    }

    @Override
    public BundleManifest manifest() {
      return real.manifest();
    }

    @Override
    public List<Translation> translate(List<String> texts, SearchOptions options) {
      if (faults.get() > 0) {
        if (texts.equals(List.of("Yes."))) {
          faults.decrementAndGet();
        }
        if (fault.get() instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) fault.get();
      }
      return real.translate(texts, options);
    }

    @Override
    public void close() {}
  }
}
