package io.streamglot.app.compare;

import io.streamglot.app.compare.RecordedOutcome.Failed;
import io.streamglot.app.compare.RecordedOutcome.Translated;

/**
 * The outcomes of both sides for one message and target language.
 *
 * @param old null where OLD has none; not where NEW has none either
 * @param candidate of NEW, null where it has none
 */
public record OutcomePair(RecordedOutcome old, RecordedOutcome candidate) {

  /**
   * What it is listed under: the key of the side that names the language, where one failed for all
   * of a message.
   */
  OutcomeKey key() {
    if (old == null || (candidate != null && old.key().isOfWholeMessage())) {
      return candidate.key();
    }
    return old.key();
  }

  OutcomeClass outcomeClass() {
    if (candidate instanceof Failed) {
      return old instanceof Failed ? OutcomeClass.FAILED_BOTH : OutcomeClass.FAILED_NEW;
    }
    if (old instanceof Failed) {
      return OutcomeClass.FAILED_OLD;
    }
    if (old instanceof Translated before && candidate instanceof Translated after) {
      return before.text().equals(after.text()) ? OutcomeClass.IDENTICAL : OutcomeClass.CHANGED;
    }
    return candidate == null ? OutcomeClass.MISSING : OutcomeClass.NEW;
  }
}
