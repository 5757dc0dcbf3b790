package io.streamglot.training.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class AttentionHeatMapTest {

  private static final List<String> SOURCE = List.of("_I", "_know", "<0xE4>", "</s>");
  private static final List<String> TARGET = List.of("我", "知道", "\"&\"");
  private static final float[][] WEIGHTS = {
    {1, 0, 0, 0}, {0.25f, 0.5f, 0.25f, 0}, {0.1f, 0.2f, 0.3f, 0.4f}
  };
  private static final List<String> ASCII = List.of("a", "b", "c");

  @TempDir private Path folder;

  @Test
  void aCellForEachPairOfTokensIsAsDarkAsItsWeight() throws IOException {
    AttentionHeatMap map = new AttentionHeatMap(SOURCE, TARGET, WEIGHTS);
    Document svg = Svg.parse(map.figure().svg());
    List<Element> cells = Svg.elements(svg, "rect");

    for (int row = 0; row < TARGET.size(); row++) {
      for (int column = 0; column < SOURCE.size(); column++) {
        Element cell = cells.get(row * SOURCE.size() + column);
        assertThat(Svg.number(cell, "fill-opacity")).isCloseTo(WEIGHTS[row][column], within(5e-5));
        assertThat(Svg.number(cell, "x")).isCloseTo(map.cell(row, column).x(), within(5e-5));
        assertThat(Svg.number(cell, "y")).isCloseTo(map.cell(row, column).y(), within(5e-5));
        assertThat(cell.getTextContent())
            .startsWith(TARGET.get(row) + " → " + SOURCE.get(column) + ": ");
      }
    }
  }

  @Test
  void theTokensStandAtTheirColumnsAndRows() throws IOException {
    AttentionHeatMap map = new AttentionHeatMap(SOURCE, TARGET, WEIGHTS);
    Document svg = Svg.parse(map.figure().svg());
    List<Element> labels = Svg.elements(svg, "text");

    assertThat(Svg.texts(svg, "text")).startsWith(SOURCE.toArray(String[]::new));
    assertThat(Svg.texts(svg, "text").subList(4, 7)).isEqualTo(TARGET);
    for (int column = 0; column < SOURCE.size(); column++) {
      double middle = map.cell(0, column).x() + AttentionHeatMap.CELL / 2;
      assertThat(Svg.number(labels.get(column), "x")).isCloseTo(middle, within(5.0));
      assertThat(labels.get(column).getAttribute("transform")).startsWith("rotate(-");
    }
    for (int row = 0; row < TARGET.size(); row++) {
      Element label = labels.get(SOURCE.size() + row);
      double middle = map.cell(row, 0).y() + AttentionHeatMap.CELL / 2;
      assertThat(Svg.number(label, "y")).isCloseTo(middle, within(5.0));
      assertThat(label.getAttribute("text-anchor")).isEqualTo("end");
    }
  }

  @Test
  void aTokenTooLongForItsLabelIsCutAndWholeWherePointedAt() throws IOException {
    String address = "https://example.org/" + "a".repeat(60);
    AttentionHeatMap map =
        new AttentionHeatMap(List.of("x"), List.of(address), new float[][] {{1}});
    Document svg = Svg.parse(map.figure().svg());

    assertThat(Svg.texts(svg, "text").get(1)).startsWith("https://exam").endsWith("…");
    assertThat(Svg.elements(svg, "rect").get(0).getTextContent()).contains(address);
    assertThat(map.cell(0, 0).x()).isLessThan(250);
  }

  @Test
  void aLongSentenceKeepsTheSizeOfItsCells() throws IOException {
    int tokens = 64;
    AttentionHeatMap map =
        new AttentionHeatMap(
            Collections.nCopies(tokens, "_word"),
            Collections.nCopies(tokens, "_mot"),
            new float[tokens][tokens]);
    Element svg = Svg.parse(map.figure().svg()).getDocumentElement();

    assertThat(Svg.number(svg, "width")).isGreaterThan(tokens * AttentionHeatMap.CELL);
    assertThat(Svg.number(svg, "height")).isGreaterThan(tokens * AttentionHeatMap.CELL);
  }

  @Test
  void thePngShowsTheSameWeights() throws IOException {
    AttentionHeatMap map = new AttentionHeatMap(List.of("a", "b", "c", "d"), ASCII, WEIGHTS);
    Path file = folder.resolve("map.PNG");
    map.figure().write(file);
    BufferedImage image = ImageIO.read(file.toFile());

    Color full = Ink.BLUE.onPaper(1);
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 4; column++) {
        int x = (int) (ImageCanvas.SCALE * (map.cell(row, column).x() + AttentionHeatMap.CELL / 2));
        int y = (int) (ImageCanvas.SCALE * (map.cell(row, column).y() + AttentionHeatMap.CELL / 2));
        Color pixel = new Color(image.getRGB(x, y));
        float weight = WEIGHTS[row][column];
        assertThat(pixel.getRed()).isCloseTo(blend(full.getRed(), weight), within(2));
        assertThat(pixel.getGreen()).isCloseTo(blend(full.getGreen(), weight), within(2));
        assertThat(pixel.getBlue()).isCloseTo(blend(full.getBlue(), weight), within(2));
      }
    }
  }

  @Test
  void thePngHasItsLabels() throws IOException {
    AttentionHeatMap map = new AttentionHeatMap(ASCII, ASCII, new float[3][3]);
    Path file = folder.resolve("map.png");
    map.figure().write(file);
    BufferedImage image = ImageIO.read(file.toFile());

    int right = (int) (ImageCanvas.SCALE * map.cell(0, 0).x()) - ImageCanvas.SCALE;
    for (int row = 0; row < 3; row++) {
      int top = (int) (ImageCanvas.SCALE * map.cell(row, 0).y());
      assertThat(
              darkPixels(
                  image.getSubimage(
                      0, top, right, (int) (AttentionHeatMap.CELL * ImageCanvas.SCALE))))
          .isPositive();
    }
  }

  @Test
  void aCharacterThatNoFontHasIsNamedAndSvgSuggested() {
    String nobodys = Character.toString(0x10fffd);
    AttentionHeatMap map =
        new AttentionHeatMap(List.of(nobodys), List.of("a"), new float[][] {{1}});

    assertThatThrownBy(() -> map.figure().write(folder.resolve("map.png")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("map.png: expected a font with the characters of '" + nobodys + "'")
        .hasMessageContaining("write SVG");
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"map.jpg", "map", "svg", "map.svg.gz"})
  void otherFormatsAreRefused(String name) {
    Path file = folder.resolve(name);
    AttentionHeatMap map = new AttentionHeatMap(ASCII, ASCII, new float[3][3]);

    assertThatThrownBy(() -> Figure.requireTarget(file))
        .hasMessage(file + ": format of the figure: expected .svg or .png");
    assertThatThrownBy(() -> map.figure().write(file)).isInstanceOf(IOException.class);
    assertThat(file).doesNotExist();
  }

  @Test
  void theSvgFileIsTheSvg() throws IOException {
    Figure figure = new AttentionHeatMap(SOURCE, TARGET, WEIGHTS).figure();
    figure.write(folder.resolve("map.svg"));

    assertThat(Files.readString(folder.resolve("map.svg"))).isEqualTo(figure.svg());
  }

  @Test
  void weightsOfAnotherShapeOrRangeAreRefused() {
    assertThatThrownBy(() -> new AttentionHeatMap(ASCII, ASCII, new float[2][3]))
        .hasMessage("rows of weights: expected 3, actual 2");
    assertThatThrownBy(() -> new AttentionHeatMap(ASCII, ASCII, new float[3][4]))
        .hasMessage("weights of a row: expected 3, actual 4");
    assertThatThrownBy(() -> new AttentionHeatMap(ASCII, List.of("a"), new float[][] {{0, 2, 0}}))
        .hasMessage("weight: expected 0 to 1, actual 2.0");
    assertThatThrownBy(
            () -> new AttentionHeatMap(ASCII, List.of("a"), new float[][] {{0, Float.NaN, 0}}))
        .hasMessage("weight: expected 0 to 1, actual NaN");
    assertThatThrownBy(() -> new AttentionHeatMap(ASCII, List.of(), new float[0][3]))
        .hasMessage("target tokens: expected at least 1, actual 0");
  }

  private static int blend(int full, float weight) {
    return Math.round(255 + (full - 255) * weight);
  }

  private static long darkPixels(BufferedImage image) {
    long dark = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        dark += (image.getRGB(x, y) & 0xff) < 0x80 ? 1 : 0;
      }
    }
    return dark;
  }
}
