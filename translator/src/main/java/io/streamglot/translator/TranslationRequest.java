package io.streamglot.translator;

import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.decode.Sampling;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Texts to translate, and what their translations have to be like.
 *
 * <p>Of a text the first sentence gets the prefix; what the text has before it, such as white space
 * or an emoji, stays before it. Its translation begins with the prefix as {@code
 * Tokenizer.decode(Tokenizer.encode(prefix))} has it: in the tokenizer's normal form, without white
 * space at the ends. So it may go on with letters that belong to the prefix's last word. In one
 * case it does not begin so: the prefix ends with a character that the vocabulary lacks, and the
 * model goes on with bytes that are no UTF-8.
 *
 * @param texts neither null nor with null; may be empty
 * @param prefixes what each translation begins with, empty for anything
 * @param options how to search
 * @param sampling how to draw the translations by lot; the options' beam, n-best and pruning do not
 *     count then. A beam search if absent
 */
public record TranslationRequest(
    List<String> texts, List<String> prefixes, SearchOptions options, Optional<Sampling> sampling) {

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if there are not as many prefixes as texts
   */
  public TranslationRequest {
    texts = List.copyOf(texts);
    prefixes = List.copyOf(prefixes);
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(sampling, "sampling");
    if (prefixes.size() != texts.size()) {
      throw new IllegalArgumentException(
          "prefixes: expected one for each of %d texts, actual %d"
              .formatted(texts.size(), prefixes.size()));
    }
  }

  /** A beam search without prefixes. */
  public TranslationRequest(List<String> texts, SearchOptions options) {
    this(texts, Collections.nCopies(texts.size(), ""), options, Optional.empty());
  }

  /** The same with other prefixes. */
  public TranslationRequest withPrefixes(List<String> others) {
    return new TranslationRequest(texts, others, options, sampling);
  }

  /** The same by lot. */
  public TranslationRequest withSampling(Sampling by) {
    return new TranslationRequest(texts, prefixes, options, Optional.of(by));
  }
}
