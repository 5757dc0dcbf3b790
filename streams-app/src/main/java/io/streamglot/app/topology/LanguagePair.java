package io.streamglot.app.topology;

import java.util.Locale;

/**
 * From which language into which. Tags are brought to their canonical case, so that {@code EN} and
 * {@code en} are equal; a tag that is not well-formed stays as it is.
 *
 * @param source BCP 47 tag of the language to read, not null
 * @param target BCP 47 tag of the language to write, not null
 */
public record LanguagePair(String source, String target) {

  /** Brings both tags to their canonical case. */
  public LanguagePair {
    source = canonical(source);
    target = canonical(target);
  }

  @Override
  public String toString() {
    return source + " to " + target;
  }

  /** Whether a tag is well-formed. */
  public static boolean isTag(String tag) {
    return !tag.isEmpty() && Locale.forLanguageTag(tag).toLanguageTag().equalsIgnoreCase(tag);
  }

  /** The tag in its canonical case; one that is not well-formed as it is. */
  public static String canonical(String tag) {
    var canonical = Locale.forLanguageTag(tag).toLanguageTag();
    return canonical.equalsIgnoreCase(tag) ? canonical : tag;
  }
}
