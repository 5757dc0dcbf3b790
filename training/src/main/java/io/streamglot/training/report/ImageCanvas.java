package io.streamglot.training.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.Stream;

/** Draws into memory, on white paper, two dots of the image for each pixel of the figure. */
final class ImageCanvas implements Canvas, AutoCloseable {

  static final int SCALE = 2;

  private static final float[] DASHES = {5, 4};

  static {
    // Else Java looks for a screen, and fails where the environment names one that is not there.
    System.setProperty("java.awt.headless", "true");
  }

  private final BufferedImage image;
  private final Graphics2D graphics;

  /**
   * An empty canvas.
   *
   * @throws NoFontException if Java finds no font at all
   */
  ImageCanvas(double width, double height) {
    requireFonts();
    image =
        new BufferedImage(
            (int) Math.ceil(SCALE * width),
            (int) Math.ceil(SCALE * height),
            BufferedImage.TYPE_INT_RGB);
    graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.scale(SCALE, SCALE);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
  }

  /** Text cannot be drawn on this machine; the message says what is wanting. */
  static final class NoFontException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private NoFontException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** What was drawn. */
  BufferedImage image() {
    return image;
  }

  @Override
  public void rectangle(
      double x, double y, double width, double height, Ink ink, double share, String note) {
    graphics.setColor(ink.onPaper(share));
    graphics.fill(new Rectangle2D.Double(x, y, width, height));
  }

  @Override
  public void line(List<Point> points, Ink ink, double width, boolean dashed) {
    Path2D path = new Path2D.Double();
    for (Point point : points) {
      if (path.getCurrentPoint() == null) {
        path.moveTo(point.x(), point.y());
      } else {
        path.lineTo(point.x(), point.y());
      }
    }
    graphics.setColor(ink.onPaper(1));
    graphics.setStroke(
        new BasicStroke(
            (float) width,
            BasicStroke.CAP_BUTT,
            BasicStroke.JOIN_ROUND,
            1,
            dashed ? DASHES : null,
            0));
    graphics.draw(path);
  }

  @Override
  public void dot(Point centre, double radius, Ink ink, String note) {
    graphics.setColor(ink.onPaper(1));
    graphics.fill(
        new Ellipse2D.Double(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius));
  }

  /**
   * Writes a text.
   *
   * @throws NoFontException if no font of this machine shows it
   */
  @Override
  public void text(Point point, String text, Anchor anchor, double degrees, Ink ink, double size) {
    if (text.isBlank()) {
      return;
    }
    TextLayout layout =
        new TextLayout(
            text, fontFor(text).deriveFont((float) size), graphics.getFontRenderContext());
    AffineTransform before = graphics.getTransform();
    graphics.translate(point.x(), point.y());
    graphics.rotate(Math.toRadians(degrees));
    graphics.setColor(ink.onPaper(1));
    layout.draw(graphics, (float) (-anchor.share() * layout.getAdvance()), 0);
    graphics.setTransform(before);
  }

  @Override
  public void close() {
    graphics.dispose();
  }

  /** Java's own choice, else the first font that has all characters. */
  private static Font fontFor(String text) {
    Font standard = new Font(Font.SANS_SERIF, Font.PLAIN, 1);
    if (standard.canDisplayUpTo(text) < 0) {
      return standard;
    }
    return Stream.of(GraphicsEnvironment.getLocalGraphicsEnvironment().getAllFonts())
        .filter(font -> font.canDisplayUpTo(text) < 0)
        .findFirst()
        .orElseThrow(
            () -> new NoFontException("a font with the characters of '" + text + "'", null));
  }

  /** Without any font, or the libraries to read them, Java fails in many ways. */
  private static void requireFonts() {
    try {
      new TextLayout("0", fontFor("0"), new FontRenderContext(null, true, true));
    } catch (RuntimeException | Error e) {
      throw new NoFontException("a font", e);
    }
  }
}
