package io.streamglot.app.topology;

import io.streamglot.app.format.Message;
import io.streamglot.schemas.PendingRecord;
import io.streamglot.translator.EncodedText;
import io.streamglot.translator.Translator;
import java.util.List;
import java.util.Map;

/**
 * A source record that was read, and waits to be translated.
 *
 * <p>Jobs fill the lists in; those of a record that failed for all languages cannot be changed.
 *
 * @param source the record as it came
 * @param outcomes one for each target language; null where it is a job's to fill in
 * @param shadows outcomes for the shadow topic; null as long as a job has not filled them in
 * @param jobs what is to translate; none where the record failed for all languages
 */
record ReadRecord(
    PendingRecord source, List<Outcome> outcomes, List<Outcome> shadows, List<Job> jobs) {

  /**
   * A text to translate by one model, once, for however many targets that model serves.
   *
   * @param message the record, decoded
   * @param translator the model
   * @param encoded its text, as the model reads it
   * @param answers the record's outcomes, or its shadows
   * @param places of its answers, by the route that leads to each; all to the same pair
   */
  record Job(
      Message message,
      Translator translator,
      EncodedText encoded,
      List<Outcome> answers,
      Map<Route.Translate, Integer> places) {}

  /** Whether an outcome for the shadow topic only is to be made by the job. */
  boolean isShadow(Job job) {
    return job.answers() == shadows;
  }

  /** What the models have to read for it, all target languages together. */
  long tokens() {
    return jobs.stream().mapToLong(job -> job.encoded().length()).sum();
  }
}
