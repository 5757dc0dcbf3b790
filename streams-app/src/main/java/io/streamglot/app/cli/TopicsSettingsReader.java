package io.streamglot.app.cli;

import io.streamglot.app.topology.RolloutTopics;
import io.streamglot.app.topology.TopicPattern;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what names the topics and leads to Kafka. */
final class TopicsSettingsReader {
  private final SettingValues values;

  TopicsSettingsReader(SettingValues values) {
    this.values = values;
  }

  /**
   * Reads and checks; nothing of the models, for a command may be run where there are none.
   *
   * @throws UserErrorException with a line for each problem
   */
  static TopicsSettings read(SettingValues values) {
    return new TopicsSettingsReader(values).settings(false);
  }

  /**
   * As {@link #read}; also which models there are, where their languages name topics.
   *
   * @throws UserErrorException with a line for each problem
   */
  static TopicsSettings readWithModels(SettingValues values) {
    return new TopicsSettingsReader(values).settings(true);
  }

  private TopicsSettings settings(boolean withModels) {
    ConfiguredTopics topics = topics();
    List<Path> models =
        withModels && topics.translations().isPerLanguage()
            ? values.folders(Setting.MODELS)
            : List.of();
    values.noteUnknownKeys();
    Map<String, String> kafka = values.kafka();
    values.refuseProblems();
    return new TopicsSettings(
        topics.source(),
        topics.translations(),
        topics.failures(),
        topics.rollouts(),
        models,
        kafka);
  }

  /** Problems are noted in the values. */
  ConfiguredTopics topics() {
    String source = topic(Setting.SOURCE_TOPIC);
    TopicPattern translations = translations();
    String failures = topic(Setting.FAILURES_TOPIC);
    requireDifferent(source, translations.pattern(), failures);
    return new ConfiguredTopics(source, translations, failures, rollouts());
  }

  private String topic(Setting setting) {
    String name = values.text(setting);
    if (!TopicNames.isName(name)) {
      values.problem(setting);
    }
    return name;
  }

  private TopicPattern translations() {
    TopicPattern pattern = new TopicPattern(values.text(Setting.TRANSLATIONS_TOPIC));
    if (!TopicNames.isName(pattern.topic("en"))) {
      values.problem(Setting.TRANSLATIONS_TOPIC);
    }
    return pattern;
  }

  private void requireDifferent(String source, String translations, String failures) {
    if (source.equals(translations) || source.equals(failures) || translations.equals(failures)) {
      values.problem(
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

  private Optional<RolloutTopics> rollouts() {
    Optional<String> shadow =
        Optional.of(values.text(Setting.SHADOW_TOPIC))
            .filter(name -> !name.isEmpty())
            .map(name -> topic(Setting.SHADOW_TOPIC));
    boolean wanted = !values.text(Setting.MODELS_TOPIC).isEmpty();
    if (shadow.isPresent() && !wanted) {
      values.problem(Setting.SHADOW_TOPIC);
    }
    return wanted
        ? Optional.of(new RolloutTopics(topic(Setting.MODELS_TOPIC), shadow))
        : Optional.empty();
  }
}
