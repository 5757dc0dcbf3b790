package io.streamglot.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.streamglot.app.format.Formats;
import io.streamglot.app.format.RegistrySettings;
import io.streamglot.app.format.SubjectNaming;
import io.streamglot.app.format.ValueFormat;
import io.streamglot.app.language.LanguageSettings;
import io.streamglot.app.topology.TopologySettings;
import io.streamglot.translator.decode.DecoderDevice;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunSettingsReaderTest {
  private static final Map<String, String> NO_VARIABLES = Map.of();

  @TempDir private Path folder;

  @Test
  void twoSettingsAreEnoughAndTheRestHasDefaults() throws IOException {
    RunSettings settings = read(NO_VARIABLES, "bootstrap.servers=a:1", "streamglot.models=src");

    assertThat(settings.models()).containsExactly(Path.of("src"));
    assertThat(settings.topology()).isEqualTo(TopologySettings.defaults());
    assertThat(settings.languages()).isEqualTo(LanguageSettings.defaults());
    assertThat(settings.decoder().threads()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(settings.decoder().device()).isEqualTo(DecoderDevice.AUTO);
    assertThat(settings.decoder().shortlist()).isTrue();
    assertThat(settings.http())
        .contains(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9464));
    assertThat(settings.jsonLog()).isFalse();
    assertThat(settings.kafka()).isEqualTo(Map.of("bootstrap.servers", "a:1"));
  }

  @Test
  void languagesAreFoundAsTheSettingsSay() throws IOException {
    RunSettings settings =
        read(
            Map.of("STREAMGLOT_LANGUAGE_DEFAULT", "pt-BR"),
            "bootstrap.servers=a:1",
            "streamglot.models=src",
            "streamglot.language.detection=off",
            "streamglot.language.min.confidence=0.2",
            "streamglot.topic.translations=out.{language}");

    assertThat(settings.languages())
        .isEqualTo(new LanguageSettings(false, 0.2, Optional.of("pt-BR")));
    assertThat(settings.topology().translationsTopic()).isEqualTo("out.{language}");
  }

  @Test
  void metricsAreServedWhereTheSettingsSay() throws IOException {
    RunSettings settings =
        read(
            Map.of("STREAMGLOT_HTTP_PORT", "0"),
            "bootstrap.servers=a:1",
            "streamglot.models=src",
            "streamglot.http.host=0.0.0.0",
            "streamglot.http.port=80");

    assertThat(settings.http()).contains(new InetSocketAddress("0.0.0.0", 0));
  }

  @Test
  void metricsAreNotServedWhereTheyAreOff() throws IOException {
    RunSettings settings =
        read(
            NO_VARIABLES,
            "bootstrap.servers=a:1",
            "streamglot.models=src",
            "streamglot.http.enabled=off");

    assertThat(settings.http()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"text, false", "json, true"})
  void theLogIsTextOrJson(String text, boolean json) throws IOException {
    RunSettings settings =
        read(
            NO_VARIABLES,
            "bootstrap.servers=a:1",
            "streamglot.models=src",
            "streamglot.log.format=" + text);

    assertThat(settings.jsonLog()).isEqualTo(json);
  }

  @Test
  void aHostWithoutAnAddressIsRefused() throws IOException {
    assertThat(
            problems(
                NO_VARIABLES,
                "bootstrap.servers=a:1",
                "streamglot.models=src",
                "streamglot.http.host=no-such-host.invalid"))
        .containsExactly(
            "streamglot.http.host: expected a host name or an IP address, actual"
                + " 'no-such-host.invalid'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "auto", "cuda:1"})
  void theDecoderComputesOnTheDeviceThatIsSet(String text) throws IOException {
    RunSettings settings =
        read(
            Map.of("STREAMGLOT_DECODER_DEVICE", text),
            "bootstrap.servers=a:1",
            "streamglot.models=src");

    assertThat(settings.decoder().device()).isEqualTo(DecoderDevice.parse(text));
  }

  @ParameterizedTest
  @CsvSource({"on, true", "off, false"})
  void theShortlistIsUsedUnlessItIsOff(String text, boolean used) throws IOException {
    RunSettings settings =
        read(
            NO_VARIABLES,
            "bootstrap.servers=a:1",
            "streamglot.models=src",
            "streamglot.decoder.shortlist=" + text);

    assertThat(settings.decoder().shortlist()).isEqualTo(used);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 3", "256, 256"})
  void decoderThreadsMayBeANumber(String text, int threads) throws IOException {
    RunSettings settings =
        read(
            NO_VARIABLES,
            "bootstrap.servers=a:1",
            "streamglot.models=src",
            "streamglot.decoder.threads=" + text);

    assertThat(settings.decoder().threads()).isEqualTo(threads);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "257", "Auto", "1.5", "many"})
  void otherDecoderThreadsAreRefused(String text) throws IOException {
    assertThat(
            problems(
                NO_VARIABLES,
                "bootstrap.servers=a:1",
                "streamglot.models=src",
                "streamglot.decoder.threads=" + text))
        .containsExactly(
            "streamglot.decoder.threads: expected auto or a whole number from 1 to 256,"
                + " actual '"
                + text
                + "'");
  }

  @Test
  void everyOtherSettingPassesThroughToKafka() throws IOException {
    RunSettings settings =
        read(
            NO_VARIABLES,
            "bootstrap.servers=a:1",
            "streamglot.models=src",
            "application.id=chat",
            "producer.linger.ms=7",
            "topic.segment.bytes=1048576",
            "my.interceptor.url=http://x");

    assertThat(settings.kafka())
        .containsEntry("application.id", "chat")
        .containsEntry("producer.linger.ms", "7")
        .containsEntry("topic.segment.bytes", "1048576")
        .containsEntry("my.interceptor.url", "http://x")
        .doesNotContainKey("streamglot.models");
  }

  @Test
  void kafkaStreamsOwnGroupProtocolPasses() throws IOException {
    RunSettings settings =
        read(
            NO_VARIABLES,
            "bootstrap.servers=a:1",
            "streamglot.models=src",
            "group.protocol=streams");

    assertThat(settings.kafka()).containsEntry("group.protocol", "streams");
  }

  @Test
  void environmentVariablesOverrideTheFile() throws IOException {
    RunSettings settings =
        read(
            Map.of(
                "STREAMGLOT_BATCH_MAX_RECORDS", "7",
                "STREAMGLOT_TOPIC_SOURCE", "chat",
                "KAFKA_BOOTSTRAP_SERVERS", "b:2",
                "KAFKA_PRODUCER_LINGER_MS", "3"),
            "bootstrap.servers=a:1",
            "streamglot.models=src",
            "streamglot.batch.max.records=9");

    assertThat(settings.topology().maxBatchRecords()).isEqualTo(7);
    assertThat(settings.topology().sourceTopic()).isEqualTo("chat");
    assertThat(settings.kafka())
        .isEqualTo(Map.of("bootstrap.servers", "b:2", "producer.linger.ms", "3"));
  }

  @Test
  void variablesThatAreNoSettingsAreLeftAlone() throws IOException {
    RunSettings settings =
        read(
            Map.of(
                "KAFKA_HEAP_OPTS", "-Xmx1g",
                "KAFKA_PORT", "tcp://10.0.0.1:9092",
                "KAFKA_", "x",
                "STREAMGLOT_JAVA_OPTS", "-Xmx1g",
                "STREAMGLOT_SERVICE_HOST", "10.0.0.2",
                "STREAMGLOT_PORT_80_TCP", "tcp://10.0.0.2:80"),
            "bootstrap.servers=a:1",
            "streamglot.models=src");

    assertThat(settings.kafka()).isEqualTo(Map.of("bootstrap.servers", "a:1"));
  }

  @Test
  void allProblemsAreReportedAtOnceWithKeyValueAndExpectation() throws IOException {
    List<String> problems =
        problems(
            Map.of("STREAMGLOT_BATCH_LINGER_MS", "soon"),
            "streamglot.models=src, no/such/folder",
            "streamglot.topic.source=a b",
            "streamglot.topic.translations=same",
            "streamglot.topic.failures=same",
            "streamglot.batch.max.records=0",
            "streamglot.batch.max.bytes=1e9",
            "streamglot.batch.max.tokens=0",
            "streamglot.preset=fast",
            "streamglot.decoder.threads=",
            "streamglot.decoder.device=gpu",
            "streamglot.decoder.shortlist=maybe",
            "streamglot.http.enabled=yes",
            "streamglot.http.host=",
            "streamglot.http.port=65536",
            "streamglot.log.format=xml",
            "streamglot.batch.max.recods=8",
            "producer.linger.ms=long",
            "processing.guarantee=twice");

    assertThat(problems)
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).contains("streamglot.models", "folder", "no/such/folder"),
            line -> assertThat(line).contains("streamglot.topic.source", "topic name", "'a b'"),
            line -> assertThat(line).contains("three different topics", "'same', 'same'"),
            line -> assertThat(line).contains("streamglot.batch.max.records", "1 to 10000", "'0'"),
            line -> assertThat(line).contains("streamglot.batch.max.bytes", "'1e9'"),
            line -> assertThat(line).contains("streamglot.batch.max.tokens", "1 to 10000000"),
            line -> assertThat(line).contains("streamglot.preset", "chat or throughput", "'fast'"),
            line ->
                assertThat(line)
                    .contains("streamglot.batch.linger.ms", "'soon'")
                    .contains("STREAMGLOT_BATCH_LINGER_MS"),
            line -> assertThat(line).contains("streamglot.decoder.threads", "''"),
            line -> assertThat(line).contains("streamglot.decoder.device", "cuda:N", "'gpu'"),
            line ->
                assertThat(line).contains("streamglot.decoder.shortlist", "on or off", "'maybe'"),
            line -> assertThat(line).contains("streamglot.http.enabled", "on or off", "'yes'"),
            line -> assertThat(line).contains("streamglot.http.host", "IP address", "''"),
            line -> assertThat(line).contains("streamglot.log.format", "text or json", "'xml'"),
            line -> assertThat(line).contains("streamglot.http.port", "0 to 65535", "'65536'"),
            line -> assertThat(line).contains("streamglot.batch.max.recods", "unknown key"),
            line -> assertThat(line).contains("bootstrap.servers", "not set"),
            line -> assertThat(line).contains("producer.linger.ms", "type LONG", "'long'"),
            line ->
                assertThat(line).contains("processing.guarantee", "exactly_once_v2", "'twice'"));
  }

  @Test
  void aPresetGivesDefaultsThatTheirOwnSettingsReplace() throws IOException {
    RunSettings settings =
        read(
            Map.of("STREAMGLOT_BATCH_LINGER_MS", "7"),
            "bootstrap.servers=a:1",
            "streamglot.models=src",
            "streamglot.preset=throughput",
            "streamglot.batch.max.records=100",
            "commit.interval.ms=300");

    assertThat(settings.topology().maxBatchRecords()).isEqualTo(100);
    assertThat(settings.topology().maxBatchTokens()).isEqualTo(16_384);
    assertThat(settings.topology().linger()).hasMillis(7);
    assertThat(settings.kafka())
        .containsEntry("commit.interval.ms", "300")
        .containsEntry("compression.type", "lz4");
  }

  @Test
  void withoutAPresetTheDefaultsAreThoseOfAChat() throws IOException {
    RunSettings settings = read(NO_VARIABLES, "bootstrap.servers=a:1", "streamglot.models=src");

    assertThat(settings.topology()).isEqualTo(TopologySettings.defaults());
    assertThat(settings.kafka()).containsOnlyKeys("bootstrap.servers");
  }

  @Test
  void misspeltNamesAreRefusedWithThoseThatBeginMostLikeThem() throws IOException {
    assertThat(
            problems(
                Map.of("STREAMGLOT_BATCH_MAX_RECODS", "8", "STREAMGLOT_MODEL", "src"),
                "bootstrap.servers=a:1",
                "streamglot.models=src",
                "streamglot.zzz=1"))
        .containsExactly(
            "STREAMGLOT_BATCH_MAX_RECODS: expected a setting such as STREAMGLOT_BATCH_MAX_RECORDS,"
                + " actual an unknown variable",
            "STREAMGLOT_MODEL: expected a setting such as STREAMGLOT_MODELS, STREAMGLOT_MODELS_LOAD,"
                + " actual an unknown variable",
            "streamglot.zzz: expected a setting that README.md lists, actual an unknown key");
  }

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          processing.guarantee | exactly_once  | exactly_once_v2 or at_least_once
          num.stream.threads   | 0             | a whole number from 1
          num.stream.threads   | many          | a whole number from 1
          application.id       | bad id!       | characters
          max.request.size     | 1048576       | a whole number from 2097152
          producer.max.request.size | 2097151  | a whole number from 2097152
          default.key.serde    | no.Such       | a value that Kafka takes
          bootstrap.servers    | localhost     | host:port of Kafka brokers, with commas between them
          bootstrap.servers    | a:1,b         | host:port
          bootstrap.servers    | a:99999       | host:port
          bootstrap.servers    | ,             | host:port
          admin.bootstrap.servers | b          | host:port
          streamglot.language.detection | yes      | on or off
          streamglot.language.min.confidence | 1.5 | a number from 0 to 1
          streamglot.language.min.confidence | NaN | a number from 0 to 1
          streamglot.language.default | en_US      | a BCP 47 tag such as en, or none
          streamglot.topic.translations | a-{lang} | a topic name of 1 to 249 characters
          """)
  void valuesThatCannotWorkAreRefused(String key, String value, String expected)
      throws IOException {
    assertThat(
            problems(
                NO_VARIABLES, "bootstrap.servers=a:1", "streamglot.models=src", key + "=" + value))
        .singleElement()
        .asString()
        .startsWith(key + ": expected ")
        .contains(expected, "actual '" + value + "'");
  }

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource({
    "processing.guarantee,exactly_once_v2",
    "processing.guarantee,at_least_once",
    "num.stream.threads,1",
    "max.request.size,2097152",
    "application.id,a-B_1.c",
    "bootstrap.servers,'a:1, [::1]:9092'",
    "commit.interval.ms,10000"
  })
  void valuesThatWorkAreAccepted(String key, String value) throws IOException {
    assertThat(
            read(NO_VARIABLES, "bootstrap.servers=a:1", "streamglot.models=src", key + "=" + value)
                .kafka())
        .containsEntry(key, value);
  }

  @Test
  void valuesThatDoNotFitEachOtherAreRefused() throws IOException {
    assertThat(
            problems(
                NO_VARIABLES,
                "bootstrap.servers=a:1",
                "streamglot.models=src",
                "commit.interval.ms=10001",
                "streamglot.preset=fast"))
        .satisfiesExactly(
            line -> assertThat(line).contains("streamglot.preset: expected chat or throughput"),
            line ->
                assertThat(line)
                    .startsWith("settings of Kafka Streams: expected settings that fit each other")
                    .contains("transaction timeout", "10001"));
  }

  @Test
  void eachProblemIsALineOfTheProgram() throws IOException {
    Path file = Files.writeString(folder.resolve("app.properties"), "streamglot.x=1\n");

    CommandLineRun run = CommandLineRun.of("", "run", "--config", file.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errLines()).hasSize(3).allMatch(line -> line.startsWith("streamglot run: "));
  }

  @Test
  void aBrokenFileIsOneProblem() throws IOException {
    Path file = folder.resolve("app.properties");
    Files.writeString(file, "a=\\u12\n");
    assertThat(problemsOf(file, NO_VARIABLES)).hasSize(1);
    Files.write(file, new byte[] {'a', '=', (byte) 0xE9, '\n'});
    assertThat(problemsOf(file, NO_VARIABLES)).singleElement().asString().contains("UTF-8");
  }

  @Test
  void configProvidersFillInPlaceholdersOfAnySetting() throws IOException {
    Path provided = Files.writeString(folder.resolve("provided"), "port=1234\nuser=me\n");
    RunSettings settings =
        read(
            NO_VARIABLES,
            "bootstrap.servers=a:1",
            "streamglot.models=src",
            "config.providers=file",
            "config.providers.file.class=" + FileConfigProvider.class.getName(),
            "streamglot.http.port=${file:" + provided + ":port}",
            "client.id=${file:" + provided + ":user}-here");

    assertThat(settings.http().orElseThrow().getPort()).isEqualTo(1234);
    assertThat(settings.kafka())
        .isEqualTo(Map.of("bootstrap.servers", "a:1", "client.id", "me-here"));
  }

  @Test
  void placeholdersThatStandForNothingAreRefused() throws IOException {
    Path provided = Files.writeString(folder.resolve("provided"), "user=me\n");
    Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "user=me\n");
    List<String> problems =
        problems(
            NO_VARIABLES,
            "bootstrap.servers=a:1",
            "streamglot.models=src",
            "config.providers=file",
            "config.providers.file.class=" + FileConfigProvider.class.getName(),
            "config.providers.file.param.allowed.paths=" + provided,
            "client.id=${file:" + elsewhere + ":user}",
            "client.rack=${file:" + provided + ":none}");

    assertThat(problems)
        .satisfiesExactly(
            line -> assertThat(line).startsWith("client.id: expected ${file:" + elsewhere),
            line -> assertThat(line).startsWith("client.rack: expected ${file:" + provided));
  }

  @Test
  void aProviderThatCannotBeAskedIsOneProblem() throws IOException {
    assertThat(
            problems(
                NO_VARIABLES,
                "bootstrap.servers=a:1",
                "streamglot.models=src",
                "config.providers=file",
                "config.providers.file.class=" + FileConfigProvider.class.getName(),
                "client.id=${file:no/such/file:user}"))
        .containsExactly(
            "config.providers: expected providers that can be asked, actual: Could not read"
                + " properties from file no/such/file");
  }

  @Test
  void problemsShowNoSecret() throws IOException {
    Path provided = Files.writeString(folder.resolve("provided"), "password=hush-83\n");
    List<String> problems =
        problems(
            Map.of("KAFKA_PRODUCER_SASL_JAAS_CONFIG", "Module username=x password=hush-83;"),
            "bootstrap.servers=a:1",
            "streamglot.models=src",
            "config.providers=file",
            "config.providers.file.class=" + FileConfigProvider.class.getName(),
            "streamglot.http.port=${file:" + provided + ":password}",
            "linger.ms=${file:" + provided + ":password}",
            "sasl.jaas.config=Module required password=\"hush-83\"");

    assertThat(problems)
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).startsWith("streamglot.http.port: ").contains("'[hidden]'"),
            line -> assertThat(line).startsWith("linger.ms: ").contains("'[hidden]'"),
            line -> assertThat(line).startsWith("sasl.jaas.config: ").contains("semicolon"),
            line ->
                assertThat(line)
                    .startsWith("producer.sasl.jaas.config: ")
                    .contains("semicolon", "'[hidden]' from KAFKA_PRODUCER_SASL_JAAS_CONFIG"))
        .noneMatch(line -> line.contains("hush-83"));
  }

  @Test
  void theExampleFileOfTheProjectHasEverySettingWithItsDefault() throws IOException {
    List<String> example = Files.readAllLines(Path.of("config", "streamglot.properties"));

    for (Setting setting : Setting.values()) {
      String line = setting.key() + "=" + setting.defaultValue().orElse("models/en-fr");
      assertThat(example).anyMatch(shown -> shown.equals(line) || shown.equals("#" + line));
    }
  }

  @Test
  void theExampleFileOfTheProjectIsAccepted() {
    RunSettings settings =
        RunSettingsReader.read(
            Path.of("config", "streamglot.properties"), Map.of("STREAMGLOT_MODELS", "src"));

    assertThat(settings.topology()).isEqualTo(TopologySettings.defaults());
    assertThat(settings.kafka()).containsEntry("bootstrap.servers", "localhost:9092");
  }

  @Test
  void formatsLanguagesAndRegistryAreRead() throws IOException {
    RunSettings settings =
        read(
            Map.of("STREAMGLOT_REGISTRY_CREDENTIALS", "me:secret"),
            "bootstrap.servers=localhost:9092",
            "streamglot.models=..",
            "streamglot.format.source=text",
            "streamglot.format.translations=avro-registry",
            "streamglot.language.targets=fr, pt-BR",
            "streamglot.registry.url=https://registry:8081/",
            "ssl.truststore.location=ca.pem",
            "streamglot.registry.subject=topic-record",
            "streamglot.registry.register=off");

    assertThat(settings.topology().formats())
        .isEqualTo(
            new Formats(
                ValueFormat.TEXT,
                ValueFormat.AVRO_REGISTRY,
                List.of("fr", "pt-BR"),
                Optional.of(
                    new RegistrySettings(
                        URI.create("https://registry:8081"),
                        Optional.of("me:secret"),
                        SubjectNaming.TOPIC_RECORD,
                        false,
                        Map.of("ssl.truststore.location", "ca.pem")))));
    assertThat(settings.toString()).doesNotContain("secret");
  }

  @Test
  void aRegistryIsAskedForWhereAFormatNeedsIt() {
    assertThatExceptionOfType(UserErrorException.class)
        .isThrownBy(
            () ->
                read(
                    Map.of(),
                    "bootstrap.servers=localhost:9092",
                    "streamglot.models=..",
                    "streamglot.format.source=avro-registry"))
        .withMessage(
            "streamglot.registry.url: expected an http or https URL such as http://localhost:8081,"
                + " actual not set");
  }

  @ParameterizedTest
  @ValueSource(strings = {"avro", "avro-registry"})
  void aPasswordInTheUrlOfARegistryIsRefusedAndNotShown(String format) {
    assertThatExceptionOfType(UserErrorException.class)
        .isThrownBy(
            () ->
                read(
                    Map.of(),
                    "bootstrap.servers=localhost:9092",
                    "streamglot.models=..",
                    "streamglot.format.translations=" + format,
                    "streamglot.registry.url=http://me:secret@registry:8081"))
        .withMessage(
            "streamglot.registry.url: expected no password in it (streamglot.registry.credentials"
                + " takes it), actual one");
  }

  @Test
  void theReadmeListsEverySettingWithItsVariableAndDefault() throws IOException {
    List<String> readme = Files.readAllLines(Path.of("..", "README.md"));

    for (Setting setting : Setting.values()) {
      String row =
          "| `%s` | `%s` | %s |"
              .formatted(
                  setting.key(),
                  setting.variable(),
                  setting
                      .defaultValue()
                      .map(value -> value.isEmpty() ? "none" : "`" + value + "`")
                      .orElse("required"));
      assertThat(readme).anyMatch(line -> line.startsWith(row));
    }
  }

  private RunSettings read(Map<String, String> environment, String... lines) throws IOException {
    return RunSettingsReader.read(
        Files.write(folder.resolve("app.properties"), List.of(lines)), environment);
  }

  private List<String> problems(Map<String, String> environment, String... lines)
      throws IOException {
    return problemsOf(Files.write(folder.resolve("app.properties"), List.of(lines)), environment);
  }

  private static List<String> problemsOf(Path file, Map<String, String> environment) {
    return catchThrowableOfType(
            UserErrorException.class, () -> RunSettingsReader.read(file, environment))
        .lines();
  }
}
