package io.streamglot.training;

import io.streamglot.training.corpus.BucketingBatcher;
import io.streamglot.training.evaluate.Evaluator;
import io.streamglot.training.evaluate.Evaluator.Evaluation;
import io.streamglot.training.export.BundleExporter;
import io.streamglot.training.export.GraphForm;
import io.streamglot.training.model.ModelWeights;
import io.streamglot.training.model.Seq2Seq;
import io.streamglot.training.train.DevLoss;
import io.streamglot.training.train.Validation;
import io.streamglot.training.train.Validator;
import io.streamglot.translator.BundleTranslator;
import io.streamglot.translator.Translator;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.decode.DecoderSettings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Validates as users will meet the model: exports it and scores what the serving decoder makes of
 * the development data.
 */
final class ServedValidator implements Validator {

  private final TrainingPlan plan;
  private final TrainingData data;
  private final DevLoss devLoss;
  private Served latest;

  ServedValidator(TrainingPlan plan, TrainingData data) {
    this.plan = plan;
    this.data = data;
    this.devLoss =
        new DevLoss(
            new BucketingBatcher(data.dev(), plan.recipe().training().batchTokens()).epoch(0, 0));
  }

  @Override
  public Validation validate(Seq2Seq model) throws IOException {
    List<ModelWeights> weights = List.of(model.parameters().toWeights());
    return new Validation(devLoss.of(model), evaluateExactly(weights).bleu().score());
  }

  /**
   * What came of parameters.
   *
   * @param bundle they were exported to; the next validation replaces its files
   * @param evaluation on the development data
   */
  record Served(ModelBundle bundle, Evaluation evaluation) {}

  /**
   * What was validated last.
   *
   * @throws NoSuchElementException before the first time
   */
  Served latest() {
    return Optional.ofNullable(latest).orElseThrow();
  }

  /**
   * Scores parameters through an exact bundle in the run folder.
   *
   * @param members of one model, or of several that decide together
   */
  Evaluation evaluateExactly(List<ModelWeights> members) throws IOException {
    return evaluate(members, GraphForm.EXACT, plan.recipe().search());
  }

  /** Scores parameters through a bundle of a form in the run folder. */
  Evaluation evaluate(List<ModelWeights> members, GraphForm form, SearchOptions search)
      throws IOException {
    ModelBundle bundle = export(members, form, search);
    try (Translator translator = BundleTranslator.open(bundle, DecoderSettings.DEFAULT)) {
      latest = new Served(bundle, new Evaluator(translator).evaluate(plan.dev()));
      return latest.evaluation();
    }
  }

  /** Writes parameters as a bundle in the run folder; the next validation replaces it. */
  ModelBundle export(List<ModelWeights> members, GraphForm form, SearchOptions search)
      throws IOException {
    return new BundleExporter(
            data.sizes(plan),
            members,
            data.tokenizerFile(),
            plan.describe(search, Map.of(), List.of(), "A model in training.\n"),
            form)
        .exportUnchecked(plan.runFolder().resolve("validation"));
  }
}
