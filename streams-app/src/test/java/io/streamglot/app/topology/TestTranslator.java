package io.streamglot.app.topology;

import io.streamglot.translator.Translation;
import io.streamglot.translator.Translator;
import io.streamglot.translator.bundle.BundleManifest;
import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.decode.DecodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * "Translates" {@code text} to {@code target:text}, a token a character of the text, remembers each
 * call, and fails the whole call where one text holds {@link #POISON}: for tests of order, batches
 * and time, not of translation.
 */
class TestTranslator implements Translator {

  static final String POISON = "poison";

  final List<List<String>> calls = new ArrayList<>();
  private final BundleManifest manifest;
  private Predicate<List<String>> failing =
      texts -> texts.stream().anyMatch(text -> text.contains(POISON));
  private boolean closed;

  TestTranslator(String source, String target) {
    this.manifest =
        new BundleManifest(
            1,
            source + "-" + target,
            "0.0.1",
            source,
            target,
            Map.of(),
            new BundleManifest.Limits(300, 100, 2, 3, 0),
            new SearchOptions(1, 1, 1f, 2f, 10),
            Map.of(),
            Map.of(),
            List.of(),
            "CC0-1.0");
  }

  /** Fails from now on the calls that the condition holds for, and no others. */
  void failOn(Predicate<List<String>> condition) {
    failing = condition;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public BundleManifest manifest() {
    return manifest;
  }

  @Override
  public List<Translation> translate(List<String> texts, SearchOptions options) {
    if (closed) {
      throw new IllegalStateException("closed");
    }
    calls.add(List.copyOf(texts));
    if (failing.test(texts)) {
      throw new DecodingException("cannot decode", null);
    }
    return texts.stream()
        .map(
            text ->
                text.isBlank()
                    ? new Translation(text, 0, List.of(), false)
                    : new Translation(
                        manifest.targetLanguage() + ":" + text,
                        -0.5f,
                        List.of(new Translation.Alternative("other", -1f)),
                        text.length() > 100,
                        text.length()))
        .toList();
  }

  @Override
  public void close() {
    closed = true;
  }
}
