package io.streamglot.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.app.topics.AppTopics;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.FailureReason;
import io.streamglot.schemas.Translation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command that speaks with Kafka, on one that takes TLS and a password. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(120)
class SecuredKafkaTest {
  private static final String TRANSLATIONS = "translations";
  private static final AppTopics TOPICS =
      new AppTopics("source-text", List.of(TRANSLATIONS), "translation-failures");

  private static final String WRONG_PASSWORD = "guess-59";

  private Path folder;
  private SecuredBroker broker;

  @BeforeAll
  void startBroker(@TempDir Path shared) throws Exception {
    folder = shared;
    broker = new SecuredBroker(Files.createDirectories(folder.resolve("secured")), 10);
    broker.createUser();
  }

  @AfterAll
  void stopBroker() {
    broker.close();
  }

  @AfterEach
  void logQuietlyAgain() {
    Logging.configure(false);
  }

  @Test
  void topicsRunAndRetryGetThroughWithAPasswordFromAFileOrTheEnvironment() throws Exception {
    Path secrets =
        Files.writeString(folder.resolve("secrets"), "password=" + SecuredBroker.PASSWORD + "\n");
    String config =
        config(
            broker,
            "config.providers=file,env",
            "config.providers.file.class=org.apache.kafka.common.config.provider.FileConfigProvider",
            "config.providers.file.param.allowed.paths=" + secrets,
            "config.providers.env.class=org.apache.kafka.common.config.provider.EnvVarConfigProvider",
            "sasl.jaas.config=" + SecuredBroker.jaas("${file:" + secrets + ":password}"));
    assertDone(CommandLineRun.of("", "topics", "create", "--config", config));

    Map<String, Object> client = new HashMap<>(broker.clientSettings());
    client.put("sasl.jaas.config", SecuredBroker.jaas(SecuredBroker.PASSWORD));
    try (DeadLetters clients = new DeadLetters(client, TOPICS)) {
      clients.add(
          clients.failure(
              "fr",
              FailureReason.TRANSLATION_FAILED,
              Instant.now(),
              DeadLetters.text("retried", "fr")));
      CommandLineRun retry = CommandLineRun.of("", "retry", "--config", config);
      assertDone(retry);
      assertThat(retry.outLines()).contains("retried: 1");

      clients.send(
          new ProducerRecord<>(TOPICS.source(), DeadLetters.KEY, DeadLetters.text("sent", "fr")));
      ProcessBuilder run = ProgramProcess.builder(folder, "run", "--debug", "--config", config);
      run.environment().put("KAFKA_SASL_JAAS_CONFIG", SecuredBroker.jaas("${env:SASL_PASSWORD}"));
      run.environment().put("SASL_PASSWORD", SecuredBroker.PASSWORD);
      Path log = folder.resolve("log");
      Process program = run.redirectError(log.toFile()).start();
      try {
        clients.await(TRANSLATIONS, 2);
        program.destroy();
        assertThat(program.waitFor()).isZero();
      } finally {
        program.destroyForcibly();
      }
      assertThat(Files.readString(log))
          .contains("sasl.jaas.config = [hidden]")
          .doesNotContain(SecuredBroker.PASSWORD);
      assertThat(clients.committed(TRANSLATIONS))
          .extracting(record -> AvroSerdes.translation().deserialize(null, record.value()))
          .extracting(Translation::getMessageId)
          .containsExactlyInAnyOrder("retried", "sent");
    }
  }

  @Test
  void aWrongPasswordEndsTheProgramSoonWithOneLineWithoutIt() throws Exception {
    Instant start = Instant.now();
    Process program =
        ProgramProcess.builder(folder, "run", "--config", withWrongPassword()).start();

    assertThat(program.errorReader(StandardCharsets.UTF_8).lines())
        .containsExactly("streamglot run: " + unknownUser());
    assertThat(program.waitFor()).isEqualTo(2);
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(15));
  }

  @ParameterizedTest
  @ValueSource(strings = {"topics create", "retry"})
  void aWrongPasswordIsOneLineOfEveryCommand(String command) throws Exception {
    assertThat(refusal(command, withWrongPassword()))
        .isEqualTo("streamglot %s: %s".formatted(command, unknownUser()));
  }

  @Test
  void noPasswordShowsInTheStackTraceEither() throws Exception {
    Process program =
        ProgramProcess.builder(folder, "run", "--debug", "--config", withWrongPassword()).start();

    assertThat(program.errorReader(StandardCharsets.UTF_8).lines())
        .anyMatch(line -> line.startsWith("\tat "))
        .noneMatch(line -> line.contains(WRONG_PASSWORD));
  }

  private String withWrongPassword() throws Exception {
    return config(broker, "sasl.jaas.config=" + SecuredBroker.jaas(WRONG_PASSWORD));
  }

  private String unknownUser() {
    return "sasl.mechanism, sasl.jaas.config: expected a user and password that the Kafka at '%s'"
            .formatted(broker.clientSettings().get("bootstrap.servers"))
        + " knows, actual: Authentication failed during authentication due to invalid credentials"
        + " with SASL mechanism SCRAM-SHA-512";
  }

  @Test
  void aCertificateThatHasExpiredIsOneLine() throws Exception {
    Path place = Files.createDirectories(folder.resolve("expired"));
    try (SecuredBroker expired = new SecuredBroker(place, 1)) {
      String config =
          config(expired, "sasl.jaas.config=" + SecuredBroker.jaas(SecuredBroker.PASSWORD));

      assertThat(refusal("run", config))
          .startsWith(
              "streamglot run: security.protocol, ssl.truststore.*: expected that the Kafka at '%s'"
                      .formatted(expired.clientSettings().get("bootstrap.servers"))
                  + " speaks TLS with a valid certificate that is trusted here, actual:"
                  + " CertificateExpiredException: NotAfter: ");
    }
  }

  @Test
  void aCertificateOfAnUnknownAuthorityIsOneLine() throws Exception {
    List<String> settings = new ArrayList<>(Files.readAllLines(Path.of(config(broker))));
    settings.removeIf(line -> line.startsWith("ssl.truststore."));

    assertDistrusted(
        settings,
        "SunCertPathBuilderException: unable to find valid certification path to requested target");
  }

  @Test
  void aCertificateOfAnotherHostIsOneLine() throws Exception {
    List<String> settings = new ArrayList<>(Files.readAllLines(Path.of(config(broker))));
    settings.replaceAll(line -> line.replace("=127.0.0.1:", "=localhost:"));

    assertDistrusted(settings, "CertificateException: No name matching localhost found");
  }

  private void assertDistrusted(List<String> settings, String actual) throws Exception {
    Path config = Files.write(folder.resolve("other.properties"), settings);

    assertThat(refusal("run", config.toString()))
        .startsWith("streamglot run: security.protocol, ssl.truststore.*: expected")
        .endsWith("actual: " + actual);
  }

  /** The one line of a command that cannot do its work. */
  private static String refusal(String command, String config) {
    CommandLineRun run = CommandLineRun.of("", (command + " --config " + config).split(" "));

    assertThat(run.errLines()).hasSize(1);
    assertThat(run.exitCode()).isEqualTo(2);
    return run.errLines().get(0);
  }

  private static void assertDone(CommandLineRun run) {
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
  }

  private String config(SecuredBroker kafka, String... more) throws Exception {
    List<String> lines = new ArrayList<>(List.of(more));
    kafka.clientSettings().forEach((key, value) -> lines.add(key + "=" + value));
    if (more.length == 0) {
      lines.add("sasl.jaas.config=" + SecuredBroker.jaas(SecuredBroker.PASSWORD));
    }
    lines.add("streamglot.models=" + CommandLineRun.SHIPPED_MODEL);
    lines.add("streamglot.http.port=0");
    lines.add("state.dir=" + folder.resolve("state"));
    return Files.write(folder.resolve("app.properties"), lines).toString();
  }
}
