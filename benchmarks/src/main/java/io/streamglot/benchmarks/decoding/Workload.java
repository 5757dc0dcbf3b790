package io.streamglot.benchmarks.decoding;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The same sentences as the ids of each of several models.
 *
 * @param texts how many the file had
 * @param taken those that every model takes whole, in the order of the ids
 * @param ids for each model its sentences, the end token last in each; as many for each model, in
 *     one order
 */
public record Workload(int texts, List<String> taken, List<List<int[]>> ids) {

  /** A text and its ids for each model. */
  private record Row(String text, List<int[]> ids) {}

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
    List<Row> rows = new ArrayList<>();
    for (String text : texts) {
      List<int[]> encoded = models.stream().map(model -> model.encode(text)).toList();
      boolean fits = true;
      for (int i = 0; i < encoded.size(); i++) {
        fits &= models.get(i).takes(encoded.get(i).length);
      }
      if (fits) {
        rows.add(new Row(text, encoded));
      }
    }
    if (rows.isEmpty()) {
      throw new IOException("texts that the model takes whole: expected at least 1, actual 0");
    }
    if (order == Order.SORTED) {
      rows.sort(Comparator.comparingInt((Row row) -> row.ids().get(0).length).reversed());
    }
    List<List<int[]>> ids = new ArrayList<>();
    for (int model = 0; model < models.size(); model++) {
      int column = model;
      ids.add(rows.stream().map(row -> row.ids().get(column)).toList());
    }
    return new Workload(texts.size(), rows.stream().map(Row::text).toList(), ids);
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
