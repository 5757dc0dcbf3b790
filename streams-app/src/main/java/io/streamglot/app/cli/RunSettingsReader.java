package io.streamglot.app.cli;

import io.streamglot.app.format.Formats;
import io.streamglot.app.language.LanguageSettings;
import io.streamglot.app.language.LanguageTags;
import io.streamglot.app.topology.TopologySettings;
import io.streamglot.translator.decode.DecoderDevice;
import io.streamglot.translator.decode.DecoderSettings;
import io.streamglot.translator.text.Terms;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the settings of {@code run} from a properties file and the environment.
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
  private final SettingValues values;

  private RunSettingsReader(SettingValues values) {
    this.values = values;
  }

  /**
   * Reads and checks.
   *
   * @param file properties in UTF-8
   * @param environment environment variables, by name
   * @throws UserErrorException with a line for each problem
   */
  static RunSettings read(Path file, Map<String, String> environment) {
    return read(SettingValues.read(file, environment));
  }

  /**
   * Checks what was read.
   *
   * @throws UserErrorException with a line for each problem
   */
  static RunSettings read(SettingValues values) {
    return new RunSettingsReader(values).settings();
  }

  private RunSettings settings() {
    List<Path> models = values.folders(Setting.MODELS);
    boolean lazyModels = values.isEither(Setting.MODELS_LOAD, "lazy", "eager");
    LanguageSettings languages = languages();
    ConfiguredTopics topics = new TopicsSettingsReader(values).topics();
    Optional<Path> rolloutBundles = rolloutBundles(topics.rollouts().isPresent());
    values.applyPreset();
    int maxRecords = values.number(Setting.BATCH_MAX_RECORDS);
    int maxBytes = values.number(Setting.BATCH_MAX_BYTES);
    int maxTokens = values.number(Setting.BATCH_MAX_TOKENS);
    int lingerMs = values.number(Setting.BATCH_LINGER_MS);
    Terms keep = keep();
    int threads =
        values.orProblem(
            Setting.DECODER_THREADS, DecoderThreads.parse(values.text(Setting.DECODER_THREADS)), 1);
    Formats formats = new FormatsReader(values).formats();
    int cacheMaxBytes = values.number(Setting.CACHE_MAX_BYTES);
    DecoderDevice device = device();
    boolean shortlist = values.isOn(Setting.DECODER_SHORTLIST);
    Optional<InetSocketAddress> http = http();
    boolean jsonLog = values.isEither(Setting.LOG_FORMAT, "json", "text");
    values.noteUnknownKeys();
    Map<String, String> kafka = values.kafka();
    values.refuseProblems();
    return new RunSettings(
        models,
        lazyModels,
        new TopologySettings(
            topics.source(),
            topics.translations().pattern(),
            topics.failures(),
            maxRecords,
            maxBytes,
            maxTokens,
            Duration.ofMillis(lingerMs),
            formats,
            keep,
            cacheMaxBytes,
            topics.rollouts()),
        rolloutBundles,
        languages,
        new DecoderSettings(threads).withDevice(device).withShortlist(shortlist),
        http,
        jsonLog,
        kafka,
        values.warnings());
  }

  private LanguageSettings languages() {
    boolean detection = values.isOn(Setting.LANGUAGE_DETECTION);
    double minConfidence =
        values.orProblem(
            Setting.LANGUAGE_MIN_CONFIDENCE,
            share(values.text(Setting.LANGUAGE_MIN_CONFIDENCE)),
            0.0);
    Optional<String> taken =
        Optional.of(values.text(Setting.LANGUAGE_DEFAULT)).filter(tag -> !tag.equals("none"));
    if (!taken.map(LanguageTags::isWellFormed).orElse(true)) {
      values.problem(Setting.LANGUAGE_DEFAULT);
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

  private Optional<Path> rolloutBundles(boolean wanted) {
    if (wanted) {
      return Optional.of(values.folder(Setting.ROLLOUT_BUNDLES));
    }
    if (!values.text(Setting.ROLLOUT_BUNDLES).isEmpty()) {
      values.problem(Setting.ROLLOUT_BUNDLES);
    }
    return Optional.empty();
  }

  private Terms keep() {
    List<String> terms = List.of(values.text(Setting.TEXT_KEEP).split(","));
    if (terms.stream().anyMatch(term -> term.strip().length() > Terms.MAX_CHARACTERS)) {
      values.problem(Setting.TEXT_KEEP);
    }
    return Terms.of(terms);
  }

  private DecoderDevice device() {
    try {
      return DecoderDevice.parse(values.text(Setting.DECODER_DEVICE));
    } catch (IllegalArgumentException e) {
      values.problem(Setting.DECODER_DEVICE);
      return DecoderDevice.CPU; // never used
    }
  }

  private Optional<InetSocketAddress> http() {
    boolean enabled = values.isOn(Setting.HTTP_ENABLED);
    String host = values.text(Setting.HTTP_HOST);
    int port = values.number(Setting.HTTP_PORT);
    if (!enabled) {
      return Optional.empty();
    }
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (host.isEmpty() || address.isUnresolved()) {
      values.problem(Setting.HTTP_HOST);
    }
    return Optional.of(address);
  }
}
