package io.streamglot.translator;

import io.streamglot.translator.bundle.BundleFormatException;
import io.streamglot.translator.bundle.BundleManifest;
import io.streamglot.translator.bundle.BundleManifest.Limits;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.decode.Decoder;
import io.streamglot.translator.decode.DecoderSettings;
import io.streamglot.translator.decode.Hypothesis;
import io.streamglot.translator.decode.SearchRequest;
import io.streamglot.translator.text.Tokenizer;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Translates with the model of a {@link ModelBundle}. Thread-safe as {@link Translator} says.
 *
 * <p>The batches of a call are shared among the thread of the caller and daemon threads, {@link
 * DecoderSettings#threads} in all. However many calls there are at once, no more searches run at
 * the same time than that.
 */
public final class BundleTranslator implements Translator {

  private static final int[] NO_TOKENS = {};

  private final BundleManifest manifest;
  private final Tokenizer tokenizer;
  private final Decoder decoder;
  private final int threads;
  private final Helpers helpers;
  private final SourceEncoder encoder;

  private BundleTranslator(
      BundleManifest manifest, Tokenizer tokenizer, Decoder decoder, int threads) {
    this.manifest = manifest;
    this.tokenizer = tokenizer;
    this.decoder = decoder;
    this.threads = threads;
    this.helpers = new Helpers(threads);
    this.encoder =
        new SourceEncoder(
            tokenizer, manifest.sourceLanguage(), manifest.limits().maxSourceLength());
  }

  /**
   * Loads tokenizer and graph.
   *
   * @throws BundleFormatException if they do not agree with the manifest
   * @throws IOException if they cannot be read
   */
  public static BundleTranslator open(ModelBundle bundle, DecoderSettings settings)
      throws IOException {
    Tokenizer tokenizer = Tokenizer.open(bundle.tokenizerFile());
    try {
      verify(tokenizer, bundle.manifest().limits());
      return new BundleTranslator(
          bundle.manifest(), tokenizer, Decoder.open(bundle, settings), settings.threads());
    } catch (IOException | RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  @Override
  public BundleManifest manifest() {
    return manifest;
  }

  @Override
  public List<Translation> translate(List<String> texts, SearchOptions options) {
    return translate(new TranslationRequest(texts, options));
  }

  @Override
  public EncodedText encode(String text) {
    return encoder.encode(text);
  }

  @Override
  public List<Translation> translateEncoded(List<EncodedText> texts, SearchOptions options) {
    return translate(
        List.copyOf(texts),
        new SearchRequest(texts.stream().map(EncodedText::ids).toList(), options));
  }

  /**
   * As {@link #translate(List, SearchOptions)}, with all that a request may ask for. A blank text
   * is answered as it is, whatever its prefix.
   *
   * @throws IllegalArgumentException if a prefix has more tokens than the translation of its text
   *     may get; nothing was translated
   * @throws UnsupportedOperationException if the request has a prefix or draws lots, and the model
   *     was exported before its graph could
   */
  public List<Translation> translate(TranslationRequest request) {
    List<EncodedText> texts = request.texts().stream().map(encoder::encode).toList();
    Map<String, int[]> tokens = new HashMap<>();
    List<int[]> prefixes =
        request.prefixes().stream()
            .map(prefix -> tokens.computeIfAbsent(prefix, this::tokens))
            .toList();
    requireRoom(request, texts, prefixes);
    return translate(
        texts,
        new SearchRequest(
            texts.stream().map(EncodedText::ids).toList(),
            prefixes,
            request.options(),
            request.sampling(),
            false));
  }

  @Override
  public void close() {
    helpers.close();
    decoder.close();
    tokenizer.close();
  }

  /**
   * Shares the texts among the threads.
   *
   * @param request for all of them, in their order
   */
  private List<Translation> translate(List<EncodedText> texts, SearchRequest request) {
    Translation[] translations = new Translation[texts.size()];
    List<int[]> batches =
        SourceBatches.plan(texts, decoder.sentencesInARun(request.beamSize()), threads);
    helpers.work(batches.size(), i -> translate(texts, request, batches.get(i), translations));
    for (int i = 0; i < translations.length; i++) {
      if (texts.get(i).isBlank()) {
        translations[i] = new Translation(texts.get(i).text(), 0, List.of(), false);
      }
    }
    return List.of(translations);
  }

  /** Puts the translations of one batch into their places. */
  private void translate(
      List<EncodedText> texts, SearchRequest request, int[] batch, Translation[] translations) {
    List<List<Hypothesis>> found = decoder.decode(request.part(batch));
    for (int i = 0; i < batch.length; i++) {
      translations[batch[i]] = translation(found.get(i), texts.get(batch[i]).truncated());
    }
  }

  /** The tokens of a prefix, without the end token that the tokenizer puts last. */
  private int[] tokens(String prefix) {
    if (prefix.isEmpty()) {
      return NO_TOKENS;
    }
    int[] ids = tokenizer.encode(prefix);
    if (tokenizer.decode(ids).isEmpty()) {
      return NO_TOKENS; // nothing but a space that begins words
    }
    return Arrays.copyOf(ids, ids.length - 1);
  }

  private static void requireRoom(
      TranslationRequest request, List<EncodedText> texts, List<int[]> prefixes) {
    for (int i = 0; i < texts.size(); i++) {
      int most = request.options().maxTargetTokens(texts.get(i).length());
      int actual = prefixes.get(i).length;
      if (actual > most && !texts.get(i).isBlank()) {
        throw new IllegalArgumentException(
            "prefix of the translation of '%s': expected at most %d tokens, actual %d"
                .formatted(texts.get(i).text(), most, actual));
      }
    }
  }

  /** Two hypotheses may be one text, cut into other tokens: the better one stands for it. */
  private Translation translation(List<Hypothesis> hypotheses, boolean truncated) {
    Map<String, Float> scores = new LinkedHashMap<>();
    for (Hypothesis hypothesis : hypotheses) {
      scores.putIfAbsent(tokenizer.decode(hypothesis.tokens()), hypothesis.score());
    }
    List<Translation.Alternative> texts =
        scores.entrySet().stream()
            .map(text -> new Translation.Alternative(text.getKey(), text.getValue()))
            .toList();
    Translation.Alternative best = texts.get(0);
    return new Translation(
        best.text(),
        best.score(),
        texts.subList(1, texts.size()),
        truncated,
        hypotheses.get(0).tokens().length);
  }

  private static void verify(Tokenizer tokenizer, Limits limits) throws BundleFormatException {
    verify("vocabulary size", limits.vocabularySize(), tokenizer.vocabularySize());
    verify("id of " + Tokenizer.START, limits.startId(), tokenizer.idOf(Tokenizer.START));
    verify("id of " + Tokenizer.END, limits.endId(), tokenizer.idOf(Tokenizer.END));
    verify("id of " + Tokenizer.PAD, limits.padId(), tokenizer.idOf(Tokenizer.PAD));
  }

  private static void verify(String what, int expected, int actual) throws BundleFormatException {
    if (actual != expected) {
      throw new BundleFormatException(
          ModelBundle.TOKENIZER, what, expected + " (" + ModelBundle.MANIFEST + ")", actual);
    }
  }
}
