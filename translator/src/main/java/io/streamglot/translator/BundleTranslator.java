package io.streamglot.translator;

import io.streamglot.translator.bundle.BundleFormatException;
import io.streamglot.translator.bundle.BundleManifest;
import io.streamglot.translator.bundle.BundleManifest.Limits;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.decode.Decoder;
import io.streamglot.translator.decode.DecoderSettings;
import io.streamglot.translator.decode.Hypothesis;
import io.streamglot.translator.decode.Sampling;
import io.streamglot.translator.decode.SearchRequest;
import io.streamglot.translator.text.Copies;
import io.streamglot.translator.text.Placeholders;
import io.streamglot.translator.text.Span;
import io.streamglot.translator.text.Terms;
import io.streamglot.translator.text.TextNormalizer;
import io.streamglot.translator.text.Tokenizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
  private final Placeholders placeholders;
  private final TextNormalizer normalizer;
  private final Copies copies;
  private final SourceEncoder encoder;

  private BundleTranslator(
      BundleManifest manifest, Tokenizer tokenizer, Decoder decoder, int threads) {
    this.manifest = manifest;
    this.tokenizer = tokenizer;
    this.decoder = decoder;
    this.threads = threads;
    this.helpers = new Helpers(threads);
    this.placeholders = Placeholders.of(tokenizer);
    this.normalizer = new TextNormalizer(manifest.sourceLanguage(), tokenizer::hasWord);
    this.copies =
        new Copies(
            manifest.sourceLanguage(),
            manifest.targetLanguage(),
            word -> tokenizer.encode(word).length - 1,
            placeholders.count() > 0);
    this.encoder =
        new SourceEncoder(
            tokenizer,
            placeholders,
            normalizer,
            manifest.sourceLanguage(),
            manifest.limits().maxSourceLength());
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
  public EncodedText encode(String text, Terms terms) {
    return encoder.encode(text, terms);
  }

  @Override
  public List<Translation> translateEncoded(List<EncodedText> texts, SearchOptions options) {
    return translate(List.copyOf(texts), options, Optional.empty());
  }

  /**
   * As {@link #translate(List, SearchOptions)}, with all that a request may ask for. A text in
   * which nothing is to translate is answered as it is, whatever its prefix.
   *
   * @throws IllegalArgumentException if a prefix has more tokens than the translation of the first
   *     sentence of its text may get; nothing was translated
   * @throws UnsupportedOperationException if the request has a prefix or draws lots, and the model
   *     was exported before its graph could
   */
  public List<Translation> translate(TranslationRequest request) {
    Map<String, int[]> prefixes = new HashMap<>();
    List<EncodedText> texts = new ArrayList<>();
    for (int i = 0; i < request.texts().size(); i++) {
      int[] prefix = prefixes.computeIfAbsent(request.prefixes().get(i), this::tokens);
      texts.add(encode(request.texts().get(i), Terms.NONE).withPrefix(prefix));
    }
    texts.forEach(text -> requireRoom(text, request.options()));
    return translate(texts, request.options(), request.sampling());
  }

  @Override
  public void close() {
    helpers.close();
    decoder.close();
    tokenizer.close();
  }

  /**
   * Translates the sentences of all texts together. Those in which a span was lost or doubled are
   * translated once more, in pieces that have none; those in which a number or name was lost, with
   * all of these as spans.
   */
  private List<Translation> translate(
      List<EncodedText> texts, SearchOptions options, Optional<Sampling> sampling) {
    List<EncodedSentence> sentences =
        texts.stream().flatMap(text -> text.sentences().stream()).toList();
    List<List<Hypothesis>> found = search(sentences, options, sampling);
    List<Optional<Translation>> translations = new ArrayList<>();
    List<EncodedText> again = new ArrayList<>();
    for (int i = 0; i < sentences.size(); i++) {
      EncodedSentence sentence = sentences.get(i);
      Optional<Translation> translation = translation(sentence, found.get(i));
      List<Span> lost =
          translation
              .map(known -> copies.ifOneIsLost(sentence.sentence(), known.text()))
              .orElse(List.of());
      translations.add(translation.filter(known -> lost.isEmpty()));
      if (translation.isEmpty()) {
        again.add(encoder.pieces(sentence));
      } else if (!lost.isEmpty()) {
        again.add(encoder.protecting(sentence, lost));
      }
    }
    Iterator<Translation> second =
        (again.isEmpty() ? List.<Translation>of() : translate(again, options, sampling)).iterator();
    Iterator<Translation> all =
        translations.stream().map(known -> known.orElseGet(second::next)).iterator();
    return texts.stream().map(text -> joined(text, all)).toList();
  }

  private static Translation joined(EncodedText text, Iterator<Translation> sentences) {
    List<Translation> own = text.sentences().stream().map(s -> sentences.next()).toList();
    return new JoinedTranslation(text, own).join();
  }

  /** Searches for all sentences, in batches that the threads share. */
  private List<List<Hypothesis>> search(
      List<EncodedSentence> sentences, SearchOptions options, Optional<Sampling> sampling) {
    SearchRequest request =
        new SearchRequest(
            sentences.stream().map(EncodedSentence::ids).toList(),
            sentences.stream().map(EncodedSentence::prefix).toList(),
            options,
            sampling,
            false);
    int[] lengths = sentences.stream().mapToInt(sentence -> sentence.ids().length).toArray();
    List<int[]> batches =
        SourceBatches.plan(lengths, decoder.sentencesInARun(request.beamSize()), threads);
    List<List<Hypothesis>> found = new ArrayList<>(Collections.nCopies(sentences.size(), null));
    helpers.work(
        batches.size(),
        b -> {
          List<List<Hypothesis>> ofBatch = decoder.decode(request.part(batches.get(b)));
          for (int i = 0; i < ofBatch.size(); i++) {
            found.set(batches.get(b)[i], ofBatch.get(i));
          }
        });
    return found;
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

  private static void requireRoom(EncodedText text, SearchOptions options) {
    if (text.sentences().isEmpty()) {
      return;
    }
    EncodedSentence first = text.sentences().get(0);
    int most = options.maxTargetTokens(first.ids().length);
    if (first.prefix().length > most) {
      throw new IllegalArgumentException(
          "prefix of the translation of '%s': expected at most %d tokens, actual %d"
              .formatted(first.sentence().text(), most, first.prefix().length));
    }
  }

  /**
   * The translation of a sentence with its spans in their places; empty if the best hypothesis lost
   * or doubled one. Two hypotheses may be one text, cut into other tokens: the better one stands
   * for it.
   */
  private Optional<Translation> translation(EncodedSentence source, List<Hypothesis> hypotheses) {
    List<Translation.Alternative> texts = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Hypothesis hypothesis : hypotheses) {
      Optional<String> text =
          placeholders.restore(
              normalizer.restore(tokenizer.decode(hypothesis.tokens()), source.form()),
              source.sentence());
      if (text.isEmpty() && texts.isEmpty()) {
        return Optional.empty();
      }
      text.filter(seen::add)
          .ifPresent(t -> texts.add(new Translation.Alternative(t, hypothesis.score())));
    }
    Translation.Alternative best = texts.get(0);
    return Optional.of(
        new Translation(
            best.text(),
            best.score(),
            texts.subList(1, texts.size()),
            false,
            hypotheses.get(0).tokens().length));
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
