package io.streamglot.training.report;

import io.streamglot.translator.bundle.BundleManifest;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.decode.Decoder;
import io.streamglot.translator.decode.DecoderSettings;
import io.streamglot.translator.decode.Hypothesis;
import io.streamglot.translator.text.Tokenizer;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Translates single sentences with the model of a bundle, and says which source tokens it attended
 * to. Not thread-safe.
 */
public final class AttentionReader implements AutoCloseable {

  /** With this character the vocabulary marks a space; here a line that is less bold does. */
  private static final char SPACE = '▁';

  private final BundleManifest manifest;
  private final Tokenizer tokenizer;
  private final Decoder decoder;

  private AttentionReader(BundleManifest manifest, Tokenizer tokenizer, Decoder decoder) {
    this.manifest = manifest;
    this.tokenizer = tokenizer;
    this.decoder = decoder;
  }

  /**
   * What became of a sentence.
   *
   * @param translation the best translation, not null
   * @param heatMap the attention as it was written; empty if the model has no attention, or the
   *     translation no token. A token that begins with a space begins with {@code _} here
   */
  public record Result(String translation, Optional<AttentionHeatMap> heatMap) {}

  /**
   * Loads tokenizer and graph.
   *
   * @throws io.streamglot.translator.bundle.BundleFormatException if ONNX Runtime does not load the
   *     graph
   * @throws IOException if a file cannot be read
   */
  public static AttentionReader open(ModelBundle bundle) throws IOException {
    Tokenizer tokenizer = Tokenizer.open(bundle.tokenizerFile());
    try {
      return new AttentionReader(
          bundle.manifest(), tokenizer, Decoder.open(bundle, DecoderSettings.DEFAULT));
    } catch (IOException | RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  /** Whether a text has at least one token, and not more than the model takes. */
  public boolean takes(String text) {
    return isTaken(tokenizer.encode(text));
  }

  /**
   * Translates a sentence with the search defaults of the model.
   *
   * @throws IllegalArgumentException if the model does not {@linkplain #takes take} it
   * @throws io.streamglot.translator.decode.DecodingException if ONNX Runtime fails
   */
  public Result read(String text) {
    int[] source = tokenizer.encode(text);
    if (!isTaken(source)) {
      throw new IllegalArgumentException(
          "text: expected 1 to %d tokens, actual %d".formatted(mostTokens(), source.length - 1));
    }
    Hypothesis best = decoder.decodeWithAttention(List.of(source), manifest.search()).get(0).get(0);
    return new Result(
        tokenizer.decode(best.tokens()),
        best.attention().length == 0
            ? Optional.empty()
            : Optional.of(
                new AttentionHeatMap(
                    Arrays.stream(source).mapToObj(this::label).toList(),
                    Arrays.stream(best.tokens()).mapToObj(this::label).toList(),
                    best.attention())));
  }

  /** Releases the native memory. A second call does nothing. */
  @Override
  public void close() {
    decoder.close();
    tokenizer.close();
  }

  private boolean isTaken(int[] source) {
    return source.length > 1 && source.length - 1 <= mostTokens();
  }

  /** Without the end token. */
  private int mostTokens() {
    return manifest.limits().maxSourceLength() - 1;
  }

  private String label(int token) {
    return tokenizer.tokenOf(token).replace(SPACE, '_');
  }
}
