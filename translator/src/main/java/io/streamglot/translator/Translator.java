package io.streamglot.translator;

import io.streamglot.translator.bundle.BundleManifest;
import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.text.NormalizedSentence;
import io.streamglot.translator.text.Sentence;
import io.streamglot.translator.text.Terms;
import java.util.List;

/**
 * Translates texts of one language into another.
 *
 * <p>Implementations are thread-safe: any number of threads may translate at once. {@link #close}
 * must not be called while another thread translates.
 */
public interface Translator extends AutoCloseable {

  /** Who translates: name, version, languages and search defaults of the model. Never null. */
  BundleManifest manifest();

  /**
   * Translates a batch. The result at {@code i} belongs to the text at {@code i} and does not
   * depend on the other texts of the batch, their number or their order: with weights of single
   * precision the words are the same, and a score differs by less than 1e-4, if at all.
   *
   * <ul>
   *   <li>A text is translated sentence by sentence; each line is a sentence at least. White space
   *       between sentences and at the ends, line ends among it, stays as it is; within a sentence
   *       it becomes one space.
   *   <li>What must not change does not: each span that {@link
   *       io.streamglot.translator.text.ProtectedSpans} finds, such as an address, an emoji or
   *       code, is in the translation once and byte for byte.
   *   <li>A text in which nothing is to translate, because no letter is outside of such spans, is
   *       answered as it is: empty and blank texts, numbers, emoji.
   *   <li>A sentence beyond the model's length is translated in parts. Of a text of more than 2,048
   *       tokens the rest stays as it is, and the translation is marked {@link
   *       Translation#truncated}.
   *   <li>Characters that the vocabulary lacks are passed to the model as bytes; nothing is dropped
   *       before it.
   *   <li>In what is translated, lone surrogates, which no encoding can carry, are read as U+FFFD.
   * </ul>
   *
   * @param texts the texts; neither the list nor an element may be null; may be empty
   * @param options how to search, not null
   * @return as many translations as texts, in the same order
   * @throws NullPointerException if an argument or a text is null
   * @throws io.streamglot.translator.decode.DecodingException if ONNX Runtime fails; no text of the
   *     batch was translated, and the next call may succeed
   */
  List<Translation> translate(List<String> texts, SearchOptions options);

  /**
   * Translates with the search defaults of the model; otherwise as {@link #translate(List,
   * SearchOptions)}.
   */
  default List<Translation> translate(List<String> texts) {
    return translate(texts, manifest().search());
  }

  /**
   * Makes tokens of a text, for a caller that wants to count them before it translates. One that
   * has no tokenizer takes characters for tokens.
   *
   * @param text not null
   * @param terms what not to translate in it, besides what is protected anyway; not null
   */
  default EncodedText encode(String text, Terms terms) {
    Sentence sentence = new Sentence("", text, List.of());
    return new EncodedText(
        text,
        List.of(
            new EncodedSentence(
                "", sentence, NormalizedSentence.asItIs(text), text.chars().toArray(), new int[0])),
        "",
        false);
  }

  /**
   * Translates texts that were encoded before; otherwise as {@link #translate(List,
   * SearchOptions)}.
   *
   * @param texts of this translator's {@link #encode}
   */
  default List<Translation> translateEncoded(List<EncodedText> texts, SearchOptions options) {
    return translate(texts.stream().map(EncodedText::text).toList(), options);
  }

  /** Releases the native memory of model and tokenizer. A second call does nothing. */
  @Override
  void close();
}
