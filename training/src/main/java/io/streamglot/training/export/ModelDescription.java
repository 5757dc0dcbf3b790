package io.streamglot.training.export;

import io.streamglot.translator.bundle.BundleManifest.Evaluation;
import io.streamglot.translator.bundle.SearchOptions;
import java.util.List;
import java.util.Map;

/**
 * What a bundle says about a model beyond what its weights and tokenizer say themselves.
 *
 * @param name name of the model, such as {@code en-fr}
 * @param version version of the model, such as {@code 1.0.0}
 * @param sourceLanguage BCP 47 tag of the language that it reads
 * @param targetLanguage BCP 47 tag of the language that it writes
 * @param maxSourceLength most source tokens of a sentence, end token included, above 0
 * @param search search options for those who name none
 * @param training provenance: data, seed, steps, the settings used, as names and values
 * @param evaluation what it scored; may be empty
 * @param license licence of the model, an SPDX identifier where there is one
 * @param modelCard text of the model card, in Markdown
 * @param recipe text of the recipe that trains the model again, in YAML
 */
public record ModelDescription(
    String name,
    String version,
    String sourceLanguage,
    String targetLanguage,
    int maxSourceLength,
    SearchOptions search,
    Map<String, String> training,
    List<Evaluation> evaluation,
    String license,
    String modelCard,
    String recipe) {}
