package io.streamglot.translator.text;

import static java.util.stream.Collectors.joining;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.BreakIterator;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds what no translation may change: code, addresses, mentions, tags, emoji, placeholders of
 * programs, markup, and {@link Terms}.
 *
 * <p>Takes time in proportion to the length of the text, whoever wrote it: what is repeated without
 * a bound is a class of characters that never gives back what it took (possessive), and stops where
 * the same kind of span could begin anew.
 */
public final class ProtectedSpans {

  private static final String WORD = Words.PART;
  private static final String AFTER_NO_WORD = "(?<!" + WORD + ")";
  private static final String BEFORE_NO_WORD = "(?!" + WORD + ")";

  /**
   * What may stand in an address. Not quotation marks, nor what closes a sentence or bracket in
   * Chinese and Japanese, where no space follows. ASCII punctuation at its end is taken off again.
   */
  private static final String ADDRESS =
      "[^\\s\\p{Z}\\p{Cc}<>\"`|\\\\^“”„«»‹›‘"
          + "[\\p{P}&&[\\p{InCJK_Symbols_and_Punctuation}\\p{InHalfwidth_and_Fullwidth_Forms}]]]";

  private static final String MAIL =
      "(?<!["
          + WORD
          + "._%+-])["
          + WORD
          + "._%+-]{1,64}+"
          + "@["
          + WORD
          + "-]{1,63}+(?:\\.["
          + WORD
          + "-]{1,63}+){1,8}";

  /**
   * Letters of Chinese and Japanese may stand before: they write without spaces. A scheme has no
   * full stops here, as none in common use has: "Wow...https://example.org".
   */
  private static final String WITH_SCHEME =
      "(?<![A-Za-z0-9+-])(?:[A-Za-z][A-Za-z0-9+-]{1,20}+://|(?i:www\\.|mailto:|tel:))"
          + ADDRESS
          + "++";

  private static final String COMMON_DOMAINS =
      "com|org|net|edu|gov|info|io|dev|app|eu|uk|fr|de|ai|tv|gg";

  private static final String PATH = "[\\p{IsLatin}\\p{M}_-]";

  /**
   * {@code example.org}, if the domain is a common one, and {@code youtu.be/x1} with any domain;
   * but not "Hello.World", "he came.she/he left" and "i.e./e.g.": without a common domain, the path
   * has four letters, a digit, a second slash, or a capital after a small domain. None begins after
   * a full stop, where it would be part of one, unless there are several: "so...example.org".
   */
  private static final String WITHOUT_SCHEME =
      "(?<![\\p{IsLatin}\\p{M}\\p{N}@_-]|[^.]\\.)(?:[\\p{IsLatin}\\p{M}\\p{N}-]{1,63}+\\.){1,8}"
          + "(?:(?:"
          + COMMON_DOMAINS
          + "|"
          + COMMON_DOMAINS.toUpperCase(Locale.ROOT)
          + ")(?![\\p{IsLatin}\\p{M}\\p{N}_-])(?:[/:?#]"
          + ADDRESS
          + "++)?|(?:[a-z]{2,24}+|[A-Z]{2,24}+)/(?="
          + PATH
          + "{4}|"
          + PATH
          + "{0,3}[\\p{N}/]|(?<=[a-z]/)"
          + PATH
          + "{0,3}\\p{Lu})"
          + ADDRESS
          + "++)";

  private static final String URL = "(?<url>" + WITH_SCHEME + "|" + WITHOUT_SCHEME + ")";

  /** Letters of languages that put no space between words. */
  private static final String UNSPACED =
      "[\\p{IsHan}\\p{InHiragana}\\p{InKatakana}\\p{IsThai}\\p{IsLao}\\p{IsKhmer}\\p{IsMyanmar}]";

  private static final String NAME = "[" + WORD + "_&&[^" + UNSPACED + "]]";

  /** A name in letters of another language ends where text without spaces goes on. */
  private static final String MENTION =
      "(?<!"
          + NAME
          + "|@)@(?:"
          + NAME
          + "++(?:[.-]"
          + NAME
          + "++){0,4}|(?="
          + UNSPACED
          + ")["
          + WORD
          + "_]++)";

  private static final String TAG = "(?<![" + WORD + "_&#])#(?=[\\p{L}\\p{N}_])[" + WORD + "_]++";

  private static final String SHORTCODE =
      AFTER_NO_WORD + ":[A-Za-z0-9_+-]{1,50}+:" + BEFORE_NO_WORD;

  /** What is in braces, with braces in it. */
  private static final String IN_BRACES =
      "(?:[^{}\\r\\n]{1,300}+|\\{[^{}\\r\\n]{0,300}+\\}){1,20}+";

  /**
   * {@code {{name}}}, {@code {{f({a: 1})}}}, {@code ${name}}, {@code {% if x %}}, {@code <%= x %>},
   * and the like.
   */
  private static final String TEMPLATE =
      "\\{{2,3}+"
          + IN_BRACES
          + "\\}{2,3}+|[$%]\\{"
          + IN_BRACES
          + "\\}"
          + "|\\{%[^{}%\\r\\n]{0,300}+%\\}"
          + "|<%[^<>%\\r\\n]{0,300}+%>";

  /** ICU's {@code {n, plural, one {an item} other {# items}}}, as a whole: it is a program. */
  private static final String CHOICE =
      "\\{\\s?["
          + WORD
          + "_]{1,60}+\\s?,\\s?(?:plural|select|selectordinal)\\s?,"
          + "(?:[^{}]{1,300}+|\\{(?:[^{}]{1,300}+|\\{[^{}]{0,300}+\\}){0,20}+\\}){1,40}+\\}";

  /** {@code {0}}, {@code {name}}, {@code {0,number}}, {@code {}}. */
  private static final String BRACED =
      "\\{(?:[\\p{L}_][" + WORD + "_.-]{0,60}+|\\d{0,3}+)(?:[,:!][^{}\\s]{0,60}+)?\\}";

  /**
   * {@code %s}, {@code %1$s}, {@code %.2f}, {@code %%}, {@code %(name)s}. Letters may follow those
   * that are written with units, as in {@code %dms}; but not after a number: "100%sure", "10 %de
   * la".
   */
  private static final String PRINTF =
      "%(?:%|[sd](?!"
          + WORD
          + "|['’])|(?<!\\p{N}%)"
          + "(?!(?<=\\p{N}[ \\u00a0\\u202f]%)[-+#0]{0,4}+[sd](?:"
          + WORD
          + "|['’]))"
          + "(?:\\d{1,2}\\$|\\([^()\\s]{1,60}+\\))?[-+#0]{0,4}+\\d{0,3}+"
          + "(?:\\.\\d{1,3}+)?(?:hh|ll|[hlLqjzt])?(?:[sd@]|(?<=\\.\\d{1,3})f|[iufFeEgGxXocpbnaA]"
          + BEFORE_NO_WORD
          + "))";

  /** Of a tag; a value in quotes may have {@code >} in it. */
  private static final String ATTRIBUTES =
      "(?:\\s(?:[^<>\"']++|\"(?:[^\"<]++|<(?=[\\s\\d=]))*+\"|'(?:[^'<]++|<(?=[\\s\\d=]))*+')*+"
          + "|\\s[^<>]*+)?";

  /** With the mentions and emoji of Slack and Discord. */
  private static final String HTML =
      "</?[A-Za-z][A-Za-z0-9:-]{0,60}+"
          + ATTRIBUTES
          + "/?>"
          + "|<![A-Za-z\\[][^<>]*+>"
          + "|<[a-z][a-z0-9+.-]{1,20}+:[^<>\\s]++>"
          + "|<(?:a?:|[@#!])[^<>\\s]++>"
          + "|&(?:[A-Za-z][A-Za-z0-9]{1,31}+|#\\d{1,7}+|#[xX][0-9A-Fa-f]{1,6}+);";

  private static final String LABEL = "[^\\[\\]\\r\\n]";

  /** Of Markdown and wikis: the two ends of a link, its definition, and a link without a text. */
  private static final String LINK =
      "!?\\[(?="
          + LABEL
          + "{0,500}+\\][(\\[])"
          + "|\\]\\([^()\\s]{0,2000}+(?:\\([^()\\s]{0,200}+\\)[^()\\s]{0,200}+){0,3}"
          + "(?:[ \\t]{1,3}\"[^\"\\r\\n]{0,200}+\")?\\)"
          + "|\\]\\["
          + LABEL
          + "{0,200}+\\]"
          + "|\\[(?<=^ {0,3}\\[)"
          + LABEL
          + "{1,200}+\\]:(?=[ \\t]{1,9}+<?(?:[a-z]{2,10}+:|[./#]))"
          + "|\\[\\[[^\\[\\]|\\r\\n]{1,200}+(?:\\]\\]|\\|(?="
          + LABEL
          + "{1,200}+\\]\\]))"
          + "|\\]\\]";

  /** Of Markdown: what begins a line, and what parts the cells of a table. */
  private static final String MARKUP =
      "[>#*+•-]{1,6}+(?=[ \\t])(?<=^[> \\t]{0,40}[>#*+•-]{1,6})"
          + "|>(?<=^[> \\t]{0,40}>)"
          + "|\\d{1,3}[.)](?=[ \\t])(?<=^[> \\t]{0,40}\\d{1,3}[.)])"
          + "|\\[[ xX]\\](?=[ \\t])"
          + "|\\|";

  private static final String IDENTIFIER =
      "(?<![" + WORD + "_])" + WORD + "++(?:_++" + WORD + "++){1,20}";

  /** Marks at an end of a word, or two around a part of it; none in "5 * 3", "sh*t", "f**k". */
  private static final String EMPHASIS =
      "(?<!["
          + WORD
          + "*_~])(?:[*_~]{2,}+|[*_](?=[^\\s*_~]))|(?<![*_~])[*_~]{2,}+"
          + BEFORE_NO_WORD
          + "|(?<=[^\\s*_~])[*_](?!["
          + WORD
          + "*_~])|(?:\\*\\*|~~)(?="
          + WORD
          + "{1,60}+(?:\\*\\*|~~))|(?:\\*\\*|~~)(?<=(?:\\*\\*|~~)"
          + WORD
          + "{1,60}(?:\\*\\*|~~))";

  /**
   * After a word only those of brackets and "D" or "P" count: "hello:)", but not "10:30" or "a:o".
   */
  private static final String EMOTICON =
      "(?:"
          + AFTER_NO_WORD
          + "(?:[:;=]['o-]?(?:[)(\\]\\[]{1,10}+|[DPpOo3/\\\\|*]{1,10}+)|</?3++|[xX]D++|\\^_?\\^|-_-|>_<|[Tt]_[Tt]"
          + "|¯\\\\_\\(ツ\\)_/¯)"
          + "|(?<=[\\p{L}\\p{M}])(?:[:;=]['o-]?[)(\\]\\[]{1,10}+|[:;]-?[DPp]))"
          + BEFORE_NO_WORD;

  private static final String PRIVATE_USE = "\\p{Co}++";

  private static final Pattern SPAN =
      Pattern.compile(
          Stream.of(
                  MAIL,
                  URL,
                  MENTION,
                  TAG,
                  SHORTCODE,
                  TEMPLATE,
                  PRINTF,
                  CHOICE,
                  BRACED,
                  HTML,
                  EMOTICON,
                  LINK,
                  MARKUP,
                  IDENTIFIER,
                  EMPHASIS,
                  PRIVATE_USE)
              .collect(joining("|")),
          Pattern.MULTILINE);

  /**
   * Runs of backticks and, where a line begins, of tildes. Group 1 is a fence: backticks too, if
   * none follows on the line. Longer runs are drawings, and would cost a search for each length.
   */
  private static final Pattern CODE_MARK =
      Pattern.compile(
          "(?<=^[> ]{0,3})(`{3,50}+(?=[^`\\r\\n]*+$)|~{3,50}+(?!~))|(?<!`)`{1,50}+(?!`)",
          Pattern.MULTILINE);

  /** Begins a comment, or an element of HTML with code in it, whose name is group 1. */
  private static final Pattern ELEMENT =
      Pattern.compile(
          "<(?:!--|(code|pre|script|style)" + ATTRIBUTES + ">)", Pattern.CASE_INSENSITIVE);

  /** Of ASCII, what begins a span and is neither letter nor digit. */
  private static final String MARKS = "!#$%&*+-.:;<=>@[]^_{|~";

  private static final String CLOSING_PUNCTUATION = ".,;:!?'’*_~…";

  private final String text;
  private final BitSet taken = new BitSet();
  private final List<Span> spans = new ArrayList<>();

  private ProtectedSpans(String text) {
    this.text = text;
  }

  /**
   * The spans of a text, from left to right, none within another.
   *
   * @param text any text, not null
   * @param terms words not to be translated besides, not null
   */
  public static List<Span> find(String text, Terms terms) {
    ProtectedSpans found = new ProtectedSpans(text);
    // Whoever comes first wins: an address in code is code, a word in an address part of it.
    found.addCode();
    found.addElements();
    found.addMatches();
    found.addEmoji();
    terms.find(text).forEach(span -> found.add(span.start(), span.end()));
    return found.sorted();
  }

  private List<Span> sorted() {
    spans.sort((a, b) -> Integer.compare(a.start(), b.start()));
    return List.copyOf(spans);
  }

  /** Adds what of a part is not in a span yet. */
  private void add(int start, int end) {
    int from = taken.nextClearBit(start);
    while (from < end) {
      int next = taken.nextSetBit(from);
      int to = next < 0 ? end : Math.min(end, next);
      spans.add(new Span(from, to));
      taken.set(from, to);
      from = taken.nextClearBit(to);
    }
  }

  /**
   * As CommonMark has it, but that a fence may also end within a line: backticks go to the next run
   * of equal length, on the same line if there are one or two of them. A fence goes to the next of
   * the same mark that is as long at least; without one, backticks go to the end of the text, and
   * tildes are the line that people draw with them.
   */
  private void addCode() {
    List<MatchResult> marks = CODE_MARK.matcher(text).results().toList();
    for (int i = 0; i < marks.size(); i++) {
      MatchResult mark = marks.get(i);
      int closing = closing(marks, i);
      if (closing == marks.size()) {
        if (isFence(mark) && text.charAt(mark.start()) == '`') {
          add(mark.start(), text.length());
          return;
        }
      } else if (length(mark) >= 3 || isOneLine(mark.end(), marks.get(closing).start())) {
        add(mark.start(), marks.get(closing).end());
        i = closing;
      }
    }
  }

  /** The index of the mark that closes one; the number of marks if none does. */
  private int closing(List<MatchResult> marks, int opening) {
    MatchResult mark = marks.get(opening);
    int i = opening + 1;
    while (i < marks.size() && !closes(marks.get(i), mark)) {
      i++;
    }
    return i;
  }

  private boolean closes(MatchResult mark, MatchResult opening) {
    return text.charAt(mark.start()) == text.charAt(opening.start())
        && (isFence(opening) ? length(mark) >= length(opening) : length(mark) == length(opening));
  }

  private static boolean isFence(MatchResult mark) {
    return mark.group(1) != null;
  }

  private static int length(MatchResult mark) {
    return mark.end() - mark.start();
  }

  private boolean isOneLine(int from, int to) {
    for (int i = from; i < to; i++) {
      if (Lines.isEnd(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private void addElements() {
    Set<String> unclosed = new HashSet<>();
    Matcher opening = ELEMENT.matcher(text);
    int from = 0;
    while (opening.find(from)) {
      from = opening.end();
      String name = opening.group(1);
      String end = name == null ? "-->" : "</" + name.toLowerCase(Locale.ROOT) + "\\s*+>";
      if (taken.get(opening.start()) || unclosed.contains(end)) {
        continue;
      }
      Matcher closing = Pattern.compile(end, Pattern.CASE_INSENSITIVE).matcher(text);
      if (closing.find(from)) {
        from = closing.end();
        add(opening.start(), from);
      } else {
        unclosed.add(end);
      }
    }
  }

  private void addMatches() {
    Matcher matcher = SPAN.matcher(text).useTransparentBounds(true).useAnchoringBounds(false);
    int next;
    for (int i = 0; i < text.length(); i = next) {
      next = i + 1;
      if (mayBegin(i) && matcher.region(i, text.length()).lookingAt()) {
        next = matcher.group("url") == null ? matcher.end() : addressEnd(matcher);
        add(i, next);
      }
    }
  }

  /** Most characters of a text begin nothing; to try the pattern at each takes ten times longer. */
  private boolean mayBegin(int index) {
    char character = text.charAt(index);
    if (Character.isLetterOrDigit(character)) {
      char before = index == 0 ? ' ' : text.charAt(index - 1);
      return !Character.isLetterOrDigit(before) || (character < 0x80 && before >= 0x80);
    }
    return character < 0x80
        ? MARKS.indexOf(character) >= 0
        : "•¯".indexOf(character) >= 0
            || Character.isHighSurrogate(character)
            || Character.getType(character) == Character.PRIVATE_USE;
  }

  /** Without the punctuation that ends the sentence, or the brackets that the address is in. */
  private int addressEnd(Matcher matcher) {
    int end = matcher.end();
    int open = 0;
    for (int i = matcher.start(); i < end; i++) {
      open += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
    }
    while (end > matcher.start() + 1) {
      char last = text.charAt(end - 1);
      if (last == ')' && open < 0) {
        open++;
      } else if (CLOSING_PUNCTUATION.indexOf(last) < 0) {
        break;
      }
      end--;
    }
    return end;
  }

  /** Grapheme clusters (UAX 29) that hold an emoji; neighbours are one span. */
  private void addEmoji() {
    BreakIterator clusters = null;
    int start = -1;
    int end = -1;
    int next;
    for (int i = 0; i < text.length(); i = next) {
      int character = text.codePointAt(i);
      next = i + Character.charCount(character);
      if (!isEmoji(character, next)) {
        continue;
      }
      if (clusters == null) {
        clusters = BreakIterator.getCharacterInstance(Locale.ROOT);
        clusters.setText(text);
      }
      next = clusters.following(i);
      if (i != end) {
        addRun(start, end);
        start = i;
      }
      end = next;
    }
    addRun(start, end);
  }

  private void addRun(int start, int end) {
    if (start >= 0) {
      add(start, end);
    }
  }

  private boolean isEmoji(int character, int next) {
    if (character < 0x2000) {
      return character == '©' || character == '®' || isKeycap(character, next);
    }
    return UCharacter.hasBinaryProperty(character, UProperty.EXTENDED_PICTOGRAPHIC)
        || UCharacter.hasBinaryProperty(character, UProperty.EMOJI);
  }

  private boolean isKeycap(int character, int next) {
    return (character == '#' || character == '*' || (character >= '0' && character <= '9'))
        && (text.startsWith("\uFE0F\u20E3", next) || text.startsWith("\u20E3", next));
  }
}
