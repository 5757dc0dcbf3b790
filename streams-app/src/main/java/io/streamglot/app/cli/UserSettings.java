package io.streamglot.app.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigTransformer;

/**
 * What the user has set, ours and Kafka's, and where: a properties file, and environment variables
 * that override it.
 *
 * <p>Kafka's config providers, where {@code config.providers} names some, fill in placeholders of
 * the form <code>${PROVIDER:PATH:KEY}</code> in any value, as in all of Kafka's programs, and under
 * its system property {@code org.apache.kafka.automatic.config.providers}.
 */
final class UserSettings {
  private static final String PROVIDERS = AbstractConfig.CONFIG_PROVIDERS_CONFIG;
  private static final String OWN_VARIABLE_PREFIX = "STREAMGLOT_";

  /** Read by the launcher, before Java starts. */
  private static final String LAUNCHER_VARIABLE = "STREAMGLOT_JAVA_OPTS";

  /** What Kubernetes sets in every container for a Service named streamglot, or streamglot-x. */
  private static final Pattern KUBERNETES_VARIABLE =
      Pattern.compile("STREAMGLOT_(.+_)?(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT(_.+)?)");

  private final Map<String, Value> values = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  /**
   * A value.
   *
   * @param text without placeholders
   * @param variable the environment variable that set it, or null where it was the file
   * @param provided whether a config provider filled in a part of it
   */
  record Value(String text, String variable, boolean provided) {

    /** The text as anybody may see it. */
    String shown(String key) {
      boolean secret =
          key.startsWith(Setting.PREFIX) ? Setting.isSecret(key) : KafkaSettings.isSecret(key);
      return secret || provided ? KafkaSettings.HIDDEN : text;
    }

    /** Where it comes from. */
    String origin() {
      String source = variable == null ? "file" : variable;
      return provided ? source + ", filled in by a config provider" : source;
    }

    /** Not the text, which may be a secret. */
    @Override
    public String toString() {
      return origin();
    }
  }

  private UserSettings() {}

  /**
   * Reads.
   *
   * @param file properties in UTF-8
   * @param environment environment variables, by name
   * @throws UserErrorException if the file cannot be read
   */
  static UserSettings read(Path file, Map<String, String> environment) {
    UserSettings settings = new UserSettings();
    settings.addFile(file);
    settings.addEnvironment(environment);
    settings.warnings.addAll(
        UnknownSettings.warnings(
            settings.values.keySet().stream()
                .filter(key -> !key.startsWith(Setting.PREFIX))
                .toList(),
            environment.keySet()));
    settings.fillIn();
    return settings;
  }

  /** By key, in the order of keys. What names config providers is not there: their work is done. */
  Map<String, Value> values() {
    return values;
  }

  /** A line for each variable that is misspelt and each placeholder that stands for nothing. */
  List<String> problems() {
    return problems;
  }

  /** Lines that name the settings which Kafka does not know; none where it knows all. */
  List<String> warnings() {
    return warnings;
  }

  private void addFile(Path file) {
    Properties properties = new Properties();
    try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(text);
    } catch (CharacterCodingException e) {
      throw new UserErrorException(file + ": expected UTF-8, actual other bytes");
    } catch (IllegalArgumentException e) {
      throw new UserErrorException(file + ": expected properties, actual " + e.getMessage());
    } catch (IOException e) {
      throw new UserErrorException(
          "%s: expected a properties file, actual %s"
              .formatted(file, Files.exists(file) ? "not readable" : "no such file"));
    }
    for (String key : properties.stringPropertyNames()) {
      values.put(key, new Value(properties.getProperty(key).strip(), null, false));
    }
  }

  private void addEnvironment(Map<String, String> environment) {
    for (Setting setting : Setting.values()) {
      String text = environment.get(setting.variable());
      if (text != null) {
        values.put(setting.key(), new Value(text.strip(), setting.variable(), false));
      }
    }
    environment.keySet().stream()
        .filter(UserSettings::isMisspelt)
        .sorted()
        .forEach(
            variable ->
                problems.add(
                    "%s: expected %s, actual an unknown variable"
                        .formatted(variable, Setting.expectedFor(variable, Setting::variable))));
    environment.forEach(
        (variable, text) ->
            KafkaSettings.ofVariable(variable)
                .ifPresent(key -> values.put(key, new Value(text.strip(), variable, false))));
  }

  private static boolean isMisspelt(String variable) {
    return variable.startsWith(OWN_VARIABLE_PREFIX)
        && !Setting.isVariable(variable)
        && !variable.equals(LAUNCHER_VARIABLE)
        && !KUBERNETES_VARIABLE.matcher(variable).matches();
  }

  private void fillIn() {
    if (!values.containsKey(PROVIDERS)) {
      return;
    }
    Map<String, String> written = new TreeMap<>();
    values.forEach((key, value) -> written.put(key, value.text()));
    values.keySet().removeIf(key -> key.equals(PROVIDERS) || key.startsWith(PROVIDERS + "."));
    try {
      Map<String, Object> filled = new AbstractConfig(new ConfigDef(), written, false).originals();
      values.replaceAll((key, value) -> filled(key, value, (String) filled.get(key)));
    } catch (KafkaException e) {
      problems.add(
          "%s: expected providers that can be asked, actual: %s"
              .formatted(PROVIDERS, e.getMessage()));
    }
  }

  private Value filled(String key, Value written, String text) {
    placeholders(written.text()).stream()
        .filter(text::contains)
        .findFirst()
        .ifPresent(
            left ->
                problems.add(
                    "%s: expected %s of one of the %s, with a value, in a place that it may read,"
                            .formatted(key, left, PROVIDERS)
                        + " actual none"));
    return text.equals(written.text()) ? written : new Value(text, written.variable(), true);
  }

  private static List<String> placeholders(String text) {
    return ConfigTransformer.DEFAULT_PATTERN
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .toList();
  }
}
