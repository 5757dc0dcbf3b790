package io.streamglot.translator.evaluate;

import java.util.List;
import java.util.regex.Pattern;

/** The rules of NIST's mteval-v13a, and sacreBLEU's way to apply them to Chinese. */
final class MtevalTokenizer {

  private static final Pattern PUNCTUATION = Pattern.compile("[!-&(-+:-@\\[-`{-~/]");
  private static final Pattern MARK_NOT_AFTER_DIGIT = Pattern.compile("([^0-9])([.,])");
  private static final Pattern MARK_NOT_BEFORE_DIGIT = Pattern.compile("([.,])([^0-9])");
  private static final Pattern HYPHEN_AFTER_DIGIT = Pattern.compile("([0-9])-");

  /**
   * What sacreBLEU holds for Chinese. Its list writes two ranges with five digits after a backslash
   * and a small u, which reads four: the ideographs beyond U+FFFF that were meant stay joined, and
   * U+2001 to U+2A6D, with dashes and curly quotes, is in.
   */
  private static final Pattern CHINESE =
      Pattern.compile(
          "[\\u2001-\\u2a6d\\u2e80-\\u2fdf\\u2ff0-\\u303f\\u3100-\\u312f\\u31a0-\\u31ef"
              + "\\u3200-\\u4db5\\u4e00-\\u9fbb\\uf900-\\ufa2d\\ufa30-\\ufa6a\\ufa70-\\ufad9\\ufe10-\\ufe1f\\ufe30-\\ufe4f\\uff00-\\uffef]");

  private MtevalTokenizer() {}

  /** Text in Western scripts. */
  static List<String> v13a(String text) {
    String line =
        Ngrams.stripTrailing(text)
            .replace("<skipped>", "")
            .replace("-\n", "")
            .replace("\n", " ")
            .replace("&quot;", "\"")
            .replace("&amp;", "&")
            .replace("&lt;", "<")
            .replace("&gt;", ">");
    return separateMarks(" " + line + " ");
  }

  /**
   * Text in Chinese. No white space is put around the text and no entity unescaped, so that "5." at
   * its end stays one word.
   */
  static List<String> zh(String text) {
    return separateMarks(CHINESE.matcher(Ngrams.strip(text)).replaceAll(" $0 "));
  }

  private static List<String> separateMarks(String text) {
    String line = PUNCTUATION.matcher(text).replaceAll(" $0 ");
    line = MARK_NOT_AFTER_DIGIT.matcher(line).replaceAll("$1 $2 ");
    line = MARK_NOT_BEFORE_DIGIT.matcher(line).replaceAll(" $1 $2");
    return Ngrams.words(HYPHEN_AFTER_DIGIT.matcher(line).replaceAll("$1 - "));
  }
}
