package io.streamglot.training.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Draws SVG 1.1. Needs no fonts: the reader's are used. */
final class SvgCanvas implements Canvas {

  static final String NAMESPACE = "http://www.w3.org/2000/svg";

  private final Markup out;

  /**
   * A canvas inside an {@code svg} element.
   *
   * @param out where that element is open
   */
  SvgCanvas(Markup out) {
    this.out = out;
  }

  @Override
  public void rectangle(
      double x, double y, double width, double height, Ink ink, double share, String note) {
    out.open(
        "rect",
        "x",
        x,
        "y",
        y,
        "width",
        width,
        "height",
        height,
        "fill",
        ink.css(),
        "fill-opacity",
        ink.opacity() * share);
    note(note);
    out.close();
  }

  @Override
  public void line(List<Point> points, Ink ink, double width, boolean dashed) {
    out.empty(
        "polyline",
        "points",
        points.stream()
            .map(point -> String.format(Locale.ROOT, "%.1f,%.1f", point.x(), point.y()))
            .collect(Collectors.joining(" ")),
        "fill",
        "none",
        "stroke",
        ink.css(),
        "stroke-opacity",
        ink.opacity(),
        "stroke-width",
        width,
        "stroke-dasharray",
        dashed ? "5 4" : "none",
        "stroke-linejoin",
        "round");
  }

  @Override
  public void dot(Point centre, double radius, Ink ink, String note) {
    out.open("circle", "cx", centre.x(), "cy", centre.y(), "r", radius, "fill", ink.css());
    note(note);
    out.close();
  }

  @Override
  public void text(Point point, String text, Anchor anchor, double degrees, Ink ink, double size) {
    String turned =
        degrees == 0
            ? ""
            : String.format(Locale.ROOT, "rotate(%.1f %.2f %.2f)", degrees, point.x(), point.y());
    out.element(
        "text",
        text,
        "x",
        point.x(),
        "y",
        point.y(),
        "text-anchor",
        anchor.css(),
        "font-size",
        size,
        "fill",
        ink.css(),
        "fill-opacity",
        ink.opacity(),
        "transform",
        turned);
  }

  private void note(String note) {
    if (!note.isEmpty()) {
      out.element("title", note);
    }
  }
}
