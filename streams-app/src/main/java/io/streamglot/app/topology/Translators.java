package io.streamglot.app.topology;

import io.streamglot.translator.Translator;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The translators that the application serves, one for each language pair. Immutable; thread-safe
 * as its translators are.
 */
public final class Translators implements AutoCloseable {

  private final Map<LanguagePair, Translator> byPair = new LinkedHashMap<>();

  /**
   * Takes ownership of the translators: {@link #close} closes them.
   *
   * @param translators at most one for each language pair; may be empty
   * @throws IllegalArgumentException if two translate the same pair; none is closed then
   */
  public Translators(Collection<? extends Translator> translators) {
    for (var translator : translators) {
      var manifest = translator.manifest();
      var pair = new LanguagePair(manifest.sourceLanguage(), manifest.targetLanguage());
      var other = byPair.putIfAbsent(pair, translator);
      if (other != null) {
        throw new IllegalArgumentException(
            "%s: expected one model, actual %s %s and %s %s"
                .formatted(
                    pair,
                    other.manifest().name(),
                    other.manifest().version(),
                    manifest.name(),
                    manifest.version()));
      }
    }
  }

  /** The translator of a pair, or empty where no model serves it. */
  public Optional<Translator> find(LanguagePair pair) {
    return Optional.ofNullable(byPair.get(pair));
  }

  /** The pairs that are served, in the order of the translators. */
  public List<LanguagePair> pairs() {
    return List.copyOf(byPair.keySet());
  }

  /** Closes every translator. Nobody may be translating. */
  @Override
  public void close() {
    byPair.values().forEach(Translator::close);
  }
}
