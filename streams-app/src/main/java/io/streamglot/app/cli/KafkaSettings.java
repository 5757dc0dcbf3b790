package io.streamglot.app.cli;

import io.streamglot.app.topology.StreamsDefaults;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.StreamsConfig;

/** What Kafka itself says of its settings: which there are, and which values it refuses. */
final class KafkaSettings {
  /** Stands for a value that is not to be seen. */
  static final String HIDDEN = Password.HIDDEN;

  private static final String ENVIRONMENT_PREFIX = "KAFKA_";

  /** Names of internal topics and of the consumer group begin with it. */
  private static final Pattern APPLICATION_ID = Pattern.compile("[a-zA-Z0-9._-]{1,200}");

  private static final String SERVERS = "host:port of Kafka brokers, with commas between them";

  private static final int MAX_PORT = 65_535;

  private static final Set<String> GUARANTEES =
      Set.of(StreamsConfig.EXACTLY_ONCE_V2, StreamsConfig.AT_LEAST_ONCE);

  /** Prefixes by which Kafka Streams hands a setting to one of its clients or topics. */
  private static final List<String> CLIENT_PREFIXES =
      List.of(
          StreamsConfig.MAIN_CONSUMER_PREFIX,
          StreamsConfig.RESTORE_CONSUMER_PREFIX,
          StreamsConfig.GLOBAL_CONSUMER_PREFIX,
          StreamsConfig.CONSUMER_PREFIX,
          StreamsConfig.PRODUCER_PREFIX,
          StreamsConfig.ADMIN_CLIENT_PREFIX,
          StreamsConfig.TOPIC_PREFIX);

  private static final List<ConfigDef> CLIENTS =
      List.of(
          ConsumerConfig.configDef(), ProducerConfig.configDef(), AdminClientConfig.configDef());

  private KafkaSettings() {}

  /**
   * The setting that an environment variable overrides: {@code KAFKA_BOOTSTRAP_SERVERS} is {@code
   * bootstrap.servers}.
   *
   * @return empty for any other variable, and for names that Kafka does not know or may not know:
   *     scripts and container platforms set many of the kind of {@code KAFKA_HEAP_OPTS}, {@code
   *     KAFKA_PORT} and {@code KAFKA_TOPIC_NAME}
   */
  static Optional<String> ofVariable(String variable) {
    return keyOf(variable).filter(key -> isKnown(key) && !isOfTopics(key));
  }

  /** As {@link #ofVariable}, but for any variable that is named so, whatever it is for. */
  static Optional<String> keyOf(String variable) {
    return Optional.of(variable)
        .filter(name -> name.startsWith(ENVIRONMENT_PREFIX))
        .map(name -> name.substring(ENVIRONMENT_PREFIX.length()))
        .map(name -> name.toLowerCase(Locale.ROOT).replace('_', '.'));
  }

  /** Whether Kafka itself reads the setting; of topics, the brokers say which they know. */
  static boolean isKnown(String key) {
    return isOfTopics(key)
        || key.startsWith(AbstractConfig.CONFIG_PROVIDERS_CONFIG + ".")
        || !knowing(key).isEmpty();
  }

  private static boolean isOfTopics(String key) {
    return key.startsWith(StreamsConfig.TOPIC_PREFIX);
  }

  /** All settings of Kafka Streams and its clients, without prefixes. */
  static Set<String> names() {
    return definitions()
        .flatMap(definition -> definition.names().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Whether the value of a setting is not to be seen: passwords and keys, and all that Kafka does
   * not know, for it may be the password of a plug-in.
   */
  static boolean isSecret(String key) {
    List<ConfigDef> knowing = knowing(key);
    return knowing.isEmpty()
        || knowing.stream()
            .map(definition -> definition.configKeys().get(withoutPrefix(key)))
            .anyMatch(known -> known.type == ConfigDef.Type.PASSWORD);
  }

  /** What Kafka takes as a value of the setting, in words. */
  static String expected(String key) {
    return knowing(key).stream()
        .findFirst()
        .map(definition -> definition.configKeys().get(withoutPrefix(key)))
        .map(KafkaSettings::expected)
        .orElse("what a plug-in takes, for Kafka does not know it");
  }

  private static String expected(ConfigDef.ConfigKey known) {
    String type = known.type.name().toLowerCase(Locale.ROOT);
    String valid = known.validator == null ? "" : known.validator.toString();
    return valid.isBlank() ? type : type + ", " + valid;
  }

  /** Kafka Streams, which judges its own settings before its clients do, and they. */
  private static List<ConfigDef> knowing(String key) {
    String bare = withoutPrefix(key);
    return definitions().filter(definition -> definition.names().contains(bare)).toList();
  }

  private static Stream<ConfigDef> definitions() {
    return Stream.concat(Stream.of(StreamsConfig.configDef()), CLIENTS.stream());
  }

  /**
   * Asks Kafka to check the values, without connecting. Names that it does not know pass, for they
   * may belong to a plug-in of the user's.
   *
   * @return what each wrong or missing setting has to be, by setting, in the order of their names;
   *     empty if nothing is wrong
   */
  static Map<String, String> problems(Map<String, String> settings) {
    Map<String, String> problems = new TreeMap<>();
    if (!settings.containsKey(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG)) {
      problems.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, SERVERS);
    }
    require(
        problems,
        settings,
        StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
        "exactly_once_v2 or at_least_once",
        GUARANTEES::contains);
    // What Kafka finds out too late, or never.
    require(
        problems,
        settings,
        StreamsConfig.APPLICATION_ID_CONFIG,
        "1 to 200 characters a-z A-Z 0-9 . _ -",
        APPLICATION_ID.asMatchPredicate());
    require(
        problems,
        settings,
        StreamsConfig.NUM_STREAM_THREADS_CONFIG,
        "a whole number from 1",
        value -> isFrom(1, value));
    settings.forEach(
        (key, value) -> {
          String bare = withoutPrefix(key);
          if (bare.equals(SaslConfigs.SASL_JAAS_CONFIG) && !isJaas(value)) {
            problems.put(key, "LOGIN-MODULE required OPTION=\"VALUE\" ... ; with the semicolon");
          }
          if (bare.equals(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG) && !areServers(value)) {
            problems.put(key, SERVERS);
          }
        });
    for (String prefix : List.of("", StreamsConfig.PRODUCER_PREFIX)) {
      require(
          problems,
          settings,
          prefix + ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
          "a whole number from %d, since records up to nearly this size wait in the store"
              .formatted(StreamsDefaults.MAX_REQUEST_BYTES),
          value -> isFrom(StreamsDefaults.MAX_REQUEST_BYTES, value));
    }
    List<ConfigDef> definitions = new ArrayList<>(CLIENTS);
    definitions.add(StreamsConfig.configDef());
    for (ConfigDef definition : definitions) {
      for (Map.Entry<String, String> setting : settings.entrySet()) {
        String bare = withoutPrefix(setting.getKey());
        if (definition.names().contains(bare) && !isForStreams(definition, setting.getKey())) {
          problemOf(definition, bare, setting.getValue())
              .ifPresent(problem -> problems.putIfAbsent(setting.getKey(), problem));
        }
      }
    }
    return problems;
  }

  /**
   * Whether a client is no judge of a setting, since Kafka Streams has one of that very name: of
   * {@code group.protocol} it knows a value that its consumer does not.
   */
  private static boolean isForStreams(ConfigDef client, String key) {
    return CLIENTS.contains(client) && StreamsConfig.configDef().names().contains(key);
  }

  /**
   * Asks Kafka Streams whether settings fit each other, of which each is right by itself.
   *
   * @return a line that says why not; empty if they do
   */
  static Optional<String> conflict(Map<String, String> settings) {
    try {
      var unused = new StreamsConfig(StreamsDefaults.with(settings));
      return Optional.empty();
    } catch (IllegalArgumentException | KafkaException e) {
      return Optional.of(refused(e).getMessage());
    }
  }

  /**
   * What to tell the user when Kafka refuses the settings as a whole.
   *
   * @param problem thrown by {@code StreamsConfig} or {@code KafkaStreams}
   */
  static UserErrorException refused(RuntimeException problem) {
    Throwable cause = Causes.root(problem);
    String reason =
        cause instanceof ReflectiveOperationException
            ? "a class of that name, actual none: " + cause.getMessage()
            : "settings that fit each other, actual: " + cause.getMessage();
    return new UserErrorException("settings of Kafka Streams: expected " + reason);
  }

  private static void require(
      Map<String, String> problems,
      Map<String, String> settings,
      String key,
      String expected,
      Predicate<String> holds) {
    String value = settings.get(key);
    if (value != null && !holds.test(value)) {
      problems.put(key, expected);
    }
  }

  /** Kafka's own message about what is no such thing may show a part of a password. */
  private static boolean isJaas(String text) {
    try {
      JaasContext.loadClientContext(Map.of(SaslConfigs.SASL_JAAS_CONFIG, new Password(text)));
      return true;
    } catch (IllegalArgumentException | KafkaException e) {
      return false;
    }
  }

  /** As Kafka's clients read the list, but that no name is looked up. */
  private static boolean areServers(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::strip).allMatch(KafkaSettings::isServer);
  }

  private static boolean isServer(String text) {
    try {
      Integer port = Utils.getPort(text);
      return Utils.getHost(text) != null && port != null && port > 0 && port <= MAX_PORT;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isFrom(int least, String text) {
    try {
      return Integer.parseInt(text) >= least;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static Optional<String> problemOf(ConfigDef definition, String name, String value) {
    for (ConfigValue checked : definition.validate(Map.of(name, value))) {
      if (checked.name().equals(name) && !checked.errorMessages().isEmpty()) {
        return Optional.of(
            "a value that Kafka takes (%s)"
                .formatted(withoutValue(checked.errorMessages().get(0), name)));
      }
    }
    return Optional.empty();
  }

  /** Kafka's messages begin with value and name, which ours have said already. */
  private static String withoutValue(String message, String name) {
    String marker = "for configuration " + name + ": ";
    int at = message.indexOf(marker);
    return at < 0 ? message : message.substring(at + marker.length());
  }

  /** The name without the prefix that hands it to one client. */
  static String withoutPrefix(String key) {
    return CLIENT_PREFIXES.stream()
        .filter(key::startsWith)
        .findFirst()
        .map(prefix -> key.substring(prefix.length()))
        .orElse(key);
  }
}
