package io.streamglot.junit;

import io.streamglot.schemas.Translation;
import io.streamglot.schemas.TranslationFailure;
import java.util.List;

/**
 * What came out of a recording.
 *
 * @param models names and versions of the models
 * @param answers one for each recorded message, in the order of the recording
 */
public record Replay(List<String> models, List<Answer> answers) {

  /** Copies the lists. */
  public Replay {
    models = List.copyOf(models);
    answers = List.copyOf(answers);
  }

  /** All translations, in the order of the recording. */
  public List<Translation> translations() {
    return answers.stream().flatMap(answer -> answer.translations().stream()).toList();
  }

  /** All failures, in the order of the recording. */
  public List<TranslationFailure> failures() {
    return answers.stream().flatMap(answer -> answer.failures().stream()).toList();
  }

  /** What was approved, or shall be: a paragraph for each message. */
  String text() {
    var text = new StringBuilder("# Translated by " + String.join(", ", models) + "\n");
    answers.forEach(answer -> text.append('\n').append(answer.text()));
    return text.toString();
  }
}
