package io.streamglot.app.language;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Reads BCP 47 tags. Any string is taken: senders write what they like. */
public final class LanguageTags {

  /** Longer tags are nobody's: RFC 5646, section 4.4.1. */
  private static final int MAX_CHARACTERS = 35;

  private LanguageTags() {}

  /** The tag in its canonical case; one that is not well-formed as it is. */
  public static String canonical(String tag) {
    var canonical = Locale.forLanguageTag(tag).toLanguageTag();
    return canonical.equalsIgnoreCase(tag) ? canonical : tag;
  }

  /**
   * The tag and what it falls back to, as the lookup of RFC 4647, section 3.4, tries them: each
   * time without its last subtag, and without a single character that would then be the last.
   *
   * @param tag any string; one that is not well-formed, or has over 35 characters, has no fallback
   * @return canonical tags, the tag itself first, at least one
   */
  public static List<String> fallbacks(String tag) {
    var canonical = canonical(tag);
    if (canonical.length() > MAX_CHARACTERS || !isWellFormed(canonical)) {
      return List.of(canonical);
    }
    return Stream.iterate(canonical, shorter -> !shorter.isEmpty(), LanguageTags::withoutLast)
        .toList();
  }

  /** Whether it is a tag of BCP 47, whether or not there is such a language. */
  public static boolean isWellFormed(String tag) {
    return !tag.isEmpty() && Locale.forLanguageTag(tag).toLanguageTag().equalsIgnoreCase(tag);
  }

  private static String withoutLast(String tag) {
    int end = Math.max(tag.lastIndexOf('-'), 0);
    // A single character introduces what follows, and means nothing alone.
    return end >= 2 && tag.charAt(end - 2) == '-'
        ? tag.substring(0, end - 2)
        : tag.substring(0, end);
  }
}
