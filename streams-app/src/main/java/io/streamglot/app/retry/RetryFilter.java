package io.streamglot.app.retry;

import io.streamglot.app.language.LanguageTags;
import io.streamglot.schemas.FailureReason;
import io.streamglot.schemas.TranslationFailure;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which dead letters are wanted; all parts must fit.
 *
 * @param reasons one of them; empty for any
 * @param targetLanguages one of them, in any case, so that failures of a whole record do not fit;
 *     empty for any
 * @param from failed then or later
 * @param to failed before
 */
public record RetryFilter(
    Set<FailureReason> reasons,
    Set<String> targetLanguages,
    Optional<Instant> from,
    Optional<Instant> to) {

  /** Copies the sets. */
  public RetryFilter {
    reasons = Set.copyOf(reasons);
    targetLanguages = Set.copyOf(targetLanguages);
  }

  boolean matches(TranslationFailure failure) {
    return (reasons.isEmpty() || reasons.contains(failure.getReason()))
        && (targetLanguages.isEmpty() || isInto(failure.getTargetLanguage()))
        && from.map(start -> !failure.getFailedAt().isBefore(start)).orElse(true)
        && to.map(end -> failure.getFailedAt().isBefore(end)).orElse(true);
  }

  private boolean isInto(String language) {
    return language != null
        && targetLanguages.stream().map(LanguageTags::canonical).anyMatch(language::equals);
  }
}
