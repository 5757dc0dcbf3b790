package io.streamglot.translator.text;

import io.streamglot.translator.text.NormalizedSentence.Letters;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings a sentence that was written in haste into the form that corpora have, and its translation
 * back into the form that the sentence had.
 *
 * <ul>
 *   <li>A letter three times or more in a row counts twice where the vocabulary has such a word,
 *       else once: "goooood" is "good", "sooo" is "so". Only a word that is one token of the
 *       vocabulary stays as it is; a rarer one with three letters in a row, such as the German
 *       "Schifffahrt", loses some.
 *   <li>Several marks at the end, such as "!!!", are one; the translation gets them all.
 *   <li>A sentence of {@value #MIN_CAPITALS} letters or more, all of them capitals, is read in
 *       small letters; its translation is put in capitals.
 *   <li>Where no letter is a capital, words that the vocabulary has with a capital only get theirs,
 *       and so does the English "i".
 *   <li>A small letter at the beginning becomes a capital. That of the translation becomes small
 *       again if the vocabulary has the word so, but for the English "I".
 *   <li>A sentence that ends with a letter or digit gets a full stop, or a question mark if it
 *       begins as a question; the mark at the end of the translation is taken off again.
 * </ul>
 *
 * <p>Figures for each rule: {@code docs/benchmarks/chat-text.md}. Thread-safe.
 */
public final class TextNormalizer {

  /** With fewer letters it may be an abbreviation, such as "NATO" or "OK". */
  private static final int MIN_CAPITALS = 5;

  private static final Pattern RUN = Pattern.compile("(\\p{L})\\1{2,}+");
  private static final Pattern WORD = Pattern.compile("\\p{L}++");
  private static final Pattern ADDED_MARK = Pattern.compile("(?<![.!?\\s])\\s?[.!?]$");
  private static final Pattern MARKS = Pattern.compile("[!?]{2,}+$");

  /** Begin a question, whatever follows. */
  private static final Map<String, Set<String>> QUESTION_WORDS =
      Map.of(
          "en",
          Set.of("who", "what", "where", "when", "why", "how", "which", "whose", "whom"),
          "fr",
          Set.of("qui", "quoi", "où", "pourquoi", "comment", "combien", "quel", "quelle"),
          "de",
          Set.of("wer", "was", "wo", "wann", "warum", "wie", "wohin", "woher", "wieso"));

  /** Begins an English question with its subject behind it. */
  private static final Pattern INVERSION =
      Pattern.compile(
          "(?!(?:do|have) (?:it|this|that|there|the|your|my)\\b)(?:do|does|did|is|are|am|was|were|can|could|will|would|should|shall|may|have|has|had)"
              + "(?:n't)? (?:i|you|he|she|it|we|they|this|that|there|the|your|my|anyone|anybody)\\b.*",
          Pattern.CASE_INSENSITIVE);

  private final Locale locale;
  private final Predicate<String> isWord;

  /**
   * A normaliser for texts of one language.
   *
   * @param languageTag BCP 47 tag such as {@code en}
   * @param isWord whether the vocabulary of the model has a word as one token, in this case
   */
  public TextNormalizer(String languageTag, Predicate<String> isWord) {
    this.locale = Locale.forLanguageTag(languageTag);
    this.isWord = isWord;
  }

  /**
   * The form that the model reads.
   *
   * @param sentence with a letter or more, without white space at its ends
   */
  public NormalizedSentence normalize(String sentence) {
    boolean capitals = isCapitals(sentence);
    String text = capitals ? sentence.toLowerCase(locale) : sentence;
    text = WORD.matcher(text).replaceAll(word -> shortened(word.group()));
    boolean small = Character.isLowerCase(text.codePointAt(0));
    if (text.codePoints().noneMatch(Character::isUpperCase)) {
      text = WORD.matcher(text).replaceAll(word -> withCapital(word.group()));
    }
    text = small ? capitalized(text) : text;
    Letters letters = capitals ? Letters.CAPITALS : small ? Letters.SMALL_INITIAL : Letters.USUAL;
    Matcher marks = MARKS.matcher(text);
    if (marks.find()) {
      String mark = marks.group().contains("?") ? "?" : "!";
      return new NormalizedSentence(
          text.substring(0, marks.start()) + mark, letters, marks.group(), mark);
    }
    if (Character.isLetterOrDigit(text.codePointBefore(text.length()))) {
      String mark = isQuestion(text) ? "?" : ".";
      return new NormalizedSentence(text + mark, letters, "", mark);
    }
    return new NormalizedSentence(text, letters, "", "");
  }

  /**
   * A translation in the form that its sentence had. Its letters change case as in most languages,
   * not as in Turkish.
   *
   * @param translation of what {@link #normalize} made
   */
  public String restore(String translation, NormalizedSentence source) {
    String text = translation;
    if (!source.mark().isEmpty() && source.ending().isEmpty()) {
      text = ADDED_MARK.matcher(text).replaceFirst("");
    } else if (!source.mark().isEmpty() && text.endsWith(source.mark())) {
      text = text.substring(0, text.length() - source.mark().length()) + source.ending();
    }
    return switch (source.letters()) {
      case USUAL -> text;
      case CAPITALS -> text.toUpperCase(Locale.ROOT);
      case SMALL_INITIAL -> withSmallInitial(text);
    };
  }

  private static boolean isCapitals(String text) {
    return text.codePoints().filter(Character::isUpperCase).count() >= MIN_CAPITALS
        && text.codePoints().noneMatch(Character::isLowerCase);
  }

  private String shortened(String word) {
    if (!RUN.matcher(word).find() || word.equals(word.toUpperCase(locale)) || isWord.test(word)) {
      return word; // in capitals a Roman numeral, or an abbreviation
    }
    String twice = RUN.matcher(word).replaceAll("$1$1");
    return isWord.test(twice) ? twice : RUN.matcher(word).replaceAll("$1");
  }

  private String withCapital(String word) {
    String capitalized = capitalized(word);
    return (isEnglish() && word.equals("i")) || (!isWord.test(word) && isWord.test(capitalized))
        ? capitalized
        : word;
  }

  private String withSmallInitial(String text) {
    Matcher first = WORD.matcher(text);
    if (!first.lookingAt() || first.group().equals("I")) {
      return text;
    }
    int end = text.offsetByCodePoints(0, 1);
    String small =
        text.substring(0, end).toLowerCase(Locale.ROOT) + text.substring(end, first.end());
    return isWord.test(small) ? small + text.substring(first.end()) : text;
  }

  private String capitalized(String text) {
    int end = text.offsetByCodePoints(0, 1);
    return text.substring(0, end).toUpperCase(locale) + text.substring(end);
  }

  private boolean isQuestion(String text) {
    Matcher first = WORD.matcher(text);
    return (first.lookingAt()
            && QUESTION_WORDS
                .getOrDefault(locale.getLanguage(), Set.of())
                .contains(first.group().toLowerCase(locale)))
        || (isEnglish() && INVERSION.matcher(text).matches());
  }

  private boolean isEnglish() {
    return locale.getLanguage().equals("en");
  }
}
