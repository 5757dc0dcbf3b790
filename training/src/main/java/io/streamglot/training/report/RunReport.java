package io.streamglot.training.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the report of a run shows. Where a list is empty, its part of the report is left out.
 *
 * @param title such as {@code en-fr 1.0.0}
 * @param sourceLanguage BCP 47 tag
 * @param targetLanguage BCP 47 tag
 * @param steps the training curves, in order
 * @param validations the development curves, in order
 * @param samples the sentences whose translations are followed, see {@link
 *     ValidationResult#samples}
 * @param heatMaps the attention in a few sentences
 * @param lengths BLEU by length of the source, ascending
 * @param data which data, as names and values, in order
 * @param filter what the filter read, left out and kept, as names and numbers of pairs, in order
 * @param recipe the settings of the run, as lines of text; may be empty
 */
public record RunReport(
    String title,
    String sourceLanguage,
    String targetLanguage,
    List<StepMeans> steps,
    List<ValidationResult> validations,
    List<Sample> samples,
    List<AttentionHeatMap> heatMaps,
    List<LengthScore> lengths,
    Map<String, String> data,
    Map<String, Integer> filter,
    String recipe) {

  /** Copies the collections. */
  public RunReport {
    steps = List.copyOf(steps);
    validations = List.copyOf(validations);
    samples = List.copyOf(samples);
    heatMaps = List.copyOf(heatMaps);
    lengths = List.copyOf(lengths);
    data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    filter = Collections.unmodifiableMap(new LinkedHashMap<>(filter));
  }

  /**
   * A sentence whose translations are followed.
   *
   * @param source the sentence
   * @param references its translations in the corpus, at least one
   */
  public record Sample(String source, List<String> references) {

    /** Copies the list. */
    public Sample {
      references = List.copyOf(references);
    }
  }

  /**
   * How well sentences of like length are translated.
   *
   * @param length such as {@code 11-15}
   * @param sentences how many, at least 1
   * @param bleu BLEU of these alone, 0 to 100
   */
  public record LengthScore(String length, int sentences, double bleu) {}

  /**
   * Writes the report as one HTML file that needs no other and no network. The file is replaced in
   * one step, so that a browser never sees half of it.
   */
  public void write(Path file) throws IOException {
    Path staging = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(staging, new ReportPage(this).html());
    Files.move(staging, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
