package io.streamglot.benchmarks.decoding;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The same sentences as the ids of each of several models.
 *
 * @param texts how many the file had
 * @param ids for each model its sentences, the end token last in each; as many for each model, in
 *     one order
 */
public record Workload(int texts, List<List<int[]>> ids) {

  /** In which order sentences are put into batches. */
  public enum Order {
    /** Longest first by the tokens of the first model, as serving does. */
    SORTED,
    /** As the file has them. */
    FILE
  }

  /**
   * Encodes the texts that every model takes whole.
   *
   * @param models at least one
   * @throws IOException if there is no such text
   */
  public static Workload of(List<String> texts, List<LoadedModel> models, Order order)
      throws IOException {
    List<List<int[]>> rows = new ArrayList<>(); // a row for each text, an element for each model
    for (String text : texts) {
      List<int[]> row = models.stream().map(model -> model.encode(text)).toList();
      boolean fits = true;
      for (int i = 0; i < row.size(); i++) {
        fits &= models.get(i).takes(row.get(i).length);
      }
      if (fits) {
        rows.add(row);
      }
    }
    if (rows.isEmpty()) {
      throw new IOException("texts that the model takes whole: expected at least 1, actual 0");
    }
    if (order == Order.SORTED) {
      rows.sort(Comparator.comparingInt((List<int[]> row) -> row.get(0).length).reversed());
    }
    List<List<int[]>> ids = new ArrayList<>();
    for (int model = 0; model < models.size(); model++) {
      int column = model;
      ids.add(rows.stream().map(row -> row.get(column)).toList());
    }
    return new Workload(texts.size(), ids);
  }

  /** Sentences of each model. */
  public int sentences() {
    return ids.get(0).size();
  }

  /** Source tokens of a model, end tokens included. */
  public long sourceTokens(int model) {
    return ids.get(model).stream().mapToLong(sentence -> sentence.length).sum();
  }

  /** The sentences of a model in batches; the last may be smaller. */
  public List<List<int[]>> batches(int model, int size) {
    List<List<int[]>> batches = new ArrayList<>();
    for (int from = 0; from < sentences(); from += size) {
      batches.add(ids.get(model).subList(from, Math.min(sentences(), from + size)));
    }
    return batches;
  }
}
