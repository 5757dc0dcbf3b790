package io.streamglot.app.cli;

import io.streamglot.app.format.Formats;
import io.streamglot.app.format.RegistrySettings;
import io.streamglot.app.format.SubjectNaming;
import io.streamglot.app.format.ValueFormat;
import io.streamglot.app.language.LanguageTags;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads how values are written, and the schema registry that this may need. */
final class FormatsReader {
  private final SettingValues values;

  FormatsReader(SettingValues values) {
    this.values = values;
  }

  /**
   * Reads and checks.
   *
   * @throws UserErrorException with a line for each problem
   */
  static Formats read(SettingValues values) {
    Formats formats = new FormatsReader(values).formats();
    values.refuseProblems();
    return formats;
  }

  /** Problems are noted in the values. */
  Formats formats() {
    ValueFormat source = format(Setting.SOURCE_FORMAT);
    ValueFormat translations = format(Setting.TRANSLATIONS_FORMAT);
    List<String> targets = targetLanguages();
    Optional<RegistrySettings> registry = registry();
    if (registry.isEmpty() && (source.needsRegistry() || translations.needsRegistry())) {
      if (values.text(Setting.REGISTRY_URL).isEmpty()) {
        values.problem(Setting.REGISTRY_URL);
      }
      return Formats.AVRO;
    }
    return new Formats(source, translations, targets, registry);
  }

  private ValueFormat format(Setting setting) {
    return values.orProblem(setting, ValueFormat.parse(values.text(setting)), ValueFormat.AVRO);
  }

  private List<String> targetLanguages() {
    String text = values.text(Setting.TARGET_LANGUAGES);
    if (text.isEmpty()) {
      return List.of();
    }
    List<String> tags = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    if (!tags.stream().allMatch(LanguageTags::isWellFormed)) {
      values.problem(Setting.TARGET_LANGUAGES);
    }
    return tags;
  }

  private Optional<RegistrySettings> registry() {
    SubjectNaming naming =
        values.orProblem(
            Setting.REGISTRY_SUBJECT,
            SubjectNaming.parse(values.text(Setting.REGISTRY_SUBJECT)),
            SubjectNaming.TOPIC);
    boolean register = values.isOn(Setting.REGISTRY_REGISTER);
    String credentials = values.text(Setting.REGISTRY_CREDENTIALS);
    if (!credentials.isEmpty() && !credentials.contains(":")) {
      values.problem(Setting.REGISTRY_CREDENTIALS);
    }
    String url = values.text(Setting.REGISTRY_URL);
    if (url.isEmpty()) {
      return Optional.empty();
    }
    if (url.contains("@")) {
      values.problem(
          "%s: expected no password in it (%s takes it), actual one"
              .formatted(Setting.REGISTRY_URL.key(), Setting.REGISTRY_CREDENTIALS.key()));
      return Optional.empty();
    }
    return Optional.of(
        new RegistrySettings(
            values.orProblem(Setting.REGISTRY_URL, httpUrl(url), URI.create("http://localhost")),
            Optional.of(credentials).filter(text -> !text.isEmpty()),
            naming,
            register,
            values.tls())); // which a company's registry shares with its Kafka
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
}
