package io.streamglot.translator.bundle;

import io.streamglot.translator.decode.SearchOptions;
import java.util.List;
import java.util.Map;

/**
 * The content of {@code bundle.json}: who the model is, what it needs and where it came from.
 *
 * <p>No component is null; unknown properties are refused, so that a typing error is not ignored.
 *
 * @param formatVersion version of the bundle format, see {@link ModelBundle#FORMAT_VERSION}
 * @param name name of the model, such as {@code en-fr}; goes with every translation
 * @param version version of the model, such as {@code 1.0.0}; goes with every translation
 * @param sourceLanguage BCP 47 tag of the language that it reads
 * @param targetLanguage BCP 47 tag of the language that it writes
 * @param architecture what was trained: cell, layers, dimensions, as names and values
 * @param limits vocabulary and length, which opening checks against the files
 * @param search search options that were chosen on the development data
 * @param files lower-case SHA-256 in hexadecimal of each other file in the folder, by file name
 * @param training provenance: data, seed, steps, the settings used, as names and values
 * @param evaluation what it scored; may be empty
 * @param license licence of the model, an SPDX identifier where there is one
 */
public record BundleManifest(
    int formatVersion,
    String name,
    String version,
    String sourceLanguage,
    String targetLanguage,
    Map<String, String> architecture,
    Limits limits,
    SearchOptions search,
    Map<String, String> files,
    Map<String, String> training,
    List<Evaluation> evaluation,
    String license) {

  /**
   * The numbers that model, tokenizer and decoder must agree on.
   *
   * @param vocabularySize number of token ids, the same for both languages, above 0
   * @param maxSourceLength most source tokens of a sentence, end token included, above 0
   * @param startId id that the decoder starts from
   * @param endId id that ends a source and a target sentence
   * @param padId id that fills a source batch
   */
  public record Limits(
      int vocabularySize, int maxSourceLength, int startId, int endId, int padId) {}

  /**
   * One score on one data set.
   *
   * @param dataset what was translated, such as {@code tatoeba-en-fr/dev}
   * @param metric name of the metric, such as {@code BLEU}
   * @param score its value, 0 to 100
   * @param signature sacreBLEU signature: references, case, tokenizer, smoothing, version
   */
  public record Evaluation(String dataset, String metric, double score, String signature) {}
}
