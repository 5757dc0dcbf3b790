package io.streamglot.translator.text;

import com.ibm.icu.util.BytesTrie;
import com.ibm.icu.util.CharsTrie;
import com.ibm.icu.util.CharsTrieBuilder;
import com.ibm.icu.util.StringTrieBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Words and phrases that are not to be translated, such as the names of products.
 *
 * <p>A term is found where it stands letter by letter, in this case, and no letter, mark on one or
 * digit goes on before or after it. Of several at one place the longest counts. Immutable.
 */
public final class Terms {

  /** No terms. */
  public static final Terms NONE = new Terms(Set.of());

  /** Characters of the longest term: what the search at one place may cost. */
  public static final int MAX_CHARACTERS = 200;

  private final Set<String> terms;
  private final CharsTrie trie;

  private Terms(Set<String> terms) {
    this.terms = terms;
    this.trie = terms.isEmpty() ? null : trie(terms);
  }

  /**
   * Terms to look for.
   *
   * @param terms neither null nor with null. White space at their ends does not count; one that is
   *     blank then, or has more than {@value #MAX_CHARACTERS} characters, is not looked for
   */
  public static Terms of(Collection<String> terms) {
    Set<String> kept = new LinkedHashSet<>();
    for (String term : terms) {
      String stripped = term.strip();
      if (!stripped.isEmpty() && stripped.length() <= MAX_CHARACTERS) {
        kept.add(stripped);
      }
    }
    return kept.isEmpty() ? NONE : new Terms(kept);
  }

  /** These and others. */
  public Terms and(Collection<String> others) {
    if (others.isEmpty()) {
      return this;
    }
    List<String> all = new ArrayList<>(terms);
    all.addAll(others);
    return of(all);
  }

  /** The terms, in brackets. */
  @Override
  public String toString() {
    return terms.toString();
  }

  /** Where they stand in a text, from left to right, none within another. */
  List<Span> find(String text) {
    List<Span> found = new ArrayList<>();
    if (trie == null) {
      return found;
    }
    int next;
    for (int i = 0; i < text.length(); i = next) {
      int end = Words.goesOn(text, i) ? i : longestAt(text, i);
      next = Math.max(end, i + 1);
      if (end > i) {
        found.add(new Span(i, end));
      }
    }
    return found;
  }

  /** The end of the longest term that begins there; {@code start} if none does. */
  private int longestAt(String text, int start) {
    // A trie is a place in it, too: one for each search, as its state is cheap.
    CharsTrie search = new CharsTrie(trie);
    search.reset();
    int end = start;
    for (int i = start; i < text.length(); i++) {
      BytesTrie.Result result = search.next(text.charAt(i));
      if (result.hasValue() && !Words.goesOn(text, i + 1)) {
        end = i + 1;
      }
      if (!result.hasNext()) {
        break;
      }
    }
    return end;
  }

  private static CharsTrie trie(Set<String> terms) {
    CharsTrieBuilder builder = new CharsTrieBuilder();
    terms.forEach(term -> builder.add(term, 0));
    return builder.build(StringTrieBuilder.Option.FAST);
  }
}
