package io.streamglot.app.topology;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.streamglot.schemas.SourceText;
import io.streamglot.translator.Translation;
import io.streamglot.translator.Translator;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/**
 * Translations of texts that come again, as greetings and templates do: the answer of the first
 * time, without decoding. Among other texts of a batch a model of integers may rarely find another
 * (docs/decisions/0010). What is used seldom goes first (W-TinyLFU, Einziger et al. 2017).
 * Thread-safe.
 *
 * <p>Every translator has its own, so that no version of a model answers for another.
 */
final class TranslationCache {

  /** Of keys, entries and strings, about. */
  private static final int ENTRY_BYTES = 200;

  private final long maxBytes;
  private final Cache<Key, Translation> translations;

  /** What stands for a translator, so that its answers do not keep its model in memory. */
  private final Map<Translator, Object> ids = Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * All that decides a translation.
   *
   * @param translator what stands for it
   */
  private record Key(Object translator, String text, List<String> keep) {}

  /**
   * Nothing is known yet.
   *
   * @param maxBytes memory to use, about; 0 for no cache
   */
  TranslationCache(long maxBytes) {
    this.maxBytes = maxBytes;
    this.translations =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher(TranslationCache::bytes)
            .executor(Runnable::run) // a bound that always holds, and no thread
            .build();
  }

  boolean isOn() {
    return maxBytes > 0;
  }

  /** What the translator made of the text before, if that is still known. */
  Optional<Translation> find(Translator translator, SourceText text) {
    return Optional.ofNullable(translations.getIfPresent(key(translator, text)));
  }

  /** Keeps what the translator made of a text. */
  void keep(Translator translator, SourceText text, Translation translation) {
    if (isOn()) {
      translations.put(key(translator, text), translation);
    }
  }

  private Key key(Translator translator, SourceText source) {
    return new Key(
        ids.computeIfAbsent(translator, unknown -> new Object()),
        source.getText(),
        List.copyOf(source.getDoNotTranslate()));
  }

  private static int bytes(Key key, Translation translation) {
    long characters = (long) key.text().length() + translation.text().length();
    for (var term : key.keep()) {
      characters += ENTRY_BYTES + term.length();
    }
    for (var alternative : translation.alternatives()) {
      characters += ENTRY_BYTES + alternative.text().length();
    }
    return (int) Math.min(Integer.MAX_VALUE, ENTRY_BYTES + characters * Character.BYTES);
  }
}
