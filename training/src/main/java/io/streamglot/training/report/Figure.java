package io.streamglot.training.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import javax.imageio.ImageIO;

/** A drawing, which can be written as SVG or PNG. Immutable. */
public final class Figure {

  private static final String FONTS = "system-ui, 'Noto Sans', 'Noto Sans CJK SC', sans-serif";

  private final double width;
  private final double height;
  private final String description;
  private final Consumer<Canvas> drawing;

  /**
   * A drawing.
   *
   * @param width in pixels
   * @param height in pixels
   * @param description what it shows, for those who do not see it
   * @param drawing draws it, as often as called
   */
  Figure(double width, double height, String description, Consumer<Canvas> drawing) {
    this.width = width;
    this.height = height;
    this.description = description;
    this.drawing = drawing;
  }

  /** The formats of files. */
  private enum Format {
    SVG,
    PNG;

    static Format of(Path file) throws IOException {
      String name = file.toString().toLowerCase(Locale.ROOT);
      for (Format format : values()) {
        if (name.endsWith("." + format.name().toLowerCase(Locale.ROOT))) {
          return format;
        }
      }
      throw new IOException(file + ": format of the figure: expected .svg or .png");
    }
  }

  /**
   * Checks that a file's name ends in {@code .svg} or {@code .png}, in any case, and that its
   * folder exists: worth knowing before the figure is computed.
   *
   * @throws IOException if not
   */
  public static void requireTarget(Path file) throws IOException {
    Format.of(file);
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new IOException(folder + ": expected a folder for " + file.getFileName());
    }
  }

  /**
   * Writes the figure on white paper, as SVG or PNG by the name of the file. SVG is drawn with the
   * fonts of its reader; PNG, twice as fine as a screen, needs fonts on this machine.
   *
   * @throws IOException if the name ends in neither, the file cannot be written, or for PNG a
   *     character is in no font of this machine
   */
  public void write(Path file) throws IOException {
    switch (Format.of(file)) {
      case SVG -> Files.writeString(file, svg());
      case PNG -> writePng(file);
    }
  }

  /** The figure as an SVG document on white paper. */
  public String svg() {
    Markup out = new Markup();
    out.markup("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    draw(out, "background: white; color: " + Ink.TEXT.cssOnPaper());
    return out.markup("\n").toString();
  }

  /** The figure as an element of HTML, in the colour and on the ground of what is around it. */
  void inline(Markup out) {
    draw(out, "");
  }

  private void draw(Markup out, String style) {
    out.open(
        "svg",
        "xmlns",
        SvgCanvas.NAMESPACE,
        "width",
        width,
        "height",
        height,
        "viewBox",
        String.format(Locale.ROOT, "0 0 %.2f %.2f", width, height),
        "style",
        style,
        "font-family",
        FONTS,
        "role",
        "img",
        "aria-label",
        description);
    drawing.accept(new SvgCanvas(out));
    out.close();
  }

  private void writePng(Path file) throws IOException {
    try (ImageCanvas canvas = new ImageCanvas(width, height)) {
      drawing.accept(canvas);
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(canvas.image(), "png", png);
      Files.write(file, png.toByteArray());
    } catch (ImageCanvas.NoFontException e) {
      throw new IOException(
          "%s: expected %s, actual none on this machine; install one, or write SVG, which needs none"
              .formatted(file, e.getMessage()),
          e);
    }
  }
}
