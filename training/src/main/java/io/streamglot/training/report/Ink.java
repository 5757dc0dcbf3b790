package io.streamglot.training.report;

import java.awt.Color;
import java.util.Locale;

/**
 * What a figure is drawn with.
 *
 * <p>Text and grid take the colour of the text around the figure, so that a report is readable on
 * light and dark ground; the colours of data are told apart on both, and by people who do not see
 * all colours (after Okabe and Ito, 2008).
 */
enum Ink {
  TEXT("currentColor", new Color(0x1f2328), 1),
  MUTED("currentColor", new Color(0x1f2328), 0.65),
  GRID("currentColor", new Color(0x1f2328), 0.15),
  BLUE("#2f7fc1", new Color(0x2f7fc1), 1),
  ORANGE("#e0762f", new Color(0xe0762f), 1),
  GREEN("#1f9e77", new Color(0x1f9e77), 1),
  PURPLE("#b05fa8", new Color(0xb05fa8), 1);

  private static final Ink[] DATA = {BLUE, ORANGE, GREEN, PURPLE};

  private final String css;
  private final Color colour;
  private final double opacity;

  Ink(String css, Color colour, double opacity) {
    this.css = css;
    this.colour = colour;
    this.opacity = opacity;
  }

  /** The colour of the line with that index, from 0. */
  static Ink ofLine(int index) {
    return DATA[index % DATA.length];
  }

  /** As a value of CSS. */
  String css() {
    return css;
  }

  /** On white paper, as a value of CSS. */
  String cssOnPaper() {
    return String.format(Locale.ROOT, "#%06x", colour.getRGB() & 0xffffff);
  }

  /** Share of the ground that is covered, 0 to 1. */
  double opacity() {
    return opacity;
  }

  /**
   * On white paper.
   *
   * @param share of {@link #opacity}, 0 to 1
   */
  Color onPaper(double share) {
    return new Color(
        colour.getRed(),
        colour.getGreen(),
        colour.getBlue(),
        Math.toIntExact(Math.round(255 * opacity * share)));
  }
}
