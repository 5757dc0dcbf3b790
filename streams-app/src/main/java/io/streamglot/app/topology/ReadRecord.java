package io.streamglot.app.topology;

import io.streamglot.schemas.PendingRecord;
import io.streamglot.schemas.SourceText;
import java.util.List;

/**
 * A source record that was read, and waits to be translated.
 *
 * @param source the record as it came
 * @param outcomes one for each target language; null where it is a job's to fill in
 * @param jobs what is to translate; none where the record failed for all languages
 * @param tokens what the models have to read for it, all target languages together
 */
record ReadRecord(PendingRecord source, List<Outcome> outcomes, List<Job> jobs, long tokens) {

  /** A text to translate by one model, and the place of its outcome. */
  record Job(LanguagePair pair, SourceText text, int place) {}
}
