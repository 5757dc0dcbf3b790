package io.streamglot.app.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.streamglot.app.topology.StreamsDefaults;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A registry that fails in every way that one can; RegistryTest has one that works. */
@Timeout(30)
class SchemaRegistryTest {

  private static final String CREDENTIALS = "streamglot:pässword-83";
  private static final String SCHEMA = "{\"schema\": \"\\\"string\\\"\"}";
  private static final Duration SHORT = Duration.ofMillis(600);

  /** For a first answer on a busy machine. */
  private static final Duration SOME = Duration.ofSeconds(3);

  private static final Duration LONG = Duration.ofMinutes(1);

  private final List<HttpExchange> requests = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  /** What a request is answered with. */
  private interface Answer {
    void to(HttpExchange request) throws IOException;
  }

  /** Which takes seconds on a busy machine. */
  @BeforeAll
  static void loadTheClient() throws IOException {
    var first = new SchemaRegistryTest();
    first.start();
    first.answerWith(200, SCHEMA);
    var unused = first.registry().schema(7);
    first.stop();
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void aRegistryThatIsNotThereEndsThePatienceAndNamesItself() {
    server.stop(0);
    long begin = System.nanoTime();

    assertThatThrownBy(() -> registry(SOME).schema(7))
        .isInstanceOf(RegistryException.class)
        .hasMessage(
            "schema registry %s: expected an answer within 3000 ms, actual none: ConnectException"
                .formatted(url()));
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(SOME.minusMillis(300));
  }

  @Test
  void aRegistryThatRecoversIsAskedAgain() {
    answerInTurn(status(503, ""), status(429, "{}"), status(502, "<html>"), status(200, SCHEMA));

    assertThat(registry(LONG).schema(7)).isEqualTo(Schema.create(Schema.Type.STRING));
    assertThat(requests).hasSize(4);
  }

  @Test
  void aRegistryThatDoesNotRecoverIsNoFaultOfTheRecord() {
    answerWith(503, "{\"error_code\": 50003, \"message\": \"Forwarding failed\\nat x\"}");

    assertThatThrownBy(() -> registry(SOME).schema(7))
        .isInstanceOf(RegistryException.class)
        .hasMessage(
            "schema registry %s: expected the schema of id 7, actual status 503, Forwarding failed"
                .formatted(url()));
  }

  @Test
  void aTryThatRunsOutOfTimeDoesNotHideWhatTheRegistrySaid() {
    answerInTurn(status(503, ""), request -> {});

    assertThatThrownBy(() -> registry(SOME).schema(7))
        .isInstanceOf(RegistryException.class)
        .hasMessageEndingWith("expected the schema of id 7, actual status 503");
  }

  @Test
  void anAnswerThatDoesNotEndIsNone() {
    server.createContext(
        "/",
        request -> {
          request.sendResponseHeaders(200, 1_000);
          request.getResponseBody().write('{');
          request.getResponseBody().flush();
        });

    assertThatThrownBy(() -> registry(SHORT).schema(7))
        .isInstanceOf(RegistryException.class)
        .hasMessageEndingWith("within 600 ms, actual none: no whole answer in that time");
  }

  @ParameterizedTest
  @CsvSource({"401, Unauthorized", "403, User is denied operation", "404, No such page"})
  void aRegistryThatRefusesIsAskedOnceAndIsNoFaultOfTheRecord(int status, String message) {
    answerWith(status, "{\"error_code\": %d, \"message\": \"%s\"}".formatted(status, message));

    assertThatThrownBy(() -> registry().schema(7))
        .isInstanceOf(RegistryException.class)
        .hasMessageEndingWith("actual status %d, %s", status, message);
    assertThatThrownBy(() -> registry().id("out", Schema.create(Schema.Type.STRING)))
        .isInstanceOf(RegistryException.class)
        .hasMessageEndingWith(
            "subject out-value: expected its versions, actual status %d, %s", status, message);
    assertThat(requests).hasSize(2);
  }

  @Test
  void aPageForPeopleIsNoRegistry() {
    answerWith(200, "<html>");

    assertThatThrownBy(() -> registry().id("out", Schema.create(Schema.Type.STRING)))
        .isInstanceOf(RegistryException.class)
        .hasMessageEndingWith("expected its versions, actual status 200");
  }

  @Test
  void anIdThatTheRegistryDoesNotKnowIsTheRecordsFault() {
    answerWith(404, "{\"error_code\": 40403, \"message\": \"Schema 7 not found\"}");

    assertThatThrownBy(() -> registry().schema(7)).isInstanceOf(SerializationException.class);
  }

  @Test
  void whatIsKnownNeedsNoRegistry() {
    answerWith(200, SCHEMA);
    var registry = registry();
    var known = registry.schema(7);

    server.stop(0);

    assertThat(registry.schema(7)).isSameAs(known);
  }

  @Test
  void credentialsAreSentAsBasicAuthenticationHasThem() {
    answerWith(200, SCHEMA);

    var unused = registry().schema(7);

    assertThat(requests.get(0).getRequestHeaders().get("Authorization"))
        .containsExactly("Basic c3RyZWFtZ2xvdDpww6Rzc3dvcmQtODM="); // printf | base64
  }

  @Test
  void withoutCredentialsNoneAreSent() {
    answerWith(200, SCHEMA);

    var unused =
        new SchemaRegistry(
                new RegistrySettings(url(), Optional.empty(), SubjectNaming.TOPIC, true, Map.of()),
                LONG)
            .schema(7);

    assertThat(requests.get(0).getRequestHeaders()).doesNotContainKey("Authorization");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 401, 503})
  void noMessageHasTheCredentials(int status) {
    if (status == 0) {
      server.stop(0);
    } else {
      answerWith(status, "{}");
    }

    Throwable problem =
        catchThrowableOfType(RegistryException.class, () -> registry(SHORT).schema(7));

    for (; problem != null; problem = problem.getCause()) {
      assertThat(problem.toString())
          .doesNotContain("pässword-83")
          .doesNotContain("c3RyZWFtZ2xvdDpww6Rzc3dvcmQtODM=");
    }
    assertThat(settings().toString()).doesNotContain("pässword-83");
  }

  @Test
  void thePatienceFitsTwiceIntoATransaction() {
    var timeout =
        Long.parseLong(StreamsDefaults.with(Map.of()).getProperty("transaction.timeout.ms"));

    assertThat(RegistryApi.PATIENCE.multipliedBy(2))
        .isLessThanOrEqualTo(Duration.ofMillis(timeout));
  }

  private void answerWith(int status, String body) {
    answerInTurn(status(status, body));
  }

  /** The last one for all that follow. */
  private void answerInTurn(Answer... answers) {
    server.createContext(
        "/",
        request -> {
          requests.add(request);
          answers[Math.min(requests.size(), answers.length) - 1].to(request);
        });
  }

  private static Answer status(int status, String body) {
    return request -> {
      var bytes = body.getBytes(StandardCharsets.UTF_8);
      request.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      request.getResponseBody().write(bytes);
      request.close();
    };
  }

  private SchemaRegistry registry() {
    return registry(LONG);
  }

  private SchemaRegistry registry(Duration patience) {
    return new SchemaRegistry(settings(), patience);
  }

  private RegistrySettings settings() {
    return new RegistrySettings(
        url(), Optional.of(CREDENTIALS), SubjectNaming.TOPIC, true, Map.of());
  }

  private URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }
}
