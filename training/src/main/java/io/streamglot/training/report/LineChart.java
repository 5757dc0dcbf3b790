package io.streamglot.training.report;

import io.streamglot.training.report.Canvas.Point;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * Lines over one axis, such as losses over the steps of a run.
 *
 * @param title above the chart
 * @param x name of the axis below
 * @param lines at least one point in all of them together
 */
public record LineChart(String title, String x, List<Line> lines) {

  /** Lines with at most so many points show each as a dot with its value. */
  private static final int MOST_DOTS = 60;

  /**
   * Copies and checks.
   *
   * @throws IllegalArgumentException if there is no value
   */
  public LineChart {
    lines = List.copyOf(lines);
    if (lines.stream().allMatch(line -> line.values().isEmpty())) {
      throw new IllegalArgumentException(title + ": values: expected at least 1, actual 0");
    }
  }

  /**
   * A line.
   *
   * @param name for the legend
   * @param values in the order of the line; may be empty
   */
  public record Line(String name, List<Value> values) {

    /** Copies the list. */
    public Line {
      values = List.copyOf(values);
    }
  }

  /**
   * A point of a line.
   *
   * @param x finite
   * @param y finite
   */
  public record Value(double x, double y) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is not finite
     */
    public Value {
      if (!Double.isFinite(x) || !Double.isFinite(y)) {
        throw new IllegalArgumentException(
            "value of a chart: expected finite numbers, actual (%s, %s)".formatted(x, y));
      }
    }
  }

  /** The chart as a drawing. */
  public Figure figure() {
    return new Figure(ChartFrame.WIDTH, ChartFrame.HEIGHT, title, this::draw);
  }

  private void draw(Canvas canvas) {
    Scale across = scale(Value::x, 6, ChartFrame.LEFT, ChartFrame.RIGHT);
    Scale up = scale(Value::y, 5, ChartFrame.BOTTOM, ChartFrame.TOP);
    ChartFrame frame = new ChartFrame(canvas);
    frame.title(title);
    frame.legend(lines.stream().map(Line::name).toList());
    frame.rows(up);
    for (double tick : across.ticks()) {
      frame.below(across.at(tick), across.label(tick), 1);
    }
    frame.axisName(x);
    for (int i = 0; i < lines.size(); i++) {
      draw(canvas, i, across, up);
    }
  }

  private void draw(Canvas canvas, int index, Scale across, Scale up) {
    Line line = lines.get(index);
    List<Point> points =
        line.values().stream().map(v -> new Point(across.at(v.x()), up.at(v.y()))).toList();
    ChartFrame.line(canvas, index, points);
    if (points.size() <= MOST_DOTS) {
      for (int i = 0; i < points.size(); i++) {
        Value value = line.values().get(i);
        String note =
            String.format(
                Locale.ROOT, "%s %s, %s: %.4g", x, across.label(value.x()), line.name(), value.y());
        canvas.dot(points.get(i), ChartFrame.DOT, Ink.ofLine(index), note);
      }
    }
  }

  private Scale scale(ToDoubleFunction<Value> side, int ticks, double from, double to) {
    double least = values(side).min().orElseThrow();
    double greatest = values(side).max().orElseThrow();
    return Scale.of(least, greatest, ticks, from, to);
  }

  private DoubleStream values(ToDoubleFunction<Value> side) {
    return lines.stream().flatMap(line -> line.values().stream()).mapToDouble(side);
  }
}
