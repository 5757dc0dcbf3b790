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
 * @param sizes sizes of tokenizer and model
 * @param config how to train
 * @param beamSize beam of the validations and default of the bundle, 1 or more
 * @param runFolder checkpoints and the learnt tokenizer; an interrupted run goes on from there
 * @param bundle where the bundle is published
 */
public record TrainingPlan(
    Identity identity,
    ParallelCorpus train,
    ParallelCorpus dev,
    CorpusFilter.Settings filter,
    Sizes sizes,
    TrainingConfig config,
    int beamSize,
    Path runFolder,
    Path bundle) {

  private static final float LENGTH_PENALTY = 1;
  private static final float MAX_LENGTH_FACTOR = 2;
  private static final int MAX_LENGTH_OFFSET = 10;

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
      String notes) {}

  /**
   * Sizes of tokenizer and model.
   *
   * @param vocabulary tokens asked for; a small corpus gives fewer
   * @param embedding units of an embedding and of the readout
   * @param encoder units of the encoder in each direction
   * @param decoder units of the decoder
   * @param attention units of the attention's hidden layer
   * @param sourceTokens most source tokens of a sentence, end token included; longer pairs are left
   *     out
   */
  public record Sizes(
      int vocabulary, int embedding, int encoder, int decoder, int attention, int sourceTokens) {

    ModelConfig forVocabulary(int learnt) {
      return new ModelConfig(learnt, embedding, encoder, decoder, attention);
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
        sizes.sourceTokens(),
        search(),
        training,
        evaluation,
        identity.license(),
        modelCard);
  }

  /** How validations search, and users of the bundle who do not say otherwise. */
  SearchOptions search() {
    return new SearchOptions(beamSize, 1, LENGTH_PENALTY, MAX_LENGTH_FACTOR, MAX_LENGTH_OFFSET);
  }
}
