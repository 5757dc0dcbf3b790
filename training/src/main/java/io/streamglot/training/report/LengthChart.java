package io.streamglot.training.report;

import io.streamglot.training.report.Canvas.Point;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A score by length of the source (Bahdanau et al., 2015, figure 2): a line for each model, and how
 * many sentences there are of each length as bars behind.
 *
 * @param title above the chart
 * @param x name of the axis below, such as {@code source length in words}
 * @param buckets lengths in ascending order, at least one
 * @param lines at least one, with a value for each bucket
 */
public record LengthChart(String title, String x, List<Bucket> buckets, List<Line> lines) {

  /** Share of the height that the highest bar takes. */
  private static final double HIGHEST_BAR = 0.4;

  /** Share of a bucket's width that its bar takes. */
  private static final double BAR = 0.7;

  /**
   * Copies and checks.
   *
   * @throws IllegalArgumentException if there is no bucket or line, or a line has not one value for
   *     each bucket
   */
  public LengthChart {
    buckets = List.copyOf(buckets);
    lines = List.copyOf(lines);
    require(!buckets.isEmpty(), "buckets", "at least 1", 0);
    require(!lines.isEmpty(), "lines", "at least 1", 0);
    for (Line line : lines) {
      require(
          line.scores().size() == buckets.size(),
          "scores of " + line.name(),
          buckets.size(),
          line.scores().size());
    }
  }

  /**
   * Sentences of like length.
   *
   * @param label such as {@code 11-15}
   * @param sentences how many, at least 1
   */
  public record Bucket(String label, int sentences) {

    /**
     * Checks the count.
     *
     * @throws IllegalArgumentException if there is no sentence: it would have no score
     */
    public Bucket {
      require(sentences >= 1, "sentences of length " + label, "at least 1", sentences);
    }
  }

  /**
   * The scores of one model.
   *
   * @param name for the legend
   * @param scores one for each bucket, finite, 0 or above
   */
  public record Line(String name, List<Double> scores) {

    /**
     * Copies and checks.
     *
     * @throws IllegalArgumentException if a score is out of range
     */
    public Line {
      scores = List.copyOf(scores);
      for (double score : scores) {
        require(Double.isFinite(score) && score >= 0, "score of " + name, "0 or above", score);
      }
    }
  }

  /** The chart as a drawing. */
  public Figure figure() {
    return new Figure(ChartFrame.WIDTH, ChartFrame.HEIGHT, title, this::draw);
  }

  private void draw(Canvas canvas) {
    double greatest =
        lines.stream()
            .flatMap(line -> line.scores().stream())
            .mapToDouble(Double::doubleValue)
            .max()
            .orElseThrow();
    Scale up = Scale.of(0, greatest, 5, ChartFrame.BOTTOM, ChartFrame.TOP);
    ChartFrame frame = new ChartFrame(canvas);
    frame.title(title);
    frame.legend(lines.stream().map(Line::name).toList());
    drawBuckets(frame);
    frame.rows(up);
    frame.axisName(x);
    for (int i = 0; i < lines.size(); i++) {
      drawLine(canvas, i, up);
    }
  }

  private void drawBuckets(ChartFrame frame) {
    int most = buckets.stream().mapToInt(Bucket::sentences).max().orElseThrow();
    double width = (ChartFrame.RIGHT - ChartFrame.LEFT) / buckets.size() * BAR;
    for (int i = 0; i < buckets.size(); i++) {
      Bucket bucket = buckets.get(i);
      double height =
          (ChartFrame.BOTTOM - ChartFrame.TOP) * HIGHEST_BAR * bucket.sentences() / most;
      String sentences = String.format(Locale.ROOT, "n=%,d", bucket.sentences());
      frame
          .canvas()
          .rectangle(
              centre(i) - width / 2,
              ChartFrame.BOTTOM - height,
              width,
              height,
              Ink.GRID,
              1,
              sentences);
      frame.below(centre(i), bucket.label(), 1);
      frame.below(centre(i), sentences, 2);
    }
  }

  private void drawLine(Canvas canvas, int index, Scale up) {
    Line line = lines.get(index);
    List<Point> points =
        IntStream.range(0, buckets.size())
            .mapToObj(i -> new Point(centre(i), up.at(line.scores().get(i))))
            .toList();
    ChartFrame.line(canvas, index, points);
    for (int i = 0; i < points.size(); i++) {
      String note =
          String.format(
              Locale.ROOT,
              "%s, %s: %.2f",
              buckets.get(i).label(),
              line.name(),
              line.scores().get(i));
      canvas.dot(points.get(i), ChartFrame.DOT, Ink.ofLine(index), note);
    }
  }

  /** Pixel of the middle of a bucket. */
  private double centre(int bucket) {
    return ChartFrame.LEFT + (bucket + 0.5) * (ChartFrame.RIGHT - ChartFrame.LEFT) / buckets.size();
  }

  private static void require(boolean holds, String what, Object expected, Object actual) {
    if (!holds) {
      throw new IllegalArgumentException(
          "%s: expected %s, actual %s".formatted(what, expected, actual));
    }
  }
}
