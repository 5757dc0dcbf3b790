package io.streamglot.translator.text;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Sees whether a translation has the numbers and names of its sentence. A model that is unsure of
 * one writes another in its place.
 *
 * <ul>
 *   <li>A number has two digits or more, marks such as those of "10:30" and "1,000.50" between
 *       them, and the unit that is written to it ("30km"); ordinals may become words ("XXIe"),
 *       hours others ("10pm"). It is there if the translation has the same groups of digits,
 *       thousands with a mark or without: "1,000" may become "1 000" or "1000".
 *   <li>A name has a capital within the sentence, and the vocabulary has it only in {@value
 *       #NAME_TOKENS} parts or more, so that the model has seldom read it. It is there if the
 *       translation has it, or the name that the target language has for it ({@link CommonNames}),
 *       or a word that begins with the same {@value #COMMON_LETTERS} letters ("Congrès" for
 *       "Congress"). Only with a model that knows {@link Placeholders}: to cut a sentence in pieces
 *       costs more than a bent name.
 * </ul>
 *
 * <p>Thread-safe.
 */
public final class Copies {

  private static final int NAME_TOKENS = 3;

  private static final int COMMON_LETTERS = 5;

  /** Languages that write every noun with a capital, which then is no sign of a name. */
  private static final Set<String> CAPITAL_NOUNS = Set.of("de", "lb");

  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}])(?=\\p{Nd}[.,:/-]?\\p{Nd})\\p{Nd}++(?:[.,:/-]\\p{Nd}++)*+"
              + "(?!(?:st|nd|rd|th|er|re|e|ème|am|pm)\\b)[\\p{L}\\p{N}]*+",
          Pattern.UNICODE_CHARACTER_CLASS);

  private static final Pattern DIGITS = Pattern.compile("\\p{Nd}++");

  private static final Pattern NAME =
      Pattern.compile("(?<=[\\p{L}\\p{N},] )\\p{Lu}\\p{Ll}++(?![\\p{L}\\p{N}])");

  private static final Pattern MARKS = Pattern.compile("\\p{M}+");

  private final ToIntFunction<String> tokens;

  /** Empty where names do not count. */
  private final Optional<CommonNames> common;

  /**
   * A check for one model.
   *
   * @param sourceTag language that it reads, a BCP 47 tag
   * @param targetTag language that it writes, likewise
   * @param tokens how many tokens a word has in its vocabulary
   * @param placeholders whether it knows them
   */
  public Copies(
      String sourceTag, String targetTag, ToIntFunction<String> tokens, boolean placeholders) {
    Locale source = Locale.forLanguageTag(sourceTag);
    this.tokens = tokens;
    this.common =
        placeholders && !CAPITAL_NOUNS.contains(source.getLanguage())
            ? Optional.of(new CommonNames(source, Locale.forLanguageTag(targetTag)))
            : Optional.empty();
  }

  /**
   * The numbers and names of a sentence, outside of its spans, if the translation lacks one of
   * them.
   *
   * @return from left to right; empty if it has them all
   */
  public List<Span> ifOneIsLost(Sentence sentence, String translation) {
    List<Span> copies = new ArrayList<>();
    boolean lost = false;
    List<String> groups = groups(withoutSpans(translation, sentence));
    for (Span number : found(NUMBER, sentence)) {
      copies.add(number);
      lost |= !take(groups(textOf(number, sentence)), groups);
    }
    if (common.isPresent()) {
      for (Span name : found(NAME, sentence)) {
        String word = textOf(name, sentence);
        if (tokens.applyAsInt(word) >= NAME_TOKENS) {
          copies.add(name);
          lost |= !has(translation, word, common.get());
        }
      }
    }
    copies.sort(Comparator.comparingInt(Span::start));
    return lost ? copies : List.of();
  }

  /** What matches outside of the spans. */
  private static List<Span> found(Pattern pattern, Sentence sentence) {
    List<Span> found = new ArrayList<>();
    Matcher matcher = pattern.matcher(sentence.text());
    while (matcher.find()) {
      Span span = new Span(matcher.start(), matcher.end());
      if (sentence.spans().stream().noneMatch(span::overlaps)) {
        found.add(span);
      }
    }
    return found;
  }

  private static String textOf(Span span, Sentence sentence) {
    return sentence.text().substring(span.start(), span.end());
  }

  /** A digit of an address stands for no number. */
  private static String withoutSpans(String translation, Sentence sentence) {
    String rest = translation;
    for (Span span : sentence.spans()) {
      rest = rest.replace(textOf(span, sentence), " ");
    }
    return rest;
  }

  private static List<String> groups(String text) {
    return DIGITS
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /**
   * Takes a number out of those of a translation, so that it stands for one of the source only.
   *
   * @return whether it was there
   */
  private static boolean take(List<String> number, List<String> translation) {
    for (int from = 0; from < translation.size(); from++) {
      int to = end(number, translation, from);
      if (to > from) {
        translation.subList(from, to).clear();
        return true;
      }
    }
    return false;
  }

  /** Where the groups of a number end that begin there; -1 if others do. */
  private static int end(List<String> number, List<String> translation, int from) {
    int at = from;
    int next = 0;
    while (next < number.size()) {
      if (at == translation.size()) {
        return -1;
      }
      StringBuilder group = new StringBuilder(number.get(next++));
      while (next < number.size()
          && number.get(next).length() == 3
          && group.length() < translation.get(at).length()) {
        group.append(number.get(next++));
      }
      if (!translation.get(at++).contentEquals(group)) {
        return -1;
      }
    }
    return at;
  }

  private static boolean has(String translation, String name, CommonNames common) {
    if (translation.contains(name)) {
      return true;
    }
    String words = letters(translation);
    String letters = letters(name);
    return (letters.length() >= COMMON_LETTERS
            && hasWord(words, letters.substring(0, COMMON_LETTERS)))
        || common.translations(name).stream().anyMatch(word -> hasWord(words, letters(word)));
  }

  private static boolean hasWord(String words, String beginning) {
    return Pattern.compile("(?<!\\p{L})" + Pattern.quote(beginning)).matcher(words).find();
  }

  /** Small ones without accents. */
  private static String letters(String text) {
    return MARKS
        .matcher(Normalizer.normalize(text, Normalizer.Form.NFD))
        .replaceAll("")
        .toLowerCase(Locale.ROOT);
  }
}
