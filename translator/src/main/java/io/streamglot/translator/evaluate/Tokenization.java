package io.streamglot.translator.evaluate;

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
  /** English with Moses' normalised punctuation and tokenization. */
  MOSES_EN("moses-en"),
  /** German with Moses' normalised punctuation and tokenization. */
  MOSES_DE("moses-de"),
  /** French with Moses' normalised punctuation and tokenization. */
  MOSES_FR("moses-fr"),
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

  /**
   * The tokenization that a user names.
   *
   * @param name {@code 13a}, {@code zh}, {@code moses} or {@code none}
   * @param language BCP 47 tag of hypotheses and references
   * @throws IllegalArgumentException if there is none of this name, or not for this language
   */
  public static Tokenization named(String name, String language) {
    return switch (name) {
      case "13a" -> V13A;
      case "zh" -> ZH;
      case "moses" -> moses(language);
      case "none" -> NONE;
      default ->
          throw new IllegalArgumentException(
              "expected 13a, zh, moses or none, actual '%s'".formatted(name));
    };
  }

  /**
   * Moses' normalised punctuation and tokenization, the form in which results on Multi30K are
   * published.
   *
   * @param language BCP 47 tag of hypotheses and references
   * @throws IllegalArgumentException if the language is none of English, German and French
   */
  public static Tokenization moses(String language) {
    return switch (Locale.forLanguageTag(language).getLanguage()) {
      case "en" -> MOSES_EN;
      case "de" -> MOSES_DE;
      case "fr" -> MOSES_FR;
      default ->
          throw new IllegalArgumentException(
              "language of Moses' tokenization: expected en, de or fr, actual " + language);
    };
  }

  /** Its part of a signature; sacreBLEU's has no {@code norm}. */
  String signature() {
    return switch (this) {
      case V13A, ZH, NONE -> "tok:" + label;
      case MOSES_EN, MOSES_DE, MOSES_FR -> "norm:%s|tok:%s".formatted(label, label);
    };
  }

  /**
   * Cuts a text into words.
   *
   * @param text may be empty
   * @return the words in their order; none for a blank text
   */
  public List<String> tokenize(String text) {
    return switch (this) {
      case V13A -> MtevalTokenizer.v13a(text);
      case ZH -> MtevalTokenizer.zh(text);
      case MOSES_EN -> MosesTokenizer.ENGLISH.tokenize(text);
      case MOSES_DE -> MosesTokenizer.GERMAN.tokenize(text);
      case MOSES_FR -> MosesTokenizer.FRENCH.tokenize(text);
      case NONE -> Ngrams.words(text);
    };
  }
}
