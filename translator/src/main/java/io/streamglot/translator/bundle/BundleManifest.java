package io.streamglot.translator.bundle;

import java.util.Collections;
import java.util.IllformedLocaleException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * The content of {@code bundle.json}: who the model is, what it needs and where it came from.
 *
 * <p>No component is null; unknown properties are refused, so that a typing error is not ignored.
 * Maps keep their order.
 *
 * @param formatVersion version of the bundle format, see {@link ModelBundle#FORMAT_VERSION}
 * @param name name of the model, such as {@code en-fr}; goes with every translation
 * @param version version of the model, such as {@code 1.0.0}; goes with every translation
 * @param sourceLanguage BCP 47 tag of the language that it reads
 * @param targetLanguage BCP 47 tag of the language that it writes
 * @param architecture what was trained: cell, layers, dimensions, as names and values
 * @param limits vocabulary and length, which opening checks against the files
 * @param search search options that were chosen on the development data
 * @param files lower-case SHA-256 in hexadecimal of each other file in the folder, by file name;
 *     {@link BundleWriter} fills it in
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
   * Copies the collections and checks the values.
   *
   * @throws NullPointerException if a component is null; the message names it
   * @throws IllegalArgumentException if a value is out of its range; the message names it
   */
  public BundleManifest {
    requireText("name", name);
    requireText("version", version);
    requireLanguage("sourceLanguage", sourceLanguage);
    requireLanguage("targetLanguage", targetLanguage);
    architecture = copy("architecture", architecture);
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(search, "search");
    files = copy("files", files);
    training = copy("training", training);
    evaluation = List.copyOf(Objects.requireNonNull(evaluation, "evaluation"));
    requireText("license", license);
  }

  /** The same manifest with the hashes of these files. */
  public BundleManifest withFiles(Map<String, String> hashes) {
    return new BundleManifest(
        formatVersion,
        name,
        version,
        sourceLanguage,
        targetLanguage,
        architecture,
        limits,
        search,
        hashes,
        training,
        evaluation,
        license);
  }

  private static Map<String, String> copy(String what, Map<String, String> map) {
    Objects.requireNonNull(map, what);
    map.forEach((key, value) -> Objects.requireNonNull(value, () -> what + "." + key + " is null"));
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  private static void requireText(String what, String value) {
    Objects.requireNonNull(value, what);
    if (value.isBlank()) {
      throw outOfRange(what, "a text that is not blank", "'" + value + "'");
    }
  }

  /**
   * Refuses what is no language tag.
   *
   * @param what names it in the message
   * @throws IllegalArgumentException if the tag is blank or not of the form of BCP 47
   */
  public static void requireLanguage(String what, String tag) {
    requireText(what, tag);
    try {
      new Locale.Builder().setLanguageTag(tag);
    } catch (IllformedLocaleException e) {
      throw outOfRange(what, "a BCP 47 language tag such as en", "'" + tag + "'");
    }
  }

  private static IllegalArgumentException outOfRange(String what, String expected, Object actual) {
    return new IllegalArgumentException(
        "%s: expected %s, actual %s".formatted(what, expected, actual));
  }

  /**
   * The numbers that model, tokenizer and decoder must agree on.
   *
   * @param vocabularySize number of token ids, the same for both languages, above 0
   * @param maxSourceLength most source tokens of a sentence, end token included, above 0
   * @param startId id that the decoder starts from
   * @param endId id that ends a source and a target sentence
   * @param padId id that fills a source batch
   */
  public record Limits(int vocabularySize, int maxSourceLength, int startId, int endId, int padId) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of its range; the message names it
     */
    public Limits {
      requirePositive("limits.vocabularySize", vocabularySize);
      requirePositive("limits.maxSourceLength", maxSourceLength);
      requireId("limits.startId", startId, vocabularySize);
      requireId("limits.endId", endId, vocabularySize);
      requireId("limits.padId", padId, vocabularySize);
    }

    private static void requirePositive(String what, int value) {
      if (value <= 0) {
        throw outOfRange(what, "above 0", value);
      }
    }

    private static void requireId(String what, int id, int vocabularySize) {
      if (id < 0 || id >= vocabularySize) {
        throw outOfRange(what, "0 to " + (vocabularySize - 1), id);
      }
    }
  }

  /**
   * One score on one data set.
   *
   * @param dataset what was translated, such as {@code tatoeba-en-fr/dev}
   * @param metric name of the metric, such as {@code BLEU}
   * @param score its value, 0 to 100
   * @param signature sacreBLEU signature: references, case, tokenizer, smoothing, version
   */
  public record Evaluation(String dataset, String metric, double score, String signature) {

    /** Checks that no component is null. */
    public Evaluation {
      Objects.requireNonNull(dataset, "evaluation.dataset");
      Objects.requireNonNull(metric, "evaluation.metric");
      Objects.requireNonNull(signature, "evaluation.signature");
    }
  }
}
