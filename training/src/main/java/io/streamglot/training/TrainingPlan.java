package io.streamglot.training;

import io.streamglot.training.corpus.ParallelCorpus;
import io.streamglot.training.export.ModelDescription;
import io.streamglot.training.recipe.Recipe;
import io.streamglot.translator.bundle.BundleManifest;
import io.streamglot.translator.bundle.SearchOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * All that a run needs to know.
 *
 * @param recipe all that decides the parameters but the text itself
 * @param train the pairs to learn from
 * @param dev the pairs to validate with; a source may occur more than once, with several
 *     translations
 * @param runFolder checkpoints and the learnt tokenizer; an interrupted run goes on from there
 * @param bundle where the bundle is published
 */
public record TrainingPlan(
    Recipe recipe, ParallelCorpus train, ParallelCorpus dev, Path runFolder, Path bundle) {

  /**
   * The plans of the models to train: this one, if it asks for one model; else each has its own
   * folder in this one's, {@code member-1} and so on.
   */
  List<TrainingPlan> members() {
    if (recipe.members() == 1) {
      return List.of(this);
    }
    return IntStream.range(0, recipe.members())
        .mapToObj(
            i ->
                new TrainingPlan(
                    recipe.member(i), train, dev, runFolder.resolve("member-" + (i + 1)), bundle))
        .toList();
  }

  /**
   * What a bundle of this run says of its model.
   *
   * @param search options for those who name none
   * @param training provenance; may be empty
   * @param evaluation scores; may be empty
   * @param modelCard Markdown
   */
  ModelDescription describe(
      SearchOptions search,
      Map<String, String> training,
      List<BundleManifest.Evaluation> evaluation,
      String modelCard) {
    return new ModelDescription(
        recipe.name(),
        recipe.version(),
        recipe.sourceLanguage(),
        recipe.targetLanguage(),
        recipe.maxTokens(),
        search,
        training,
        evaluation,
        recipe.license(),
        modelCard,
        recipe.toYaml());
  }
}
