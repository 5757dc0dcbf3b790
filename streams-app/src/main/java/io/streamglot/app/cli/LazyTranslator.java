package io.streamglot.app.cli;

import io.streamglot.translator.EncodedText;
import io.streamglot.translator.Translation;
import io.streamglot.translator.Translator;
import io.streamglot.translator.bundle.BundleManifest;
import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.text.Terms;
import java.util.List;
import java.util.function.Supplier;

/**
 * A translator that is loaded with its first text, once; others that come meanwhile wait for it. If
 * it cannot be loaded each call throws what that threw, and the next tries again: nothing is wrong
 * with the text.
 *
 * <p>Thread-safe.
 */
final class LazyTranslator implements Translator {
  private final BundleManifest manifest;
  private final Supplier<Translator> loading;
  private Translator loaded;
  private boolean closed;

  /**
   * Loads nothing yet.
   *
   * @param loading makes the translator, which is closed with this one
   */
  LazyTranslator(BundleManifest manifest, Supplier<Translator> loading) {
    this.manifest = manifest;
    this.loading = loading;
  }

  @Override
  public BundleManifest manifest() {
    return manifest;
  }

  @Override
  public List<Translation> translate(List<String> texts, SearchOptions options) {
    return loaded().translate(texts, options);
  }

  @Override
  public EncodedText encode(String text, Terms keep) {
    return loaded().encode(text, keep);
  }

  @Override
  public List<Translation> translateEncoded(List<EncodedText> texts, SearchOptions options) {
    return loaded().translateEncoded(texts, options);
  }

  private synchronized Translator loaded() {
    if (closed) {
      throw new IllegalStateException(
          "%s: expected open, actual closed".formatted(manifest.name()));
    }
    if (loaded == null) {
      loaded = loading.get();
    }
    return loaded;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (loaded != null) {
      loaded.close();
    }
  }
}
