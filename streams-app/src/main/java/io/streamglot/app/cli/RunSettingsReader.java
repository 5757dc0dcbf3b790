package io.streamglot.app.cli;

import io.streamglot.app.topics.AppTopics;
import io.streamglot.app.topology.TopologySettings;
import io.streamglot.translator.decode.DecoderDevice;
import io.streamglot.translator.decode.DecoderSettings;
import io.streamglot.translator.text.Terms;
import java.io.IOException;
import java.io.Reader;
import java.net.InetSocketAddress;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Reads the settings of {@code run} and {@code topics} from a properties file and the environment.
 *
 * <ul>
 *   <li>Keys that begin with {@code streamglot.} are {@link Setting our own}; an unknown one is
 *       refused. Every other key is a setting of Kafka and passes through.
 *   <li>An environment variable overrides the file: {@link Setting#variable()} for our own, where
 *       an unknown one is refused too, and for Kafka's see {@link KafkaSettings#ofVariable}.
 *   <li>All problems are found before any is reported.
 * </ul>
 */
final class RunSettingsReader {
  private static final String OWN_PREFIX = "streamglot.";
  private static final String OWN_VARIABLE_PREFIX = "STREAMGLOT_";

  /** Read by the launcher, before Java starts. */
  private static final String LAUNCHER_VARIABLE = "STREAMGLOT_JAVA_OPTS";

  /** What Kubernetes sets in every container for a Service named streamglot, or streamglot-x. */
  private static final Pattern KUBERNETES_VARIABLE =
      Pattern.compile("STREAMGLOT_(.+_)?(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT(_.+)?)");

  private static final Pattern TOPIC_NAME = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");

  private final Map<String, Value> values = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();
  private Preset preset = Preset.CHAT;

  /** What was set, and the environment variable that set it, or null where it was the file. */
  private record Value(String text, String variable) {}

  private RunSettingsReader() {}

  /**
   * Reads and checks.
   *
   * @param file properties in UTF-8
   * @param environment environment variables, by name
   * @throws UserErrorException with a line for each problem
   */
  static RunSettings read(Path file, Map<String, String> environment) {
    RunSettingsReader reader = new RunSettingsReader();
    reader.addFile(file);
    reader.addEnvironment(environment);
    return reader.settings();
  }

  /**
   * Reads and checks what names the topics and leads to Kafka, and nothing of the models: topics
   * may be made where there are none.
   *
   * @param file properties in UTF-8
   * @param environment environment variables, by name
   * @throws UserErrorException with a line for each problem
   */
  static TopicsSettings readTopics(Path file, Map<String, String> environment) {
    RunSettingsReader reader = new RunSettingsReader();
    reader.addFile(file);
    reader.addEnvironment(environment);
    return reader.topicsSettings();
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
      values.put(key, new Value(properties.getProperty(key).strip(), null));
    }
  }

  private void addEnvironment(Map<String, String> environment) {
    for (Setting setting : Setting.values()) {
      String text = environment.get(setting.variable());
      if (text != null) {
        values.put(setting.key(), new Value(text.strip(), setting.variable()));
      }
    }
    environment.keySet().stream()
        .filter(RunSettingsReader::isMisspelt)
        .sorted()
        .forEach(
            variable ->
                problems.add(
                    "%s: expected one of %s, actual an unknown variable"
                        .formatted(variable, Setting.variables())));
    environment.forEach(
        (variable, text) ->
            KafkaSettings.ofVariable(variable)
                .ifPresent(key -> values.put(key, new Value(text.strip(), variable))));
  }

  private static boolean isMisspelt(String variable) {
    return variable.startsWith(OWN_VARIABLE_PREFIX)
        && !Setting.isVariable(variable)
        && !variable.equals(LAUNCHER_VARIABLE)
        && !KUBERNETES_VARIABLE.matcher(variable).matches();
  }

  private RunSettings settings() {
    List<Path> models = models();
    AppTopics topics = topics();
    preset = orProblem(Setting.PRESET, Preset.parse(text(Setting.PRESET)), Preset.CHAT);
    int maxRecords = number(Setting.BATCH_MAX_RECORDS);
    int maxBytes = number(Setting.BATCH_MAX_BYTES);
    int maxTokens = number(Setting.BATCH_MAX_TOKENS);
    int lingerMs = number(Setting.BATCH_LINGER_MS);
    Terms keep = Terms.of(List.of(text(Setting.TEXT_KEEP).split(",")));
    int threads =
        orProblem(Setting.DECODER_THREADS, DecoderThreads.parse(text(Setting.DECODER_THREADS)), 1);
    DecoderDevice device = device();
    boolean shortlist = isOn(Setting.DECODER_SHORTLIST);
    Optional<InetSocketAddress> http = http();
    boolean jsonLog = isEither(Setting.LOG_FORMAT, "json", "text");
    refuseUnknownKeys();
    Map<String, String> kafka = kafka();
    refuseProblems();
    return new RunSettings(
        models,
        new TopologySettings(
            topics.source(),
            topics.translations(),
            topics.failures(),
            maxRecords,
            maxBytes,
            maxTokens,
            Duration.ofMillis(lingerMs),
            keep),
        new DecoderSettings(threads).withDevice(device).withShortlist(shortlist),
        http,
        jsonLog,
        kafka);
  }

  private TopicsSettings topicsSettings() {
    AppTopics topics = topics();
    refuseUnknownKeys();
    Map<String, String> kafka = kafka();
    refuseProblems();
    return new TopicsSettings(topics, kafka);
  }

  private void refuseProblems() {
    if (!problems.isEmpty()) {
      throw new UserErrorException(problems);
    }
  }

  private AppTopics topics() {
    String source = topic(Setting.SOURCE_TOPIC);
    String translations = topic(Setting.TRANSLATIONS_TOPIC);
    String failures = topic(Setting.FAILURES_TOPIC);
    requireDifferent(source, translations, failures);
    return new AppTopics(source, translations, failures);
  }

  private List<Path> models() {
    Set<Path> folders = new LinkedHashSet<>();
    for (String name : text(Setting.MODELS).split(",", -1)) {
      try {
        Path folder = Path.of(name.strip());
        if (name.isBlank()) {
          problem(Setting.MODELS.key(), Setting.MODELS.expected());
        } else if (!Files.isDirectory(folder)) {
          problem(
              Setting.MODELS.key(),
              "%s (there is no folder %s)"
                  .formatted(Setting.MODELS.expected(), folder.toAbsolutePath()));
        }
        folders.add(folder);
      } catch (InvalidPathException e) {
        problem(Setting.MODELS.key(), Setting.MODELS.expected());
      }
    }
    return List.copyOf(folders);
  }

  private String topic(Setting setting) {
    String name = text(setting);
    if (!TOPIC_NAME.matcher(name).matches()) {
      problem(setting.key(), setting.expected());
    }
    return name;
  }

  private void requireDifferent(String source, String translations, String failures) {
    if (source.equals(translations) || source.equals(failures) || translations.equals(failures)) {
      problems.add(
          "%s, %s, %s: expected three different topics, actual '%s', '%s', '%s'"
              .formatted(
                  Setting.SOURCE_TOPIC.key(),
                  Setting.TRANSLATIONS_TOPIC.key(),
                  Setting.FAILURES_TOPIC.key(),
                  source,
                  translations,
                  failures));
    }
  }

  private int number(Setting setting) {
    return orProblem(setting, setting.parseNumber(text(setting)), 0);
  }

  private DecoderDevice device() {
    try {
      return DecoderDevice.parse(text(Setting.DECODER_DEVICE));
    } catch (IllegalArgumentException e) {
      return orProblem(Setting.DECODER_DEVICE, Optional.empty(), DecoderDevice.CPU);
    }
  }

  private Optional<InetSocketAddress> http() {
    boolean enabled = isOn(Setting.HTTP_ENABLED);
    String host = text(Setting.HTTP_HOST);
    int port = number(Setting.HTTP_PORT);
    if (!enabled) {
      return Optional.empty();
    }
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (host.isEmpty() || address.isUnresolved()) {
      problem(Setting.HTTP_HOST.key(), Setting.HTTP_HOST.expected());
    }
    return Optional.of(address);
  }

  private boolean isOn(Setting setting) {
    return isEither(setting, "on", "off");
  }

  private boolean isEither(Setting setting, String yes, String no) {
    String text = text(setting);
    Optional<Boolean> value =
        text.equals(yes) || text.equals(no) ? Optional.of(text.equals(yes)) : Optional.empty();
    return orProblem(setting, value, true);
  }

  /** The value; where there is none, a problem is noted, and the filler is never used. */
  private <T> T orProblem(Setting setting, Optional<T> value, T filler) {
    return value.orElseGet(
        () -> {
          problem(setting.key(), setting.expected());
          return filler;
        });
  }

  private void refuseUnknownKeys() {
    for (String key : values.keySet()) {
      if (key.startsWith(OWN_PREFIX) && !Setting.isKey(key)) {
        problems.add(
            "%s: expected one of %s, actual an unknown key".formatted(key, Setting.keys()));
      }
    }
  }

  private Map<String, String> kafka() {
    Map<String, String> kafka = new TreeMap<>(preset.kafka());
    values.forEach(
        (key, value) -> {
          if (!key.startsWith(OWN_PREFIX)) {
            kafka.put(key, value.text());
          }
        });
    if (kafka.getOrDefault(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "").isEmpty()) {
      problem(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "host:port of a Kafka broker");
    }
    KafkaSettings.problems(kafka).forEach(this::problem);
    return kafka;
  }

  private String text(Setting setting) {
    Value value = values.get(setting.key());
    if (value != null) {
      return value.text();
    }
    return preset.defaultOf(setting).or(setting::defaultValue).orElse("");
  }

  private void problem(String key, String expected) {
    Value value = values.get(key);
    String actual = value == null ? "not set" : "'" + value.text() + "'";
    String origin = value == null || value.variable() == null ? "" : " from " + value.variable();
    problems.add("%s: expected %s, actual %s%s".formatted(key, expected, actual, origin));
  }
}
