package io.streamglot.app.topology;

import io.streamglot.app.language.LanguageTags;

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
    source = LanguageTags.canonical(source);
    target = LanguageTags.canonical(target);
  }

  @Override
  public String toString() {
    return source + " to " + target;
  }
}
