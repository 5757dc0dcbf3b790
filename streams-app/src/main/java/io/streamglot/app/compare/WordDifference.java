package io.streamglot.app.compare;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.DeltaType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Which words two texts differ in, by Myers 1986, "An O(ND) Difference Algorithm and Its
 * Variations".
 *
 * <p>A word is a run of letters and digits; an ideograph, white space between words and anything
 * else stands for itself. Nothing of the texts is lost: each is its parts, joined.
 *
 * @param old parts of OLD, in order
 * @param candidate parts of NEW, in order
 */
record WordDifference(List<Part> old, List<Part> candidate) {

  private static final Pattern WORD =
      Pattern.compile(
          "\\p{IsIdeographic}|[\\p{L}\\p{M}\\p{N}&&[^\\p{IsIdeographic}]]+|\\s+|\\X",
          Pattern.DOTALL);

  WordDifference {
    old = List.copyOf(old);
    candidate = List.copyOf(candidate);
  }

  /**
   * A piece of a text.
   *
   * @param text not empty
   * @param changed whether the other text lacks it at this place
   */
  record Part(String text, boolean changed) {}

  /** Of two texts, which may be empty. */
  static WordDifference of(String old, String candidate) {
    List<Part> oldParts = new ArrayList<>();
    List<Part> newParts = new ArrayList<>();
    for (AbstractDelta<String> delta :
        DiffUtils.diff(words(old), words(candidate), true).getDeltas()) {
      boolean changed = delta.getType() != DeltaType.EQUAL;
      add(oldParts, delta.getSource().getLines(), changed);
      add(newParts, delta.getTarget().getLines(), changed);
    }
    return new WordDifference(oldParts, newParts);
  }

  private static void add(List<Part> parts, List<String> words, boolean changed) {
    if (!words.isEmpty()) {
      parts.add(new Part(String.join("", words), changed));
    }
  }

  private static List<String> words(String text) {
    return WORD.matcher(text).results().map(MatchResult::group).toList();
  }
}
