package io.streamglot.app.topology;

import io.streamglot.app.format.Message;
import io.streamglot.schemas.PendingRecord;
import io.streamglot.translator.EncodedText;
import java.util.List;
import java.util.Map;

/**
 * A source record that was read, and waits to be translated.
 *
 * @param source the record as it came
 * @param outcomes one for each target language; null where it is a job's to fill in
 * @param jobs what is to translate; none where the record failed for all languages
 */
record ReadRecord(PendingRecord source, List<Outcome> outcomes, List<Job> jobs) {

  /**
   * A text to translate by one model, once, for however many targets that model serves.
   *
   * @param message the record, decoded
   * @param encoded its text, as the model reads it
   * @param places of its outcomes, by the route that leads to each; all to the same pair
   */
  record Job(Message message, EncodedText encoded, Map<Route.Translate, Integer> places) {

    LanguagePair pair() {
      return places.keySet().iterator().next().pair();
    }
  }

  /** What the models have to read for it, all target languages together. */
  long tokens() {
    return jobs.stream().mapToLong(job -> job.encoded().length()).sum();
  }
}
