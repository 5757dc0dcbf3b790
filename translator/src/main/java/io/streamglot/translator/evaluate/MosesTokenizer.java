package io.streamglot.translator.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The words that Moses' {@code normalize-punctuation.perl} and then {@code tokenizer.perl} make of
 * a sentence: the form in which results on Multi30K are published.
 *
 * <p>Left out:
 *
 * <ul>
 *   <li>The lists of abbreviations. They keep a point at its word, which matters only where the
 *       next word does not start with a small letter; lower-cased text hardly has such a place.
 *   <li>Escaping, which changes no comparison.
 *   <li>Removing white space beside marks that become words anyway.
 * </ul>
 *
 * <p>Multi30K's own tokenized files, of 2017, also keep the point of a listed abbreviation at the
 * end of a sentence, which Moses no longer does: one German and one French reference of the 1,000
 * of {@code test_2016_flickr} differ from what is made here by one word, no English one.
 *
 * <p>Immutable and thread-safe.
 */
final class MosesTokenizer {

  static final MosesTokenizer ENGLISH =
      new MosesTokenizer(
          rules("\"([,.]+)", "$1\"", "(\\d)\u00a0(\\d)", "$1.$2"),
          rules(
              "(\\P{IsAlphabetic})'(\\P{IsAlphabetic})", "$1 ' $2",
              "([^\\p{IsAlphabetic}\\p{N}])'(\\p{IsAlphabetic})", "$1 ' $2",
              "(\\p{IsAlphabetic})'(\\P{IsAlphabetic})", "$1 ' $2",
              "(\\p{IsAlphabetic})'(\\p{IsAlphabetic})", "$1 '$2",
              "(\\p{N})'s", "$1 's"));

  static final MosesTokenizer FRENCH =
      new MosesTokenizer(
          continentalMarks(),
          rules(
              "(\\P{IsAlphabetic})'(\\P{IsAlphabetic})", "$1 ' $2",
              "(\\P{IsAlphabetic})'(\\p{IsAlphabetic})", "$1 ' $2",
              "(\\p{IsAlphabetic})'(\\P{IsAlphabetic})", "$1 ' $2",
              "(\\p{IsAlphabetic})'(\\p{IsAlphabetic})", "$1' $2"));

  static final MosesTokenizer GERMAN = new MosesTokenizer(continentalMarks(), rules("'", " ' "));

  /** Quotes, dashes and ellipses in ASCII. */
  private static final List<Rule> ASCII_MARKS =
      rules(
          "`", "'",
          "''", " \" ",
          "[„“”]", "\"",
          "–", "-",
          "—", " - ",
          "´", "'",
          "([a-zA-Z])‘([a-zA-Z])", "$1'$2",
          "([a-zA-Z])’([a-zA-Z])", "$1'$2",
          "[‘‚’]", "\"",
          "''", "\"",
          "…", "...",
          "«\u00a0?", "\"",
          "\u00a0?»", "\"");

  private static final List<Rule> PLAIN_SPACES =
      rules(
          "\\p{IsWhite_Space}+", " ",
          "[\\x00-\\x1f]", "",
          " +", " ",
          "^ | $", "");

  private static final List<Rule> MARKS =
      rules(
          "[^\\p{IsAlphabetic}\\p{Nd} .',-]", " $0 ",
          "\\.{2,}", " $0 ",
          "(\\P{N}),", "$1 , ",
          ",(\\P{N})", " , $1",
          "(\\p{N}),$", "$1 ,");

  private static final Pattern SPACE = Pattern.compile(" ");
  private static final Pattern LETTER = Pattern.compile("\\p{IsAlphabetic}");
  private static final Pattern SMALL_LETTER_FIRST = Pattern.compile("^\\p{IsLowercase}");
  private static final Rule POINT_IN_LAST_QUOTE = new Rule("\\.'$", " . '");

  private final List<Rule> marksOfLanguage;
  private final List<Rule> apostrophes;

  private MosesTokenizer(List<Rule> marksOfLanguage, List<Rule> apostrophes) {
    this.marksOfLanguage = marksOfLanguage;
    this.apostrophes = apostrophes;
  }

  /** Quotes before comma and point; a space inside of a number is a decimal comma. */
  private static List<Rule> continentalMarks() {
    return rules(",\"", "\",", "(\\.+)\"(\\s*[^<]|$)", "\"$1$2", "(\\d)\u00a0(\\d)", "$1,$2");
  }

  List<String> tokenize(String text) {
    String line = apply(ASCII_MARKS, text);
    line = apply(marksOfLanguage, line);
    line = apply(PLAIN_SPACES, line);
    line = apply(MARKS, line);
    line = apply(apostrophes, line);
    line = POINT_IN_LAST_QUOTE.apply(separatePoints(SPACE.split(line)));
    return Ngrams.words(line);
  }

  private static String separatePoints(String[] words) {
    List<String> separated = new ArrayList<>();
    for (int i = 0; i < words.length; i++) {
      String word = words[i];
      boolean last = i == words.length - 1;
      if (endsWithPoint(word) && (last || !staysAtWord(word, words[i + 1]))) {
        separated.add(word.substring(0, word.length() - 1));
        separated.add(".");
      } else {
        separated.add(word);
      }
    }
    return String.join(" ", separated);
  }

  /** Not for points alone: one is a word already, several stay together. */
  private static boolean endsWithPoint(String word) {
    return word.length() > 1 && word.endsWith(".") && !word.startsWith("..");
  }

  /** The point in the middle of a sentence, or of an abbreviation such as "p.m.". */
  private static boolean staysAtWord(String word, String next) {
    return SMALL_LETTER_FIRST.matcher(next).find()
        || (word.indexOf('.') < word.length() - 1 && LETTER.matcher(word).find());
  }

  private static String apply(List<Rule> rules, String text) {
    String line = text;
    for (Rule rule : rules) {
      line = rule.apply(line);
    }
    return line;
  }

  /** Rules from pairs of pattern and replacement. */
  private static List<Rule> rules(String... patternsAndReplacements) {
    List<Rule> rules = new ArrayList<>();
    for (int i = 0; i < patternsAndReplacements.length; i += 2) {
      rules.add(new Rule(patternsAndReplacements[i], patternsAndReplacements[i + 1]));
    }
    return List.copyOf(rules);
  }

  /** Replaces wherever the pattern matches, in one pass from left to right. */
  private record Rule(Pattern pattern, String replacement) {

    Rule(String pattern, String replacement) {
      this(Pattern.compile(pattern), replacement);
    }

    String apply(String text) {
      return pattern.matcher(text).replaceAll(replacement);
    }
  }
}
