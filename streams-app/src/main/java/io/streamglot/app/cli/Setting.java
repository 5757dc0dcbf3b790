package io.streamglot.app.cli;

import io.streamglot.app.format.SubjectNaming;
import io.streamglot.app.format.ValueFormat;
import io.streamglot.app.language.LanguageSettings;
import io.streamglot.app.topology.TopicPattern;
import io.streamglot.app.topology.TopologySettings;
import io.streamglot.translator.decode.DecoderDevice;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Streamglot's own settings for {@code run}; everything else in the file is Kafka's. */
enum Setting {
  /** Folders of model bundles; the only one without a default. */
  MODELS("streamglot.models", null, "folders of model bundles, separated by commas"),
  /** When the models are loaded. */
  MODELS_LOAD("streamglot.models.load", "eager", "eager or lazy"),
  /** Whether the text says its language where its sender does not. */
  LANGUAGE_DETECTION("streamglot.language.detection", "on", "on or off"),
  /** How sure that must be. */
  LANGUAGE_MIN_CONFIDENCE(
      "streamglot.language.min.confidence",
      Double.toString(LanguageSettings.defaults().minConfidence()),
      "a number from 0 to 1"),
  /** Language of all other texts. */
  LANGUAGE_DEFAULT("streamglot.language.default", "none", "a BCP 47 tag such as en, or none"),
  /** Topic of {@code SourceText} records. */
  SOURCE_TOPIC("streamglot.topic.source", Defaults.TOPOLOGY.sourceTopic(), TopicNames.EXPECTED),
  /** Topic of {@code Translation} records, or a {@link TopicPattern}. */
  TRANSLATIONS_TOPIC(
      "streamglot.topic.translations",
      Defaults.TOPOLOGY.translationsTopic(),
      TopicNames.EXPECTED + ", in which " + TopicPattern.LANGUAGE + " is the language"),
  /** Topic of {@code TranslationFailure} records. */
  FAILURES_TOPIC(
      "streamglot.topic.failures", Defaults.TOPOLOGY.failuresTopic(), TopicNames.EXPECTED),
  /** Topic of events that replace models. */
  MODELS_TOPIC("streamglot.topic.models", "", TopicNames.EXPECTED + ", or nothing"),
  /** Topic of what candidates on trial translate besides. */
  SHADOW_TOPIC(
      "streamglot.topic.shadow", "", TopicNames.EXPECTED + ", with streamglot.topic.models only"),
  /** Where the bundles are that events name. */
  ROLLOUT_BUNDLES(
      "streamglot.rollout.bundles",
      "",
      "a folder of model bundles, with streamglot.topic.models only"),
  /** How values of the source topic are written. */
  SOURCE_FORMAT("streamglot.format.source", "avro", "one of " + ValueFormat.EXPECTED),
  /** How translations are written. */
  TRANSLATIONS_FORMAT("streamglot.format.translations", "avro", "one of " + ValueFormat.EXPECTED),
  /** Where a record names no target language. */
  TARGET_LANGUAGES(
      "streamglot.language.targets", "", "BCP 47 tags such as fr, separated by commas, or nothing"),
  /** The schema registry's API; needed for the format avro-registry. */
  REGISTRY_URL("streamglot.registry.url", "", "an http or https URL such as http://localhost:8081"),
  /** How to log in there. */
  REGISTRY_CREDENTIALS("streamglot.registry.credentials", "", "user:password, or nothing"),
  /** Under which subject the schema of translations is looked up there. */
  REGISTRY_SUBJECT("streamglot.registry.subject", "topic", "one of " + SubjectNaming.EXPECTED),
  /** Whether that schema is registered, if it is not there. */
  REGISTRY_REGISTER("streamglot.registry.register", "on", "on or off"),
  /** Memory for translations of texts that come again. */
  CACHE_MAX_BYTES(
      "streamglot.cache.max.bytes", Defaults.TOPOLOGY.cacheMaxBytes(), 0, Integer.MAX_VALUE),
  /** Which defaults hold for the settings of batches and some of Kafka's; see {@link Preset}. */
  PRESET("streamglot.preset", "chat", Preset.EXPECTED),
  /** Records that make a micro-batch full. */
  BATCH_MAX_RECORDS("streamglot.batch.max.records", Defaults.TOPOLOGY.maxBatchRecords(), 1, 10_000),
  /** Bytes of record values that make a micro-batch full. */
  BATCH_MAX_BYTES("streamglot.batch.max.bytes", Defaults.TOPOLOGY.maxBatchBytes(), 1, 1 << 30),
  /** Tokens, as the models cut the texts, that make a micro-batch full. */
  BATCH_MAX_TOKENS(
      "streamglot.batch.max.tokens", Defaults.TOPOLOGY.maxBatchTokens(), 1, 10_000_000),
  /** How long the first record of a micro-batch waits for others. */
  BATCH_LINGER_MS(
      "streamglot.batch.linger.ms", (int) Defaults.TOPOLOGY.linger().toMillis(), 1, 60_000),
  /** What stays as it is in every text. */
  TEXT_KEEP(
      "streamglot.text.keep",
      "",
      "words and phrases of at most 200 characters, separated by commas"),
  /** Threads that share the decoding of a model; read by {@link DecoderThreads}. */
  DECODER_THREADS("streamglot.decoder.threads", DecoderThreads.AUTO, DecoderThreads.EXPECTED),
  /** Where the models compute. */
  DECODER_DEVICE(
      "streamglot.decoder.device", DecoderDevice.AUTO.toString(), DecoderDevice.EXPECTED),
  /** Whether models that have a shortlist of target tokens keep to it. */
  DECODER_SHORTLIST("streamglot.decoder.shortlist", "on", "on or off"),
  /** Whether metrics and health are served over HTTP. */
  HTTP_ENABLED("streamglot.http.enabled", "on", "on or off"),
  /** Where that listens. */
  HTTP_HOST("streamglot.http.host", "127.0.0.1", "a host name or an IP address"),
  /** On which port; 0 is any that is free. */
  HTTP_PORT("streamglot.http.port", 9464, 0, 65_535),
  /** How the log is written. */
  LOG_FORMAT("streamglot.log.format", "text", "text or json");

  /** Begins every key. */
  static final String PREFIX = "streamglot.";

  private static final Set<String> SECRETS = Set.of("credentials", "password", "secret", "token");

  private final String key;
  private final String defaultValue;
  private final String expected;
  private final int min;
  private final int max;

  Setting(String key, String defaultValue, String expected) {
    this(key, defaultValue, expected, 0, 0);
  }

  Setting(String key, int defaultValue, int min, int max) {
    this(
        key,
        Integer.toString(defaultValue),
        "a whole number from %d to %d".formatted(min, max),
        min,
        max);
  }

  Setting(String key, String defaultValue, String expected, int min, int max) {
    this.key = key;
    this.defaultValue = defaultValue;
    this.expected = expected;
    this.min = min;
    this.max = max;
  }

  /** Its name in the properties file. */
  String key() {
    return key;
  }

  /** The environment variable that overrides it: upper case, underscores for dots. */
  String variable() {
    return key.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  /** Its value where neither it nor a {@link Preset} is set; empty if it has to be set. */
  Optional<String> defaultValue() {
    return Optional.ofNullable(defaultValue);
  }

  /** What a value has to be, in words. */
  String expected() {
    return expected;
  }

  /** The value as a number; empty if it is none or out of range. */
  Optional<Integer> parseNumber(String text) {
    try {
      int number = Integer.parseInt(text);
      return number >= min && number <= max ? Optional.of(number) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Whether the value of a key is not to be seen, by the last part of its name. */
  static boolean isSecret(String key) {
    return SECRETS.contains(key.substring(key.lastIndexOf('.') + 1));
  }

  static boolean isKey(String key) {
    return Arrays.stream(values()).anyMatch(setting -> setting.key.equals(key));
  }

  /**
   * What there is in the place of an unknown name, in words: the settings that begin most like it.
   *
   * @param unknown begins as keys or variables do, and is none
   * @param naming {@link #key} or {@link #variable}
   */
  static String expectedFor(String unknown, Function<Setting, String> naming) {
    NavigableMap<Integer, List<String>> byCommonBeginning =
        Arrays.stream(values())
            .map(naming)
            .collect(
                Collectors.groupingBy(
                    name -> Arrays.mismatch(unknown.toCharArray(), name.toCharArray()),
                    TreeMap::new,
                    Collectors.toList()));
    Map.Entry<Integer, List<String>> nearest = byCommonBeginning.lastEntry();
    return nearest.getKey() <= PREFIX.length()
        ? "a setting that README.md lists"
        : "a setting such as " + String.join(", ", nearest.getValue());
  }

  static boolean isVariable(String variable) {
    return Arrays.stream(values()).anyMatch(setting -> setting.variable().equals(variable));
  }

  /** An enum's own constants cannot be used by its values. */
  private static final class Defaults {
    static final TopologySettings TOPOLOGY = TopologySettings.defaults();
  }
}
