package io.streamglot.translator;

import io.streamglot.translator.text.NormalizedSentence;
import io.streamglot.translator.text.Placeholders;
import io.streamglot.translator.text.ProtectedSpans;
import io.streamglot.translator.text.SegmentedText;
import io.streamglot.translator.text.Sentence;
import io.streamglot.translator.text.SentenceSplitter;
import io.streamglot.translator.text.Span;
import io.streamglot.translator.text.Terms;
import io.streamglot.translator.text.TextNormalizer;
import io.streamglot.translator.text.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts a text into sentences, none longer than the model takes, and makes token ids of them.
 * Thread-safe.
 */
final class SourceEncoder {

  /**
   * Most tokens of a text: a bound on the work that one message can make, some seconds at the
   * slowest. It is that of 32 sentences of the greatest length that the shipped models take.
   */
  static final int MAX_TOKENS = 2048;

  private static final int[] NO_PREFIX = {};

  private final Tokenizer tokenizer;
  private final SentenceSplitter splitter;
  private final Placeholders placeholders;
  private final TextNormalizer normalizer;
  private final int maxLength;
  private final int maxCharacters;

  /**
   * An encoder for texts of one language.
   *
   * @param maxLength most token ids of a sentence, end token included, above 0
   */
  SourceEncoder(
      Tokenizer tokenizer,
      Placeholders placeholders,
      TextNormalizer normalizer,
      String languageTag,
      int maxLength) {
    this.tokenizer = tokenizer;
    this.splitter = new SentenceSplitter(languageTag);
    this.placeholders = placeholders;
    this.normalizer = normalizer;
    this.maxLength = maxLength;
    this.maxCharacters = tokenizer.maxCharacters(maxLength);
  }

  EncodedText encode(String text, Terms terms) {
    SegmentedText segmented = splitter.split(text, ProtectedSpans.find(text, terms));
    return new Encoding(placeholders.count()).encode(text, segmented);
  }

  /** What lies between the spans of a sentence, without a placeholder. */
  EncodedText pieces(EncodedSentence sentence) {
    return new Encoding(0)
        .encode(sentence.sentence().text(), sentence.sentence().pieces())
        .withPrefix(sentence.prefix());
  }

  /** A sentence with more spans. */
  EncodedText protecting(EncodedSentence sentence, List<Span> more) {
    return new Encoding(placeholders.count())
        .encode(sentence.sentence().text(), sentence.sentence().protecting(more))
        .withPrefix(sentence.prefix());
  }

  /** One text, from left to right. */
  private final class Encoding {

    private final int mostSpans;
    private final List<EncodedSentence> sentences = new ArrayList<>();
    private final StringBuilder between = new StringBuilder();
    private int tokens;
    private boolean truncated;

    /**
     * Nothing yet.
     *
     * @param mostSpans of a sentence; what has more is translated in pieces
     */
    Encoding(int mostSpans) {
      this.mostSpans = mostSpans;
    }

    EncodedText encode(String text, SegmentedText segmented) {
      add(segmented);
      return new EncodedText(text, sentences, between.toString(), truncated);
    }

    private void add(SegmentedText segmented) {
      for (Sentence sentence : segmented.sentences()) {
        between.append(sentence.before());
        if (truncated) {
          between.append(sentence.text());
        } else {
          add(sentence);
        }
      }
      between.append(segmented.tail());
    }

    private void add(Sentence sentence) {
      if (sentence.spans().size() > mostSpans) {
        add(sentence.pieces());
        return;
      }
      Optional<EncodedSentence> encoded = encoded(sentence);
      if (encoded.isPresent()) {
        add(encoded.get());
      } else {
        sentence.halves().ifPresentOrElse(this::add, () -> truncate(sentence));
      }
    }

    /** A sentence that is not too long. */
    private Optional<EncodedSentence> encoded(Sentence sentence) {
      String text = sentence.text();
      if (text.codePointCount(0, text.length()) > maxCharacters) {
        return Optional.empty(); // Sure not to fit, and must not cost time.
      }
      NormalizedSentence form = normalizer.normalize(placeholders.insert(sentence));
      int[] ids = tokenizer.encode(form.text());
      return ids.length > maxLength
          ? Optional.empty()
          : Optional.of(new EncodedSentence(between.toString(), sentence, form, ids, NO_PREFIX));
    }

    private void add(EncodedSentence sentence) {
      if (tokens + sentence.ids().length > MAX_TOKENS) {
        truncate(sentence.sentence());
        return;
      }
      tokens += sentence.ids().length;
      sentences.add(sentence);
      between.setLength(0);
    }

    private void truncate(Sentence sentence) {
      truncated = true;
      between.append(sentence.text());
    }
  }
}
