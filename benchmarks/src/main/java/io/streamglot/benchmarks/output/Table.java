package io.streamglot.benchmarks.output;

import java.util.ArrayList;
import java.util.List;

/** Columns of text, each as wide as its widest cell; numbers stand at the right. */
public final class Table {

  private final List<List<String>> rows = new ArrayList<>();

  /** A table with these headings. */
  public Table(String... headings) {
    rows.add(List.of(headings));
  }

  /**
   * Appends a row.
   *
   * @throws IllegalArgumentException if there are not as many cells as headings
   */
  public void add(String... cells) {
    if (cells.length != rows.get(0).size()) {
      throw new IllegalArgumentException(
          "cells: expected %d, actual %d".formatted(rows.get(0).size(), cells.length));
    }
    rows.add(List.of(cells));
  }

  /** The table as lines, headings first. */
  public List<String> lines() {
    return rows.stream().map(this::line).toList();
  }

  private String line(List<String> row) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      String padding = " ".repeat(width(column) - row.get(column).length());
      String gap = column == 0 ? "" : "  ";
      line.append(gap);
      line.append(isNumeric(column) ? padding + row.get(column) : row.get(column) + padding);
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElseThrow();
  }

  private boolean isNumeric(int column) {
    return rows.stream().skip(1).allMatch(row -> row.get(column).matches("[-+]?[0-9].*|"));
  }
}
