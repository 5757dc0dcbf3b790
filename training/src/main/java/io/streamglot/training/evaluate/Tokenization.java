package io.streamglot.training.evaluate;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How text is cut into words before BLEU compares them. */
public enum Tokenization {
  /**
   * That of NIST's mteval-v13a: unescapes four entities, then cuts off ASCII punctuation, except
   * apostrophe, hyphen after a letter, and point and comma inside of numbers.
   */
  V13A("13a"),
  /** sacreBLEU's for Chinese: each Chinese character is a word, the rest is cut much as by 13a. */
  ZH("zh"),
  /** White space only. */
  NONE("none");

  private static final Set<String> CHINESE = Set.of("zh", "cmn", "yue");

  private final String label;

  Tokenization(String label) {
    this.label = label;
  }

  /**
   * What sacreBLEU takes for a language by default: {@link #ZH} for Chinese, else {@link #V13A}.
   *
   * @param language BCP 47 tag of hypotheses and references
   */
  public static Tokenization standard(String language) {
    return CHINESE.contains(Locale.forLanguageTag(language).getLanguage()) ? ZH : V13A;
  }

  /** Its field of a signature. */
  String signature() {
    return "tok:" + label;
  }

  List<String> tokenize(String text) {
    return switch (this) {
      case V13A -> MtevalTokenizer.v13a(text);
      case ZH -> MtevalTokenizer.zh(text);
      case NONE -> Ngrams.words(text);
    };
  }
}
