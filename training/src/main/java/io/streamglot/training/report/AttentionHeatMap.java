package io.streamglot.training.report;

import io.streamglot.training.report.Canvas.Anchor;
import io.streamglot.training.report.Canvas.Point;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Which source tokens the decoder attended to as it wrote each target token: a row for each target
 * token, a column for each source token, the darker the more (Bahdanau et al., 2015, figure 3).
 * Immutable.
 */
public final class AttentionHeatMap {

  static final double CELL = 22;

  private static final double FONT = 13;
  private static final double SMALL_FONT = 11;
  private static final double MARGIN = 12;

  /** Source tokens stand askew: readable, and no wider than their column. */
  private static final double SLANT = -50;

  private static final int LEGEND_STEPS = 20;
  private static final double LEGEND_STEP = 7;
  private static final double LEGEND_HEIGHT = 10;
  private static final double LEGEND_ROOM = 52;

  /** How far rounding may take a weight out of its range. */
  private static final float ROUNDING = 1e-3f;

  private final List<String> source;
  private final List<String> target;
  private final float[][] weights;
  private final double left;
  private final double top;

  /**
   * A heat map.
   *
   * @param source the source tokens, at least one; copied
   * @param target the target tokens, at least one; copied
   * @param weights [target tokens][source tokens], each 0 to 1; copied
   * @throws IllegalArgumentException if there is no token, the shape is another, or a weight is out
   *     of range
   */
  public AttentionHeatMap(List<String> source, List<String> target, float[][] weights) {
    this.source = List.copyOf(source);
    this.target = List.copyOf(target);
    this.weights = Arrays.stream(weights).map(float[]::clone).toArray(float[][]::new);
    require(!source.isEmpty(), "source tokens", "at least 1", 0);
    require(!target.isEmpty(), "target tokens", "at least 1", 0);
    require(weights.length == target.size(), "rows of weights", target.size(), weights.length);
    for (float[] row : weights) {
      require(row.length == source.size(), "weights of a row", source.size(), row.length);
      for (float weight : row) {
        require(weight >= 0 && weight <= 1 + ROUNDING, "weight", "0 to 1", weight);
      }
    }
    left = MARGIN + longest(this.target) + CELL / 3;
    top = MARGIN + rise(longest(this.source)) + CELL / 3;
  }

  /** The source tokens. */
  public List<String> source() {
    return source;
  }

  /** The target tokens. */
  public List<String> target() {
    return target;
  }

  /** The heat map as a drawing, with its scale. */
  public Figure figure() {
    double right = left + Math.max(source.size() * CELL, LEGEND_STEPS * LEGEND_STEP);
    for (int column = 0; column < source.size(); column++) {
      right = Math.max(right, labelPoint(column).x() + run(length(source.get(column))));
    }
    String description =
        "Attention of %s to %s".formatted(String.join(" ", target), String.join(" ", source));
    return new Figure(right + MARGIN, bottom() + LEGEND_ROOM, description, this::draw);
  }

  /** Left upper corner of a cell. */
  Point cell(int targetToken, int sourceToken) {
    return new Point(left + sourceToken * CELL, top + targetToken * CELL);
  }

  private void draw(Canvas canvas) {
    for (int column = 0; column < source.size(); column++) {
      canvas.text(
          labelPoint(column), Label.cut(source.get(column)), Anchor.START, SLANT, Ink.TEXT, FONT);
    }
    for (int row = 0; row < target.size(); row++) {
      Point cell = cell(row, 0);
      canvas.text(
          new Point(cell.x() - CELL / 3, cell.y() + CELL / 2 + FONT / 3),
          Label.cut(target.get(row)),
          Anchor.END,
          0,
          Ink.TEXT,
          FONT);
      drawRow(canvas, row);
    }
    drawGrid(canvas);
    drawLegend(canvas);
  }

  /** Where the label of a column begins. */
  private Point labelPoint(int column) {
    Point cell = cell(0, column);
    return new Point(cell.x() + CELL / 2 + FONT / 4, cell.y() - CELL / 3);
  }

  private void drawRow(Canvas canvas, int row) {
    for (int column = 0; column < source.size(); column++) {
      Point cell = cell(row, column);
      float weight = Math.min(1, weights[row][column]);
      canvas.rectangle(
          cell.x(),
          cell.y(),
          CELL,
          CELL,
          Ink.BLUE,
          weight,
          String.format(Locale.ROOT, "%s → %s: %.3f", target.get(row), source.get(column), weight));
    }
  }

  private void drawGrid(Canvas canvas) {
    double right = left + source.size() * CELL;
    for (int row = 0; row <= target.size(); row++) {
      double y = top + row * CELL;
      canvas.line(List.of(new Point(left, y), new Point(right, y)), Ink.GRID, 1, false);
    }
    for (int column = 0; column <= source.size(); column++) {
      double x = left + column * CELL;
      canvas.line(List.of(new Point(x, top), new Point(x, bottom())), Ink.GRID, 1, false);
    }
  }

  private void drawLegend(Canvas canvas) {
    double y = bottom() + MARGIN;
    for (int step = 0; step < LEGEND_STEPS; step++) {
      canvas.rectangle(
          left + step * LEGEND_STEP,
          y,
          LEGEND_STEP,
          LEGEND_HEIGHT,
          Ink.BLUE,
          (step + 0.5) / LEGEND_STEPS,
          "");
    }
    double width = LEGEND_STEPS * LEGEND_STEP;
    double text = y + LEGEND_HEIGHT + SMALL_FONT + 2;
    legend(canvas, new Point(left, text), "0", Anchor.START);
    legend(canvas, new Point(left + width / 2, text), "attention", Anchor.MIDDLE);
    legend(canvas, new Point(left + width, text), "1", Anchor.END);
  }

  private static void legend(Canvas canvas, Point point, String text, Anchor anchor) {
    canvas.text(point, text, anchor, 0, Ink.MUTED, SMALL_FONT);
  }

  private double bottom() {
    return top + target.size() * CELL;
  }

  /** Pixels that the longest label takes. */
  private static double longest(List<String> labels) {
    return labels.stream().mapToDouble(AttentionHeatMap::length).max().orElseThrow();
  }

  private static double length(String label) {
    return FONT * Label.width(Label.cut(label));
  }

  /** Height of a slanted label. */
  private static double rise(double length) {
    return length * Math.sin(Math.toRadians(-SLANT)) + FONT * Math.cos(Math.toRadians(SLANT));
  }

  /** Width of a slanted label. */
  private static double run(double length) {
    return length * Math.cos(Math.toRadians(SLANT));
  }

  private static void require(boolean holds, String what, Object expected, Object actual) {
    if (!holds) {
      throw new IllegalArgumentException(
          "%s: expected %s, actual %s".formatted(what, expected, actual));
    }
  }
}
