package io.streamglot.app.cli;

import io.streamglot.app.cli.UserSettings.Value;
import io.streamglot.app.format.Formats;
import io.streamglot.app.format.RegistrySettings;
import io.streamglot.app.format.SubjectNaming;
import io.streamglot.app.format.ValueFormat;
import io.streamglot.app.language.LanguageSettings;
import io.streamglot.app.language.LanguageTags;
import io.streamglot.app.topology.RolloutTopics;
import io.streamglot.app.topology.StreamsDefaults;
import io.streamglot.app.topology.TopicPattern;
import io.streamglot.app.topology.TopologySettings;
import io.streamglot.translator.decode.DecoderDevice;
import io.streamglot.translator.decode.DecoderSettings;
import io.streamglot.translator.text.Terms;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Reads the settings of {@code run} and {@code topics} from a properties file and the environment.
 *
 * <ul>
 *   <li>Keys that begin with {@code streamglot.} are {@link Setting our own}; an unknown one is
 *       refused. Every other key is a setting of Kafka and passes through.
 *   <li>An environment variable overrides the file: {@link Setting#variable()} for our own, where
 *       an unknown one is refused too, and for Kafka's see {@link KafkaSettings#ofVariable}.
 *   <li>All problems are found before any is reported; none shows a secret.
 * </ul>
 */
final class RunSettingsReader {
  private final Map<String, Value> values;
  private final List<String> problems;
  private final List<String> warnings;
  private Preset preset = Preset.CHAT;

  private RunSettingsReader(UserSettings settings) {
    values = settings.values();
    problems = new ArrayList<>(settings.problems());
    warnings = settings.warnings();
  }

  /**
   * Reads and checks.
   *
   * @param file properties in UTF-8
   * @param environment environment variables, by name
   * @throws UserErrorException with a line for each problem
   */
  static RunSettings read(Path file, Map<String, String> environment) {
    return new RunSettingsReader(UserSettings.read(file, environment)).settings();
  }

  /**
   * Reads and checks what names the topics and leads to Kafka, and nothing of the models: a command
   * may be run where there are none.
   *
   * @param file properties in UTF-8
   * @param environment environment variables, by name
   * @throws UserErrorException with a line for each problem
   */
  static TopicsSettings readTopics(Path file, Map<String, String> environment) {
    return readTopics(file, environment, false);
  }

  /**
   * Reads and checks how values are written.
   *
   * @param file properties in UTF-8
   * @param environment environment variables, by name
   * @throws UserErrorException with a line for each problem
   */
  static Formats readFormats(Path file, Map<String, String> environment) {
    RunSettingsReader reader = new RunSettingsReader(UserSettings.read(file, environment));
    Formats formats = reader.formats();
    reader.refuseProblems();
    return formats;
  }

  /**
   * As {@link #readTopics}; also which models there are, where their languages name topics.
   *
   * @throws UserErrorException with a line for each problem
   */
  static TopicsSettings readAllTopics(Path file, Map<String, String> environment) {
    return readTopics(file, environment, true);
  }

  private static TopicsSettings readTopics(
      Path file, Map<String, String> environment, boolean all) {
    return new RunSettingsReader(UserSettings.read(file, environment)).topicsSettings(all);
  }

  private RunSettings settings() {
    List<Path> models = models();
    boolean lazyModels = isEither(Setting.MODELS_LOAD, "lazy", "eager");
    LanguageSettings languages = languages();
    String source = topic(Setting.SOURCE_TOPIC);
    String translations = topicPattern().pattern();
    String failures = topic(Setting.FAILURES_TOPIC);
    requireDifferent(source, translations, failures);
    Optional<RolloutTopics> rollouts = rollouts();
    Optional<Path> rolloutBundles = rolloutBundles(rollouts.isPresent());
    preset = orProblem(Setting.PRESET, Preset.parse(text(Setting.PRESET)), Preset.CHAT);
    int maxRecords = number(Setting.BATCH_MAX_RECORDS);
    int maxBytes = number(Setting.BATCH_MAX_BYTES);
    int maxTokens = number(Setting.BATCH_MAX_TOKENS);
    int lingerMs = number(Setting.BATCH_LINGER_MS);
    Terms keep = keep();
    int threads =
        orProblem(Setting.DECODER_THREADS, DecoderThreads.parse(text(Setting.DECODER_THREADS)), 1);
    Formats formats = formats();
    int cacheMaxBytes = number(Setting.CACHE_MAX_BYTES);
    DecoderDevice device = device();
    boolean shortlist = isOn(Setting.DECODER_SHORTLIST);
    Optional<InetSocketAddress> http = http();
    boolean jsonLog = isEither(Setting.LOG_FORMAT, "json", "text");
    refuseUnknownKeys();
    Map<String, String> kafka = kafka();
    refuseProblems();
    return new RunSettings(
        models,
        lazyModels,
        new TopologySettings(
            source,
            translations,
            failures,
            maxRecords,
            maxBytes,
            maxTokens,
            Duration.ofMillis(lingerMs),
            formats,
            keep,
            cacheMaxBytes,
            rollouts),
        rolloutBundles,
        languages,
        new DecoderSettings(threads).withDevice(device).withShortlist(shortlist),
        http,
        jsonLog,
        kafka,
        warnings);
  }

  private TopicsSettings topicsSettings(boolean all) {
    String source = topic(Setting.SOURCE_TOPIC);
    TopicPattern translations = topicPattern();
    String failures = topic(Setting.FAILURES_TOPIC);
    requireDifferent(source, translations.pattern(), failures);
    Optional<RolloutTopics> rollouts = rollouts();
    List<Path> models = all && translations.isPerLanguage() ? models() : List.of();
    refuseUnknownKeys();
    Map<String, String> kafka = kafka();
    refuseProblems();
    return new TopicsSettings(source, translations, failures, rollouts, models, kafka);
  }

  /**
   * Reads and checks as {@link #read} does, and explains.
   *
   * @param warnings takes a line for each thing that may be a mistake
   * @return every setting that is Streamglot's, then those of Kafka that the user, the preset or
   *     Streamglot's defaults set, in the order of keys
   * @throws UserErrorException with a line for each problem
   */
  static List<EffectiveSetting> explain(
      Path file, Map<String, String> environment, Consumer<String> warnings) {
    RunSettingsReader reader = new RunSettingsReader(UserSettings.read(file, environment));
    Map<String, String> kafka = reader.settings().kafka();
    reader.warnings.forEach(warnings);
    List<EffectiveSetting> explained = new ArrayList<>();
    for (Setting setting : Setting.values()) {
      explained.add(reader.explained(setting.key(), reader.text(setting), setting.expected()));
    }
    new TreeMap<>(StreamsDefaults.with(kafka))
        .forEach(
            (key, value) ->
                explained.add(
                    reader.explained(
                        (String) key, (String) value, KafkaSettings.expected((String) key))));
    return explained;
  }

  private EffectiveSetting explained(String key, String text, String expected) {
    Value value = values.get(key);
    return new EffectiveSetting(
        key,
        value == null ? text : value.shown(key),
        value == null ? defaultOrigin(key) : value.origin(),
        expected);
  }

  private String defaultOrigin(String key) {
    return preset.sets(key) ? "preset " + text(Setting.PRESET) : "default";
  }

  private void refuseProblems() {
    if (!problems.isEmpty()) {
      problems.addAll(warnings); // a misspelt name may be why another is not set
      throw new UserErrorException(problems);
    }
  }

  private LanguageSettings languages() {
    boolean detection = isOn(Setting.LANGUAGE_DETECTION);
    double minConfidence =
        orProblem(
            Setting.LANGUAGE_MIN_CONFIDENCE, share(text(Setting.LANGUAGE_MIN_CONFIDENCE)), 0.0);
    Optional<String> taken =
        Optional.of(text(Setting.LANGUAGE_DEFAULT)).filter(tag -> !tag.equals("none"));
    if (!taken.map(LanguageTags::isWellFormed).orElse(true)) {
      problem(Setting.LANGUAGE_DEFAULT.key(), Setting.LANGUAGE_DEFAULT.expected());
      return LanguageSettings.defaults(); // never used
    }
    return new LanguageSettings(detection, minConfidence, taken);
  }

  private static Optional<Double> share(String text) {
    try {
      double number = Double.parseDouble(text);
      return number >= 0 && number <= 1 ? Optional.of(number) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private List<Path> models() {
    Set<Path> folders = new LinkedHashSet<>();
    for (String name : text(Setting.MODELS).split(",", -1)) {
      folders.add(folder(Setting.MODELS, name));
    }
    return List.copyOf(folders);
  }

  private Path folder(Setting setting, String name) {
    try {
      Path folder = Path.of(name.strip());
      if (name.isBlank()) {
        problem(setting.key(), setting.expected());
      } else if (!Files.isDirectory(folder)) {
        problem(
            setting.key(),
            "%s (there is no folder %s)".formatted(setting.expected(), folder.toAbsolutePath()));
      }
      return folder;
    } catch (InvalidPathException e) {
      problem(setting.key(), setting.expected());
      return Path.of(""); // never used
    }
  }

  private String topic(Setting setting) {
    String name = text(setting);
    if (!TopicNames.isName(name)) {
      problem(setting.key(), setting.expected());
    }
    return name;
  }

  private TopicPattern topicPattern() {
    Setting setting = Setting.TRANSLATIONS_TOPIC;
    TopicPattern pattern = new TopicPattern(text(setting));
    if (!TopicNames.isName(pattern.topic("en"))) {
      problem(setting.key(), setting.expected());
    }
    return pattern;
  }

  private Optional<RolloutTopics> rollouts() {
    Optional<String> shadow =
        Optional.of(text(Setting.SHADOW_TOPIC))
            .filter(name -> !name.isEmpty())
            .map(name -> topic(Setting.SHADOW_TOPIC));
    boolean wanted = !text(Setting.MODELS_TOPIC).isEmpty();
    if (shadow.isPresent() && !wanted) {
      problem(Setting.SHADOW_TOPIC.key(), Setting.SHADOW_TOPIC.expected());
    }
    return Optional.of(text(Setting.MODELS_TOPIC))
        .filter(name -> wanted)
        .map(name -> new RolloutTopics(topic(Setting.MODELS_TOPIC), shadow));
  }

  private Optional<Path> rolloutBundles(boolean wanted) {
    Setting setting = Setting.ROLLOUT_BUNDLES;
    String name = text(setting);
    if (!wanted && !name.isEmpty()) {
      problem(setting.key(), setting.expected());
    }
    return wanted ? Optional.of(folder(setting, name)) : Optional.empty();
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

  private Terms keep() {
    List<String> terms = List.of(text(Setting.TEXT_KEEP).split(","));
    if (terms.stream().anyMatch(term -> term.strip().length() > Terms.MAX_CHARACTERS)) {
      problem(Setting.TEXT_KEEP.key(), Setting.TEXT_KEEP.expected());
    }
    return Terms.of(terms);
  }

  private Formats formats() {
    ValueFormat source = format(Setting.SOURCE_FORMAT);
    ValueFormat translations = format(Setting.TRANSLATIONS_FORMAT);
    List<String> targets = targetLanguages();
    Optional<RegistrySettings> registry = registry();
    if (registry.isEmpty() && (source.needsRegistry() || translations.needsRegistry())) {
      problem(Setting.REGISTRY_URL.key(), Setting.REGISTRY_URL.expected());
      return Formats.AVRO;
    }
    return new Formats(source, translations, targets, registry);
  }

  private ValueFormat format(Setting setting) {
    return orProblem(setting, ValueFormat.parse(text(setting)), ValueFormat.AVRO);
  }

  private List<String> targetLanguages() {
    String text = text(Setting.TARGET_LANGUAGES);
    if (text.isEmpty()) {
      return List.of();
    }
    List<String> tags = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    for (String tag : tags) {
      if (!LanguageTags.isWellFormed(tag)) {
        problem(Setting.TARGET_LANGUAGES.key(), Setting.TARGET_LANGUAGES.expected());
        break;
      }
    }
    return tags;
  }

  private Optional<RegistrySettings> registry() {
    SubjectNaming naming =
        orProblem(
            Setting.REGISTRY_SUBJECT,
            SubjectNaming.parse(text(Setting.REGISTRY_SUBJECT)),
            SubjectNaming.TOPIC);
    boolean register = isOn(Setting.REGISTRY_REGISTER);
    String credentials = text(Setting.REGISTRY_CREDENTIALS);
    if (!credentials.isEmpty() && !credentials.contains(":")) {
      problem(Setting.REGISTRY_CREDENTIALS.key(), Setting.REGISTRY_CREDENTIALS.expected());
    }
    String url = text(Setting.REGISTRY_URL);
    if (url.isEmpty()) {
      return Optional.empty();
    }
    if (url.contains("@")) {
      problems.add(
          "%s: expected no password in it (%s takes it), actual one"
              .formatted(Setting.REGISTRY_URL.key(), Setting.REGISTRY_CREDENTIALS.key()));
      return Optional.empty();
    }
    return Optional.of(
        new RegistrySettings(
            orProblem(Setting.REGISTRY_URL, httpUrl(url), URI.create("http://localhost")),
            Optional.of(credentials).filter(text -> !text.isEmpty()),
            naming,
            register,
            tls()));
  }

  /** Kafka's settings of TLS, which a company's registry shares with its Kafka. */
  private Map<String, String> tls() {
    Map<String, String> tls = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith("ssl.")) {
            tls.put(key, value.text());
          }
        });
    return tls;
  }

  /** Without a slash at the end, so that paths can follow. */
  private static Optional<URI> httpUrl(String text) {
    try {
      URI url = new URI(text.replaceFirst("/+$", ""));
      boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      return http && url.getHost() != null ? Optional.of(url) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
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
      if (key.startsWith(Setting.PREFIX) && !Setting.isKey(key)) {
        problems.add(
            "%s: expected %s, actual an unknown key"
                .formatted(key, Setting.expectedFor(key, Setting::key)));
      }
    }
  }

  private Map<String, String> kafka() {
    Map<String, String> kafka = new TreeMap<>(preset.kafka());
    values.forEach(
        (key, value) -> {
          if (!key.startsWith(Setting.PREFIX)) {
            kafka.put(key, value.text());
          }
        });
    Map<String, String> wrong = KafkaSettings.problems(kafka);
    wrong.forEach(this::problem);
    if (wrong.isEmpty()) {
      KafkaSettings.conflict(kafka).ifPresent(problems::add);
    }
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
    String actual = value == null ? "not set" : "'" + value.shown(key) + "'";
    String origin = value == null || value.variable() == null ? "" : " from " + value.variable();
    problems.add("%s: expected %s, actual %s%s".formatted(key, expected, actual, origin));
  }
}
