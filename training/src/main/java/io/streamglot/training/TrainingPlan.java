package io.streamglot.training;

import io.streamglot.training.corpus.CorpusFilter;
import io.streamglot.training.corpus.ParallelCorpus;
import io.streamglot.training.export.ModelDescription;
import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.train.TrainingConfig;
import io.streamglot.translator.bundle.BundleManifest;
import io.streamglot.translator.bundle.SearchOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * All that a run needs to know.
 *
 * @param identity who the model will be
 * @param train the pairs to learn from
 * @param dev the pairs to validate with; a source may occur more than once, with several
 *     translations
 * @param filter what is left out of {@code train}, in words
 * @param sizes sizes of the model; the vocabulary is what is asked for, a small corpus gives less
 * @param maxSourceTokens most source tokens of a sentence, end token included, at least 1; longer
 *     pairs are left out
 * @param config how to train
 * @param search how validations search, and users of the bundle who do not say otherwise
 * @param runFolder checkpoints and the learnt tokenizer; an interrupted run goes on from there
 * @param bundle where the bundle is published
 */
public record TrainingPlan(
    Identity identity,
    ParallelCorpus train,
    ParallelCorpus dev,
    CorpusFilter.Settings filter,
    ModelConfig sizes,
    int maxSourceTokens,
    TrainingConfig config,
    SearchOptions search,
    Path runFolder,
    Path bundle) {

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if {@code maxSourceTokens} is below 1
   */
  public TrainingPlan {
    if (maxSourceTokens < 1) {
      throw new IllegalArgumentException(
          "longest source: expected at least 1 token, actual " + maxSourceTokens);
    }
  }

  /**
   * What the manifest and the model card say of the model.
   *
   * @param name such as {@code en-fr}
   * @param version such as {@code 1.0.0}
   * @param sourceLanguage BCP 47 tag
   * @param targetLanguage BCP 47 tag
   * @param license of the model, an SPDX identifier where there is one
   * @param command the command line that trains it again
   * @param notes Markdown for the end of the model card, may be empty
   */
  public record Identity(
      String name,
      String version,
      String sourceLanguage,
      String targetLanguage,
      String license,
      String command,
      String notes) {

    /**
     * Checks the languages.
     *
     * @throws IllegalArgumentException if one is no BCP 47 tag
     */
    public Identity {
      BundleManifest.requireLanguage("source language", sourceLanguage);
      BundleManifest.requireLanguage("target language", targetLanguage);
    }
  }

  /**
   * What a bundle of this run says of its model.
   *
   * @param training provenance; may be empty
   * @param evaluation scores; may be empty
   * @param modelCard Markdown
   */
  ModelDescription describe(
      Map<String, String> training, List<BundleManifest.Evaluation> evaluation, String modelCard) {
    return new ModelDescription(
        identity.name(),
        identity.version(),
        identity.sourceLanguage(),
        identity.targetLanguage(),
        maxSourceTokens,
        search,
        training,
        evaluation,
        identity.license(),
        modelCard);
  }
}
