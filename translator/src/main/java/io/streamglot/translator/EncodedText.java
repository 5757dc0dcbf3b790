package io.streamglot.translator;

import java.util.ArrayList;
import java.util.List;

/**
 * A text as the decoder takes it, made by {@link Translator#encode} and translated by the same
 * translator: its sentences, and what lies between them. Immutable.
 */
public final class EncodedText {

  private final String text;
  private final List<EncodedSentence> sentences;
  private final String tail;
  private final boolean truncated;

  /**
   * A text and its sentences.
   *
   * @param text as it came, not null
   * @param sentences each with what comes before it; none where there is nothing to translate
   * @param tail what follows the last
   * @param truncated whether the tail has text that should have been translated
   */
  EncodedText(String text, List<EncodedSentence> sentences, String tail, boolean truncated) {
    this.text = text;
    this.sentences = List.copyOf(sentences);
    this.tail = tail;
    this.truncated = truncated;
  }

  /** The text as it came. */
  public String text() {
    return text;
  }

  /**
   * How many tokens the model reads, an end token for each sentence among them; 0 where there is
   * nothing to translate.
   */
  public int length() {
    return sentences.stream().mapToInt(sentence -> sentence.ids().length).sum();
  }

  /** Whether the text was longer than is translated, so that its end stays as it is. */
  public boolean truncated() {
    return truncated;
  }

  List<EncodedSentence> sentences() {
    return sentences;
  }

  String tail() {
    return tail;
  }

  /** The same with a prefix for the translation of its first sentence, if it has one. */
  EncodedText withPrefix(int[] prefix) {
    if (sentences.isEmpty() || prefix.length == 0) {
      return this;
    }
    List<EncodedSentence> others = new ArrayList<>(sentences);
    others.set(0, sentences.get(0).withPrefix(prefix));
    return new EncodedText(text, others, tail, truncated);
  }
}
