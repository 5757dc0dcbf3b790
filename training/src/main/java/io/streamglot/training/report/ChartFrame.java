package io.streamglot.training.report;

import io.streamglot.training.report.Canvas.Anchor;
import io.streamglot.training.report.Canvas.Point;
import java.util.List;

/**
 * What the charts have in common: size, title, legend, axes.
 *
 * @param canvas drawn on
 */
record ChartFrame(Canvas canvas) {

  static final double WIDTH = 520;
  static final double HEIGHT = 300;
  static final double LEFT = 62;
  static final double RIGHT = WIDTH - 26;
  static final double TOP = 58;
  static final double BOTTOM = HEIGHT - 58;
  static final double DOT = 3;

  private static final double TITLE_FONT = 14;
  private static final double FONT = 11;
  private static final double LINE_WIDTH = 1.8;
  private static final double SAMPLE = 22;

  /** Draws the line with that index, from 0: every second one dashed, for prints without colour. */
  static void line(Canvas canvas, int index, List<Point> points) {
    if (points.size() > 1) {
      canvas.line(points, Ink.ofLine(index), LINE_WIDTH, index % 2 == 1);
    }
  }

  void title(String title) {
    canvas.text(new Point(LEFT, 20), title, Anchor.START, 0, Ink.TEXT, TITLE_FONT);
  }

  /** Names the lines beside samples of them; a single line needs no name beside the title's. */
  void legend(List<String> names) {
    if (names.size() < 2) {
      return;
    }
    double x = LEFT;
    for (int i = 0; i < names.size(); i++) {
      line(canvas, i, List.of(new Point(x, 38), new Point(x + SAMPLE, 38)));
      canvas.text(new Point(x + SAMPLE + 5, 42), names.get(i), Anchor.START, 0, Ink.TEXT, FONT);
      x += SAMPLE + 5 + FONT * Label.width(names.get(i)) + 14;
    }
  }

  /** The axis on the left, with a line across the chart for each tick. */
  void rows(Scale scale) {
    for (double tick : scale.ticks()) {
      double y = scale.at(tick);
      canvas.line(List.of(new Point(LEFT, y), new Point(RIGHT, y)), Ink.GRID, 1, false);
      canvas.text(
          new Point(LEFT - 6, y + FONT / 3), scale.label(tick), Anchor.END, 0, Ink.MUTED, FONT);
    }
  }

  /**
   * A text below the chart.
   *
   * @param row from 1
   */
  void below(double x, String text, int row) {
    canvas.text(new Point(x, BOTTOM + 15.0 * row), text, Anchor.MIDDLE, 0, Ink.MUTED, FONT);
  }

  /** Names the axis below. */
  void axisName(String name) {
    canvas.text(new Point((LEFT + RIGHT) / 2, HEIGHT - 8), name, Anchor.MIDDLE, 0, Ink.TEXT, FONT);
  }
}
