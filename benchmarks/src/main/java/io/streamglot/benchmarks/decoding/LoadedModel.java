package io.streamglot.benchmarks.decoding;

import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.decode.Decoder;
import io.streamglot.translator.decode.DecoderSettings;
import io.streamglot.translator.decode.Hypothesis;
import io.streamglot.translator.text.Tokenizer;
import java.io.IOException;
import java.util.List;

/** A candidate's tokenizer and decoder. Thread-safe, but for {@link #close}. */
public final class LoadedModel implements AutoCloseable {

  private final Candidate candidate;
  private final ModelBundle bundle;
  private final Tokenizer tokenizer;
  private final Decoder decoder;

  private LoadedModel(
      Candidate candidate, ModelBundle bundle, Tokenizer tokenizer, Decoder decoder) {
    this.candidate = candidate;
    this.bundle = bundle;
    this.tokenizer = tokenizer;
    this.decoder = decoder;
  }

  /**
   * Opens the bundle of a candidate.
   *
   * @param settings of the decoder, where the candidate's specification has none
   * @throws IOException if it is damaged or does not open on the device; the message names the
   *     folder
   */
  public static LoadedModel open(Candidate candidate, DecoderSettings settings) throws IOException {
    ModelBundle bundle = Bundles.open(candidate.folder());
    DecoderSettings own = candidate.in(RunSettings.PLAIN.withDecoder(settings)).decoder();
    try {
      Tokenizer tokenizer = Tokenizer.open(bundle.tokenizerFile());
      try {
        return new LoadedModel(candidate, bundle, tokenizer, Decoder.open(bundle, own));
      } catch (IOException | RuntimeException e) {
        tokenizer.close();
        throw e;
      }
    } catch (IOException e) {
      throw Bundles.in(candidate.folder(), e);
    }
  }

  /** What was opened. */
  public Candidate candidate() {
    return candidate;
  }

  /** Its bundle. */
  public ModelBundle bundle() {
    return bundle;
  }

  /** Its decoder; it is closed with this. */
  public Decoder decoder() {
    return decoder;
  }

  /** The ids of a text, the end token last. */
  int[] encode(String text) {
    return tokenizer.encode(text);
  }

  /** Whether the model takes a whole sentence of so many tokens, end token included. */
  boolean takes(int tokens) {
    return tokens <= bundle.manifest().limits().maxSourceLength();
  }

  /** The bundle's search with these settings. */
  public SearchOptions search(RunSettings settings) {
    return settings.search(bundle.manifest().search());
  }

  /** The tokens of the best hypothesis of each sentence, without the end token. */
  List<int[]> best(List<int[]> sources, SearchOptions options) {
    return decoder.decode(sources, options).stream()
        .map(found -> found.get(0))
        .map(Hypothesis::tokens)
        .toList();
  }

  @Override
  public void close() {
    decoder.close();
    tokenizer.close();
  }
}
