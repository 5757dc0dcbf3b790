package io.streamglot.training;

import io.streamglot.training.evaluate.Evaluator.Evaluation;
import io.streamglot.training.export.Architecture;
import io.streamglot.training.export.GraphForm;
import io.streamglot.training.export.ModelDescription;
import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.recipe.Recipe;
import io.streamglot.training.train.Progress;
import io.streamglot.translator.bundle.BundleManifest;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.bundle.SearchOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the bundle says about its model: the manifest's provenance and scores, and the same as a
 * model card (Mitchell et al., 2019) for people.
 */
record ModelCard(
    TrainingPlan plan,
    TrainingData data,
    ModelConfig sizes,
    List<Progress> progress,
    Evaluation asTrained,
    Evaluation evaluation,
    GraphForm form,
    SearchOptions search) {

  /** All that the exporter wants to know. */
  ModelDescription description() {
    return plan.describe(search, provenance(), scores(), markdown());
  }

  private Map<String, String> provenance() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("recipe", ModelBundle.RECIPE);
    facts.put("train", plan.train().name());
    facts.put("trainPairs", Integer.toString(data.train().size()));
    facts.put("dev", plan.dev().name());
    facts.put("tokensSha256", data.trainFingerprint());
    facts.put("steps", ofEach(Progress::step));
    facts.put("bestStep", ofEach(Progress::bestStep));
    return facts;
  }

  private String ofEach(ToIntFunction<Progress> value) {
    return progress.stream()
        .map(each -> Integer.toString(value.applyAsInt(each)))
        .collect(Collectors.joining(", "));
  }

  private List<BundleManifest.Evaluation> scores() {
    return List.of(
        new BundleManifest.Evaluation(
            plan.dev().name(), "BLEU", evaluation.bleu().score(), evaluation.bleu().signature()),
        new BundleManifest.Evaluation(
            plan.dev().name(),
            evaluation.chrf().name(),
            evaluation.chrf().score(),
            evaluation.chrf().signature()));
  }

  private String markdown() {
    Recipe recipe = plan.recipe();
    StringBuilder card = new StringBuilder();
    line(card, "# %s", recipe);
    line(card, "");
    line(
        card,
        "Translates `%s` to `%s`, trained by Streamglot: %s.",
        recipe.sourceLanguage(),
        recipe.targetLanguage(),
        new Architecture(sizes, progress.size()).summary());
    line(card, "Licence: %s.", recipe.license());
    line(card, "");
    line(card, "## Scores");
    line(card, "");
    for (BundleManifest.Evaluation score : scores()) {
      line(
          card,
          "- %s **%.2f** on `%s`, %,d distinct sentences, signature `%s`",
          score.metric(),
          score.score(),
          score.dataset(),
          evaluation.sentences(),
          score.signature());
    }
    line(card, "");
    line(
        card,
        "Beam %d, length penalty %s, pruning %s. Served in %s; as trained the BLEU is %.2f.",
        search.beamSize(),
        search.lengthPenalty(),
        search.pruning(),
        form,
        asTrained.bleu().score());
    line(card, "");
    line(card, "## Data");
    line(card, "");
    line(card, "```");
    card.append(data.filtered().table());
    if (data.copies() > 0) {
      line(card, "%-16s%,14d", "placeholders", data.copies());
    }
    line(
        card,
        "%-16s%,14d",
        "within %d tokens".formatted(plan.recipe().maxTokens()),
        data.train().size());
    line(card, "```");
    line(card, "");
    line(card, "## Recipe");
    line(card, "");
    line(
        card,
        "[%1$s](%1$s) says all that decided the parameters but the text itself. To train the model again,"
            + " with",
        ModelBundle.RECIPE);
    line(
        card,
        "FOLDER for the folder of this card and DIR for the one that holds `%s`:",
        String.join("`, `", files()));
    line(card, "");
    line(card, "```");
    line(card, "./streamglot train --recipe FOLDER/%s --data DIR", ModelBundle.RECIPE);
    line(card, "```");
    line(card, "");
    provenance().forEach((name, value) -> line(card, "- %s: %s", name, value));
    if (!recipe.notes().isBlank()) {
      line(card, "");
      line(card, "%s", recipe.notes().strip());
    }
    return card.toString();
  }

  private List<String> files() {
    return Stream.concat(plan.recipe().train().stream(), plan.recipe().dev().stream()).toList();
  }

  private static void line(StringBuilder card, String format, Object... values) {
    card.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
