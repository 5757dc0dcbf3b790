package io.streamglot.app.topology;

import io.streamglot.app.language.Detection;
import io.streamglot.app.language.LanguageDetector;
import io.streamglot.app.language.LanguageSettings;
import io.streamglot.app.language.LanguageTags;
import io.streamglot.schemas.FailureReason;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Decides by the languages of a text which model translates it.
 *
 * <ul>
 *   <li>A tag that no model has stands for the longest beginning of it that one has ({@link
 *       LanguageTags#fallbacks}): {@code en-US} is read by a model of {@code en}.
 *   <li>A text that is in its target language already passes through, unless a model is for just
 *       that pair.
 *   <li>The language of a text whose sender names none is the one that is detected, else the
 *       default, else, unless the text shows that it is in none of the models', the only one from
 *       which models lead to the target.
 * </ul>
 *
 * <p>Thread-safe.
 */
public final class Router {

  private final Set<LanguagePair> pairs;
  private final Set<String> languages = new LinkedHashSet<>();
  private final LanguageSettings settings;
  private final LanguageDetector detector;

  /**
   * Routes to these models.
   *
   * @param pairs of the models, in any order; may be empty
   * @param settings what is taken for the language of a text whose sender names none
   */
  public Router(Collection<LanguagePair> pairs, LanguageSettings settings) {
    this.pairs = new LinkedHashSet<>();
    pairs.stream().sorted(Comparator.comparing(LanguagePair::toString)).forEach(this.pairs::add);
    this.settings = settings;
    for (var pair : this.pairs) {
      languages.add(pair.source());
      languages.add(pair.target());
    }
    detector = new LanguageDetector(languages);
  }

  /** The languages that the models read or write: all that an outcome can be in. */
  public Set<String> languages() {
    return Collections.unmodifiableSet(languages);
  }

  /** Whether a model reads or writes the language, or what it stands for. */
  public boolean serves(String tag) {
    return !served(tag).isEmpty();
  }

  /**
   * Routes a text.
   *
   * @param source tag of its language, or null where its sender names none
   * @param text read only where the language is not named, and then once
   * @param targets canonical tags of the target languages
   * @return a route for each target, in their order
   */
  List<Route> routes(String source, String text, Collection<String> targets) {
    if (source != null) {
      var named = LanguageTags.canonical(source);
      return targets.stream().map(target -> route(named, target)).toList();
    }
    var shown = settings.detection() ? detector.detect(text) : new Detection.Unknown();
    var found = sureLanguage(shown).or(settings::defaultLanguage).map(LanguageTags::canonical);
    return targets.stream()
        .map(target -> found.isPresent() ? route(found.get(), target) : routeFromAny(target, shown))
        .toList();
  }

  private Optional<String> sureLanguage(Detection shown) {
    return shown instanceof Detection.Likely likely
            && likely.confidence() >= settings.minConfidence()
        ? Optional.of(likely.language())
        : Optional.empty();
  }

  private Route route(String source, String target) {
    var from = served(source);
    var to = served(target);
    for (var into : to) {
      for (var of : from) {
        var pair = new LanguagePair(of, into);
        if (pairs.contains(pair)) {
          return new Route.Translate(source, target, pair);
        }
      }
    }
    if (!to.isEmpty()
        && (LanguageTags.fallbacks(source).contains(target)
            || (!from.isEmpty() && from.get(0).equals(to.get(0))))) {
      return new Route.PassThrough(source, target, to.get(0));
    }
    return unsupported(target, "'%s'".formatted(source));
  }

  /** Of a text whose language is not known. */
  private Route routeFromAny(String target, Detection shown) {
    var sources = sourcesOf(target);
    if (sources.isEmpty()) {
      return unsupported(target, "an undetermined language");
    }
    if (sources.size() == 1 && !(shown instanceof Detection.Foreign)) {
      return route(sources.get(0), target);
    }
    return new Route.DeadEnd(
        target,
        FailureReason.SOURCE_LANGUAGE_NOT_DETERMINED,
        "source language: expected one in the record%s, since the models into %s read %s; actual none%s"
            .formatted(
                settings.detection() ? ", or a text that shows it" : "",
                target,
                sources,
                inWords(shown)));
  }

  /** The languages from which models lead to the target, or to what it stands for. */
  private List<String> sourcesOf(String target) {
    for (var into : served(target)) {
      var sources =
          pairs.stream()
              .filter(pair -> pair.target().equals(into))
              .map(LanguagePair::source)
              .toList();
      if (!sources.isEmpty()) {
        return sources;
      }
    }
    return List.of();
  }

  /** What the tag stands for among the languages of the models, the longest first. */
  private List<String> served(String tag) {
    return LanguageTags.fallbacks(tag).stream().filter(languages::contains).toList();
  }

  private Route unsupported(String target, String source) {
    return new Route.DeadEnd(
        target,
        FailureReason.UNSUPPORTED_LANGUAGE_PAIR,
        "languages: expected one of %s, actual %s to '%s'".formatted(pairs, source, target));
  }

  private String inWords(Detection shown) {
    if (shown instanceof Detection.Likely likely) {
      return String.format(
          Locale.ROOT,
          ", and %s with confidence %.3f instead of %.3f",
          likely.language(),
          likely.confidence(),
          settings.minConfidence());
    }
    return shown instanceof Detection.Foreign foreign
        ? ", and a text that looks like %s".formatted(foreign.likeness())
        : "";
  }
}
