package io.streamglot.translator;

import io.streamglot.translator.text.SentenceSplitter;
import io.streamglot.translator.text.TextCleaner;
import io.streamglot.translator.text.Tokenizer;
import java.util.Arrays;

/** Makes token ids of a text, not more than the model takes. Thread-safe. */
final class SourceEncoder {

  private final Tokenizer tokenizer;
  private final SentenceSplitter splitter;
  private final int maxLength;
  private final int maxCharacters;

  /**
   * An encoder for texts of one language.
   *
   * @param maxLength most token ids, end token included, above 0
   */
  SourceEncoder(Tokenizer tokenizer, String languageTag, int maxLength) {
    this.tokenizer = tokenizer;
    this.splitter = new SentenceSplitter(languageTag);
    this.maxLength = maxLength;
    this.maxCharacters = tokenizer.maxCharacters(maxLength);
  }

  EncodedText encode(String text) {
    String cleaned = TextCleaner.clean(text);
    String head = head(cleaned);
    int[] ids = tokenizer.encode(head);
    if (head.length() == cleaned.length() && ids.length <= maxLength) {
      return new EncodedText(text, ids, false);
    }
    int[] sentences = wholeSentences(cleaned, head);
    return new EncodedText(text, sentences.length > 0 ? sentences : cut(ids), true);
  }

  /** The beginning that could fit; what is beyond it is sure not to, and must not cost time. */
  private String head(String cleaned) {
    return cleaned.codePointCount(0, cleaned.length()) <= maxCharacters
        ? cleaned
        : cleaned.substring(0, cleaned.offsetByCodePoints(0, maxCharacters));
  }

  /** The ids of the most sentences that fit together; none if not even the first does. */
  private int[] wholeSentences(String cleaned, String head) {
    int[] fitting = {};
    for (int end : splitter.ends(head)) {
      if (end == head.length() && head.length() < cleaned.length()) {
        break; // Here the text was cut, no sentence ends.
      }
      int[] ids = tokenizer.encode(head.substring(0, end));
      if (ids.length > maxLength) {
        break;
      }
      fitting = ids;
    }
    return fitting;
  }

  private int[] cut(int[] ids) {
    int[] cut = Arrays.copyOf(ids, maxLength);
    cut[maxLength - 1] = ids[ids.length - 1];
    return cut;
  }
}
