package io.streamglot.training.report;

import java.util.List;

/**
 * What a figure is drawn on. Coordinates are in pixels, from the left upper corner, y downwards.
 *
 * <p>It knows no width of a text: SVG is set with the fonts of the reader, so that what fits is
 * estimated, see {@link Label#width}, and text is placed by its anchor.
 */
interface Canvas {

  /** Which point of a text is given. */
  enum Anchor {
    START("start", 0),
    MIDDLE("middle", 0.5),
    END("end", 1);

    private final String css;
    private final double share;

    Anchor(String css, double share) {
      this.css = css;
      this.share = share;
    }

    /** As a value of CSS. */
    String css() {
      return css;
    }

    /** Share of the text that stands before the point. */
    double share() {
      return share;
    }
  }

  /** A point. */
  record Point(double x, double y) {}

  /**
   * Fills a rectangle.
   *
   * @param share of the ink's opacity, 0 to 1
   * @param note shown when pointed at, where the format can; empty for none
   */
  void rectangle(
      double x, double y, double width, double height, Ink ink, double share, String note);

  /**
   * Draws straight lines from point to point.
   *
   * @param dashed whether with gaps
   */
  void line(List<Point> points, Ink ink, double width, boolean dashed);

  /**
   * Fills a circle.
   *
   * @param note shown when pointed at, where the format can; empty for none
   */
  void dot(Point centre, double radius, Ink ink, String note);

  /**
   * Writes a text in one line.
   *
   * @param point where the anchor of the base line is
   * @param degrees clockwise around the point
   * @param size of the font
   */
  void text(Point point, String text, Anchor anchor, double degrees, Ink ink, double size);
}
