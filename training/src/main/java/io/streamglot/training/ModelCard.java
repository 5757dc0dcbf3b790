package io.streamglot.training;

import io.streamglot.training.evaluate.Evaluator.Evaluation;
import io.streamglot.training.export.ModelDescription;
import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.train.Progress;
import io.streamglot.training.train.TrainingConfig;
import io.streamglot.translator.bundle.BundleManifest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the bundle says about its model: the manifest's provenance and scores, and the same as a
 * model card (Mitchell et al., 2019) for people.
 */
record ModelCard(
    TrainingPlan plan,
    TrainingData data,
    ModelConfig sizes,
    Progress progress,
    Evaluation evaluation) {

  /** All that the exporter wants to know. */
  ModelDescription description() {
    return plan.describe(provenance(), scores(), markdown());
  }

  private Map<String, String> provenance() {
    TrainingConfig config = plan.config();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("command", plan.identity().command());
    facts.put("train", plan.train().name());
    facts.put("trainPairs", Integer.toString(data.train().size()));
    facts.put("dev", plan.dev().name());
    facts.put("dataSha256", data.fingerprint());
    facts.put("seed", Long.toString(config.seed()));
    facts.put("epochs", Integer.toString(config.epochs()));
    facts.put("batchTokens", Integer.toString(config.batchTokens()));
    facts.put("optimizer", "AdamW, linear warm-up");
    facts.put("learningRate", Double.toString(config.learningRate()));
    facts.put("warmupSteps", Integer.toString(config.warmupSteps()));
    facts.put("decay", config.decay().toString());
    facts.put("dropout", config.dropout().toString());
    facts.put("bpeDropout", Double.toString(config.bpeDropout()));
    facts.put("labelSmoothing", Double.toString(config.labelSmoothing()));
    facts.put("clipNorm", Double.toString(config.clipNorm()));
    facts.put("weightDecay", Double.toString(config.weightDecay()));
    facts.put("averaging", Double.toString(config.averaging()));
    facts.put("steps", Integer.toString(progress.step()));
    facts.put("bestStep", Integer.toString(progress.bestStep()));
    return facts;
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
    TrainingPlan.Identity identity = plan.identity();
    StringBuilder card = new StringBuilder();
    line(card, "# %s %s", identity.name(), identity.version());
    line(card, "");
    line(
        card,
        "Translates `%s` to `%s`. A bidirectional LSTM encoder, additive attention and an LSTM"
            + " decoder,",
        identity.sourceLanguage(),
        identity.targetLanguage());
    line(card, "trained by Streamglot. Licence: %s.", identity.license());
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
        "Beam %d, length penalty %s.",
        plan.search().beamSize(),
        plan.search().lengthPenalty());
    line(card, "");
    line(card, "## Data");
    line(card, "");
    line(card, "```");
    card.append(data.filtered().table());
    line(
        card,
        "%-16s%,14d",
        "within %d tokens".formatted(plan.maxSourceTokens()),
        data.train().size());
    line(card, "```");
    line(card, "");
    line(card, "## Recipe");
    line(card, "");
    line(card, "```");
    line(card, "%s", identity.command());
    line(card, "```");
    line(card, "");
    provenance()
        .forEach(
            (name, value) -> {
              if (!name.equals("command")) {
                line(card, "- %s: %s", name, value);
              }
            });
    line(
        card,
        "- sizes: vocabulary %d, embedding %d, encoder 2 x %d, decoder %d, attention %d",
        sizes.vocabularySize(),
        sizes.embeddingSize(),
        sizes.encoder().size(),
        sizes.decoder().size(),
        sizes.attentionSize());
    if (!identity.notes().isBlank()) {
      line(card, "");
      line(card, "%s", identity.notes().strip());
    }
    return card.toString();
  }

  private static void line(StringBuilder card, String format, Object... values) {
    card.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
