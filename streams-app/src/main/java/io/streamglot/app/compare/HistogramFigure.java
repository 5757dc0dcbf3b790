package io.streamglot.app.compare;

import java.util.Locale;

/** Draws a histogram as SVG, in the colours of the page that it is in. */
final class HistogramFigure {

  private static final int BAR_WIDTH = 16;
  private static final int HEIGHT = 100;
  private static final int MARGIN = 18;

  private HistogramFigure() {}

  /**
   * The element.
   *
   * @param title plain text without markup
   * @param form of the numbers on the axis, such as {@code %.1f}
   */
  static String svg(String title, String form, Histogram histogram) {
    long highest = 1;
    for (int bin = 0; bin < histogram.bins(); bin++) {
      highest = Math.max(highest, histogram.count(bin));
    }
    int width = histogram.bins() * BAR_WIDTH;
    StringBuilder svg = new StringBuilder();
    svg.append(
        text(
            "<figure><figcaption>%s</figcaption><svg viewBox=\"0 0 %d %d\" role=\"img\""
                + " aria-label=\"%s: %,d changes\">%n",
            title, width, HEIGHT + 2 * MARGIN, title, histogram.total()));
    svg.append(text("<text x=\"0\" y=\"12\">%,d</text>%n", highest));
    for (int bin = 0; bin < histogram.bins(); bin++) {
      double height = (double) HEIGHT * histogram.count(bin) / highest;
      svg.append(
          text(
              "<rect x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\"><title>%s: %,d</title></rect>%n",
              bin * BAR_WIDTH + 1,
              MARGIN + HEIGHT - height,
              BAR_WIDTH - 2,
              height,
              range(form, histogram, bin),
              histogram.count(bin)));
    }
    int baseline = MARGIN + HEIGHT;
    svg.append(text("<path d=\"M0 %d H%d\"/>%n", baseline, width));
    int last = histogram.bins();
    svg.append(label("start", 0, form, histogram.start(0)));
    svg.append(label("middle", width / 2, form, histogram.start(last / 2)));
    svg.append(label("end", width, form, histogram.start(last)));
    return svg.append("</svg></figure>\n").toString();
  }

  /** The bins at the ends are open, see {@link Histogram}. */
  private static String range(String form, Histogram histogram, int bin) {
    if (bin == 0) {
      return text("below " + form, histogram.start(1));
    }
    return bin == histogram.bins() - 1
        ? text("from " + form, histogram.start(bin))
        : text("from " + form + " to " + form, histogram.start(bin), histogram.start(bin + 1));
  }

  private static String label(String anchor, int x, String form, double value) {
    return text(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">" + form + "</text>%n",
        x,
        HEIGHT + 2 * MARGIN - 4,
        anchor,
        value);
  }

  private static String text(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }
}
