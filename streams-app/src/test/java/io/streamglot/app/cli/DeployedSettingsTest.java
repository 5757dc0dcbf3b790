package io.streamglot.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.app.format.ValueFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the files for containers and clusters set is what the program takes. */
class DeployedSettingsTest {
  private static final Path PROJECT = Path.of("..");
  private static final Path COMPOSE = PROJECT.resolve("docker-compose.yml");
  private static final String SECRETS = "/etc/streamglot/secret";

  @ParameterizedTest
  @ValueSource(strings = {"Dockerfile", "docker-compose.yml", "deploy/docker/healthcheck"})
  void containersUseOnlyVariablesThatTheProgramKnows(String file) throws IOException {
    List<String> variables =
        Pattern.compile("STREAMGLOT_[A-Z_]+")
            .matcher(Files.readString(PROJECT.resolve(file)))
            .results()
            .map(MatchResult::group)
            .toList();

    assertThat(variables)
        .isNotEmpty()
        .allMatch(
            variable -> Setting.isVariable(variable) || variable.equals("STREAMGLOT_JAVA_OPTS"));
  }

  @ParameterizedTest
  @EnumSource
  void theComposeFileTakesEveryFormat(ValueFormat format) throws IOException {
    RunSettings settings = composed("FORMAT", format.toString());

    assertThat(settings.topology().formats().source()).isEqualTo(format);
    assertThat(settings.topology().formats().translations()).isEqualTo(format);
    assertThat(settings.topology().formats().registry()).isPresent();
  }

  @Test
  void theComposeFileTakesTheTargetsOfOtherModels() throws IOException {
    assertThat(composed("TARGETS", "zh,ja").topology().formats().targets())
        .containsExactly("zh", "ja");
    assertThat(composed("FORMAT", "text").topology().formats().targets()).containsExactly("fr");
  }

  @Test
  void theKafkaOfTheComposeFileWritesToItsVolume() throws IOException {
    String compose = Files.readString(COMPOSE);
    Matcher folder = Pattern.compile("KAFKA_LOG_DIRS: (/.+)").matcher(compose);

    assertThat(folder.find()).isTrue();
    assertThat(compose).contains("- kafka:" + folder.group(1) + "\n");
  }

  @Test
  void theSettingsOfTheConfigMapAreAccepted(@TempDir Path secrets) throws IOException {
    Files.writeString(secrets.resolve("username"), "me");
    Files.writeString(secrets.resolve("password"), "hush");
    String map = Files.readString(PROJECT.resolve("deploy/kubernetes/configmap.yaml"));
    String properties =
        map.substring(map.indexOf("streamglot.properties: |") + "streamglot.properties: |".length())
            .replace(SECRETS, secrets.toString());
    Path file = Files.writeString(secrets.resolve("app.properties"), properties);

    RunSettings settings = RunSettingsReader.read(file, Map.of("STREAMGLOT_MODELS", "src"));

    assertThat(settings.kafka())
        .containsEntry("application.id", "streamglot")
        .containsEntry("sasl.jaas.config", SecuredBroker.jaas("hush").replace("translator", "me"));
  }

  /** What the compose file sets where one variable of its user is given. */
  private static RunSettings composed(String name, String value) throws IOException {
    String compose =
        Files.readString(COMPOSE)
            .replaceAll("\\$\\{" + name + ":-[^}]+}", value)
            .replaceAll("\\$\\{[A-Z_]+:-([^}]+)}", "$1");
    Map<String, String> variables =
        Pattern.compile("(?m)^ +(STREAMGLOT_[A-Z_]+): (.+)$")
            .matcher(compose)
            .results()
            .collect(Collectors.toMap(match -> match.group(1), match -> match.group(2)));
    variables.put("STREAMGLOT_MODELS", "src");
    return RunSettingsReader.read(Path.of("config", "streamglot.properties"), variables);
  }
}
