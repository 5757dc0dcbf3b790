package io.streamglot.app.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamglot.app.language.LanguageSettings;
import io.streamglot.app.ops.Monitoring;
import io.streamglot.app.topology.LanguagePair;
import io.streamglot.app.topology.Router;
import io.streamglot.app.topology.StreamsDefaults;
import io.streamglot.app.topology.TopologySettings;
import io.streamglot.app.topology.TranslationTopology;
import io.streamglot.app.topology.Translators;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.SourceText;
import io.streamglot.translator.BundleTranslator;
import io.streamglot.translator.Translation;
import io.streamglot.translator.Translator;
import io.streamglot.translator.bundle.BundleManifest;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.decode.DecoderSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus and a supervisor of the process see, over HTTP. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class MonitoringTest {

  private static final Path DASHBOARD =
      Path.of("..", "deploy", "grafana", "dashboards", "streamglot.json");

  /** A name of a metric, and what is between its braces. */
  private static final Pattern SERIES = Pattern.compile("([a-z_]+)\\{([^}]*)\\}");

  private static final Pattern LABELS = Pattern.compile("by \\(([^)]*)\\)");
  private static final Pattern MATCHERS = Pattern.compile("[a-z_]+=\"[^\"]*\"");

  private static final Duration HOUR = Duration.ofHours(1);

  private final HttpClient client = HttpClient.newHttpClient();
  private Monitoring monitoring;

  @BeforeEach
  void start() throws IOException {
    monitoring = Monitoring.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  @AfterEach
  void stop() {
    monitoring.close();
  }

  @Test
  void theApplicationIsLiveAndNotReadyBeforeItRuns() throws Exception {
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
    assertThat(get("/health/ready").statusCode()).isEqualTo(503);
    assertThat(get("/health/ready").body()).isEqualTo("not ready\n");
    assertThat(sample("streamglot_waiting_records")).isZero();
    assertThat(sample("streamglot_failures_total{reason=\"undecodable\"}")).isZero();
  }

  @Test
  void whatPrometheusGetsSaysItsFormat() throws Exception {
    assertThat(get("/metrics").headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    assertThat(get("/metrics").body())
        .contains(
            """
            # HELP streamglot_batch_records Records that were translated at once.
            # TYPE streamglot_batch_records histogram
            """);
  }

  @Test
  void otherPathsAndMethodsAreRefused() throws Exception {
    assertThat(get("/").statusCode()).isEqualTo(404);
    assertThat(get("/metrics/x").statusCode()).isEqualTo(404);
    assertThat(send(request("/metrics").POST(BodyPublishers.noBody())).statusCode()).isEqualTo(405);

    var head = send(request("/health/live").method("HEAD", BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }

  @Test
  void everyRecordIsCountedAndAStoppedApplicationIsNotReady(@TempDir Path folder) throws Exception {
    var bundle = ModelBundle.open(Model.FOLDER);
    try (var broker = Broker.start(folder.resolve("broker"), 1);
        var translators =
            new Translators(List.of(BundleTranslator.open(bundle, DecoderSettings.DEFAULT)));
        var streams = streams(broker, translators, folder)) {
      streams.start();
      monitoring.watch(streams, Broker.SOURCE);
      while (get("/health/ready").statusCode() != 200) {
        Thread.sleep(20); // the timeout of the test ends it
      }

      translateThreeAndFailOnce(broker);

      assertThat(sample("streamglot_translations_total{source=\"en\",target=\"fr\"}")).isEqualTo(3);
      assertThat(sample("streamglot_tokens_total"))
          .isEqualTo(tokens(translators, "I love you.", "How are you?", "Where is the station?"));
      assertThat(sample("streamglot_failures_total{reason=\"undecodable\"}")).isEqualTo(1);
      assertThat(sample("streamglot_failures_total{reason=\"too_large\"}")).isZero();
      assertThat(sample("streamglot_batch_records_sum")).isEqualTo(4);
      assertThat(sample("streamglot_batch_records_count")).isBetween(1.0, 4.0);
      assertThat(sample("streamglot_batch_wait_seconds_count"))
          .isEqualTo(sample("streamglot_batch_records_count"));
      assertThat(sample("streamglot_batch_translation_seconds_sum")).isPositive();
      assertThat(sample("streamglot_waiting_records")).isZero();
      assertThat(sample("streamglot_end_to_end_latency_seconds_count")).isEqualTo(4);
      assertThat(sample("streamglot_end_to_end_latency_seconds_bucket{le=\"10.0\"}")).isEqualTo(3);
      assertThat(sample("streamglot_end_to_end_latency_seconds_sum"))
          .isBetween((double) HOUR.toSeconds(), HOUR.toSeconds() + 120.0);
      assertThat(sample("streamglot_lag_records")).isZero();
      assertThat(get("/metrics").body())
          .contains("\nkafka_stream_thread_process_total{")
          .contains("\nkafka_producer_record_send_total{")
          .contains("\nkafka_consumer_fetch_manager_records_consumed_total{")
          .doesNotContain("love");
      assertDashboardShowsOnly(get("/metrics").body());
      assertDashboardShowsEach(get("/metrics").body());

      assertThat(streams.close(Duration.ofSeconds(30))).isTrue();
      assertThat(get("/health/ready").statusCode()).isEqualTo(503);
      assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }
  }

  /** Every metric that the dashboard asks for is there, with each label that it asks for. */
  private static void assertDashboardShowsOnly(String metrics) throws IOException {
    List<String> queries = new ObjectMapper().readTree(DASHBOARD.toFile()).findValuesAsText("expr");
    assertThat(queries).hasSizeGreaterThan(20);
    for (var query : queries) {
      var series = SERIES.matcher(query).results().toList();
      assertThat(series).as(query).isNotEmpty();
      var grouped =
          LABELS.matcher(query).results().flatMap(by -> Stream.of(by.group(1).split(", ")));
      var asked = grouped.toList();
      for (var one : series) {
        var labels =
            Stream.concat(
                    asked.stream(),
                    MATCHERS.matcher(one.group(2)).results().map(MatchResult::group))
                .filter(label -> !label.startsWith("instance")) // Prometheus adds it
                .toList();
        assertThat(metrics.lines())
            .as(query)
            .anyMatch(
                line ->
                    line.matches(one.group(1) + "[ {].*")
                        && labels.stream().allMatch(line::contains));
      }
    }
  }

  /** Every metric of ours is asked for. */
  private static void assertDashboardShowsEach(String metrics) throws IOException {
    var queries =
        String.join(" ", new ObjectMapper().readTree(DASHBOARD.toFile()).findValuesAsText("expr"));
    var names =
        Pattern.compile("(?m)^# TYPE (streamglot_\\w+?)(_max)? ")
            .matcher(metrics)
            .results()
            .map(type -> type.group(1));
    assertThat(names).hasSizeGreaterThan(8).allSatisfy(name -> assertThat(queries).contains(name));
  }

  @Test
  void aSpareInstanceIsReadyWithoutPartitions(@TempDir Path folder) throws Exception {
    var bundle = ModelBundle.open(Model.FOLDER);
    try (var broker = Broker.start(folder.resolve("broker"), 1);
        var translators =
            new Translators(List.of(BundleTranslator.open(bundle, DecoderSettings.DEFAULT)));
        var first = streams(broker, translators, folder.resolve("first"));
        var second = streams(broker, translators, folder.resolve("second"))) {
      first.start();
      awaitTasks(1, first);
      second.start();
      monitoring.watch(second, Broker.SOURCE);
      while (get("/health/ready").statusCode() != 200) {
        Thread.sleep(20); // the timeout of the test ends it
      }
      awaitTasks(1, first, second);
      assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }
  }

  private static void awaitTasks(int count, KafkaStreams... instances) throws Exception {
    while (Stream.of(instances)
            .flatMap(instance -> instance.metadataForLocalThreads().stream())
            .mapToInt(thread -> thread.activeTasks().size())
            .sum()
        != count) {
      Thread.sleep(20); // the timeout of the test ends it
    }
  }

  @Test
  void anApplicationWhoseThreadFailedIsNeitherLiveNorReady(@TempDir Path folder) throws Exception {
    var broken = new Broken(ModelBundle.open(Model.FOLDER).manifest());
    try (var broker = Broker.start(folder.resolve("broker"), 1);
        var translators = new Translators(List.of(broken));
        var streams = streams(broker, translators, folder);
        var producer = broker.producer()) {
      streams.setUncaughtExceptionHandler(problem -> StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
      streams.start();
      monitoring.watch(streams, Broker.SOURCE);
      assertThat(get("/health/live").body()).isEqualTo("live\n");

      producer.send(record(System.currentTimeMillis(), text("I love you."))).get();
      while (get("/health/live").statusCode() != 503) {
        Thread.sleep(20); // the timeout of the test ends it
      }
      assertThat(get("/health/ready").statusCode()).isEqualTo(503);
    }
  }

  /** A defect of the application, not of a text. */
  private record Broken(BundleManifest manifest) implements Translator {
    @Override
    public List<Translation> translate(List<String> texts, SearchOptions options) {
      throw new IllegalStateException("broken");
    }

    @Override
    public void close() {}
  }

  private KafkaStreams streams(Broker broker, Translators translators, Path folder) {
    return new KafkaStreams(
        TranslationTopology.build(
            TopologySettings.defaults(),
            translators,
            new Router(translators.pairs(), LanguageSettings.defaults()),
            monitoring.listener()),
        StreamsDefaults.with(
            Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "state.dir",
                folder.resolve("state").toString())));
  }

  /** Sends three texts, one of them an hour old, and a record that is none; waits for the four. */
  private static void translateThreeAndFailOnce(Broker broker) throws Exception {
    long now = System.currentTimeMillis();
    try (var producer = broker.producer();
        var consumer = broker.committed(Broker.TRANSLATIONS, Broker.FAILURES)) {
      producer.send(record(now - HOUR.toMillis(), text("I love you."))).get();
      producer.send(record(now, text("How are you?"))).get();
      producer.send(record(now, "Hello".getBytes(StandardCharsets.UTF_8))).get();
      producer.send(record(now, text("Where is the station?"))).get();
      int answers = 0;
      while (answers < 4) {
        answers += consumer.poll(Duration.ofMillis(20)).count();
      }
    }
  }

  private static double tokens(Translators translators, String... texts) {
    var translator = translators.models(new LanguagePair("en", "fr")).serving();
    return translator.translate(List.of(texts)).stream().mapToInt(Translation::tokens).sum();
  }

  private static ProducerRecord<String, byte[]> record(long timestamp, byte[] value) {
    return new ProducerRecord<>(Broker.SOURCE, 0, timestamp, "room", value);
  }

  private static byte[] text(String text) {
    return AvroSerdes.sourceText()
        .serialize(
            Broker.SOURCE,
            new SourceText(
                "1",
                text,
                "en",
                List.of("fr"),
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                Map.of(),
                List.of()));
  }

  private double sample(String series) throws Exception {
    return get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + series));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(request(path).GET());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + monitoring.address().getPort() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
