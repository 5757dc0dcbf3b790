package io.streamglot.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user sees of the settings before anything is started. */
class ConfigCommandTest {
  @TempDir private Path folder;

  @Test
  void printsEverySettingWithTheValueThatRunWouldHave() throws IOException {
    CommandLineRun run =
        config(
            Map.of("STREAMGLOT_BATCH_LINGER_MS", "7"),
            "streamglot.preset=throughput",
            "commit.interval.ms=300");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    for (Setting setting : Setting.values()) {
      assertThat(run.outLines()).anyMatch(line -> line.startsWith(setting.key() + "="));
    }
    assertThat(run.outLines())
        .contains(
            "streamglot.models=src",
            "streamglot.batch.linger.ms=7",
            "streamglot.batch.max.tokens=16384",
            "bootstrap.servers=a:1",
            "commit.interval.ms=300",
            "compression.type=lz4",
            "transaction.timeout.ms=10000")
        .doesNotHaveDuplicates();
  }

  @Test
  void explainSaysOfEachWhereItComesFromAndWhatItExpects() throws IOException {
    CommandLineRun run =
        config(
            Map.of("STREAMGLOT_BATCH_LINGER_MS", "7"),
            "--explain",
            "streamglot.preset=throughput",
            "my.plugin.url=http://x");

    assertThat(run.out())
        .contains(
            """
            streamglot.models=src
                from: file
                expects: folders of model bundles, separated by commas
            """,
            """
            streamglot.batch.linger.ms=7
                from: STREAMGLOT_BATCH_LINGER_MS
                expects: a whole number from 1 to 60000
            """,
            """
            streamglot.batch.max.records=256
                from: preset throughput
                expects: a whole number from 1 to 10000
            """,
            """
            linger.ms=20
                from: preset throughput
                expects: long, [0,...]
            """,
            """
            streamglot.topic.source=source-text
                from: default
            """,
            """
            transaction.timeout.ms=10000
                from: default
                expects: int
            """,
            """
            my.plugin.url=[hidden]
                from: file
                expects: what a plug-in takes, for Kafka does not know it
            """);
  }

  @Test
  void secretsAreHidden() throws IOException {
    Path provided = Files.writeString(folder.resolve("provided"), "id=hush-83\n");
    CommandLineRun run =
        config(
            Map.of("KAFKA_CONSUMER_SSL_KEYSTORE_KEY", "hush-83"),
            "--explain",
            "sasl.jaas.config=Module required password=\"hush-83\";",
            "ssl.key.password=hush-83",
            "vault.token=hush-83",
            "config.providers=file",
            "config.providers.file.class=org.apache.kafka.common.config.provider.FileConfigProvider",
            "client.id=${file:" + provided + ":id}");

    assertThat(run.exitCode()).isZero();
    assertThat(run.outLines())
        .contains(
            "sasl.jaas.config=[hidden]",
            "ssl.key.password=[hidden]",
            "consumer.ssl.keystore.key=[hidden]",
            "vault.token=[hidden]",
            "client.id=[hidden]",
            "    from: file, filled in by a config provider");
    assertThat(run.out() + run.err()).doesNotContain("hush-83");
  }

  @Test
  void settingsThatKafkaDoesNotKnowAreNamedAndTakenAllTheSame() throws IOException {
    CommandLineRun run =
        config(
            Map.of("KAFKA_PRODUCER_LINGER_MSS", "5", "KAFKA_HEAP_OPTS", "-Xmx1g"),
            "comit.interval.ms=5",
            "consumer.sasl.mechansim=PLAIN",
            "my.plugin.url=hush-83",
            "topic.retention.ms=1000",
            "streamglot.text.keep=x");

    assertThat(run.exitCode()).isZero();
    assertThat(run.outLines()).contains("comit.interval.ms=[hidden]", "my.plugin.url=[hidden]");
    assertThat(run.errLines())
        .containsExactly(
            "streamglot config: warning: settings that Kafka does not know, left to plug-ins:"
                + " comit.interval.ms (commit.interval.ms?), consumer.sasl.mechansim"
                + " (sasl.mechanism?), my.plugin.url",
            "streamglot config: warning: variables of settings that Kafka does not know, not read:"
                + " KAFKA_PRODUCER_LINGER_MSS (linger.ms?)");
  }

  @Test
  void aMisspeltNameIsNamedBesideTheSettingThatIsMissing() throws IOException {
    Files.write(
        folder.resolve("app.properties"), List.of("bootstrap.server=a:1", "streamglot.models=src"));
    CommandLineRun run =
        CommandLineRun.of("", "config", "--config", folder.resolve("app.properties").toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errLines())
        .containsExactly(
            "streamglot config: bootstrap.servers: expected host:port of Kafka brokers, with commas"
                + " between them, actual not set",
            "streamglot config: settings that Kafka does not know, left to plug-ins:"
                + " bootstrap.server (bootstrap.servers?)");
  }

  @Test
  void configProvidersMayBeNamedByTheEnvironmentAlone() throws IOException {
    Path provided = Files.writeString(folder.resolve("provided"), "id=hush-83\n");
    CommandLineRun run =
        config(
            Map.of(
                "KAFKA_CONFIG_PROVIDERS", "file",
                "KAFKA_CONFIG_PROVIDERS_FILE_CLASS",
                    "org.apache.kafka.common.config.provider.FileConfigProvider",
                "KAFKA_CLIENT_ID", "${file:" + provided + ":id}"),
            "--explain");

    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains(
            """
            client.id=[hidden]
                from: KAFKA_CLIENT_ID, filled in by a config provider
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "streamglot.registry.credentials, [hidden]",
    "streamglot.models, me:hush-83",
    "sasl.jaas.config, [hidden]",
    "restore.consumer.ssl.key.password, [hidden]",
    "client.id, me:hush-83"
  })
  void aValueIsShownUnlessItsSettingIsForSecrets(String key, String shown) {
    assertThat(new UserSettings.Value("me:hush-83", null, false).shown(key)).isEqualTo(shown);
    assertThat(new UserSettings.Value("me:hush-83", null, true).shown(key)).isEqualTo("[hidden]");
  }

  @Test
  void whatIsWrongIsALineEachAndNothingIsPrinted() throws IOException {
    CommandLineRun run =
        config(Map.of(), "streamglot.preset=fast", "producer.linger.ms=long", "streamglot.x=1");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.errLines()).hasSize(3).allMatch(line -> line.startsWith("streamglot config: "));
  }

  /** Runs the command; arguments that begin with a dash are flags, the others lines of the file. */
  private CommandLineRun config(Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> lines = new ArrayList<>(List.of("bootstrap.servers=a:1", "streamglot.models=src"));
    List<String> command = new ArrayList<>(List.of("config", "--config"));
    command.add(folder.resolve("app.properties").toString());
    for (String argument : arguments) {
      (argument.startsWith("-") ? command : lines).add(argument);
    }
    Files.write(folder.resolve("app.properties"), lines);
    return CommandLineRun.of(new byte[0], environment, command.toArray(String[]::new));
  }
}
