package io.streamglot.training.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.streamglot.training.report.LengthChart.Bucket;
import io.streamglot.training.report.LineChart.Line;
import io.streamglot.training.report.LineChart.Value;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class ChartTest {

  private static final List<Bucket> BUCKETS =
      List.of(new Bucket("1-10", 400), new Bucket("11-20", 1000), new Bucket("21+", 50));

  @TempDir private Path folder;

  @ParameterizedTest(name = "{0} to {1}")
  @CsvSource({
    "0,   42,      '0 10 20 30 40 50'",
    "1.2, 8.7,     '0 2 4 6 8 10'",
    "0,   0.0015,  '0.0000 0.0005 0.0010 0.0015'",
    "10,  20000,   '0 5,000 10,000 15,000 20,000'",
    "7,   7,       '6 8'",
    "0,   0,       '0.0 0.2'",
    "-3,  2,       '-3 -2 -1 0 1 2'",
  })
  void anAxisNamesRoundValuesAroundAllOthers(double least, double greatest, String labels) {
    Scale scale = Scale.of(least, greatest, 5, 0, 100);

    assertThat(scale.ticks().stream().map(scale::label)).containsExactly(labels.split(" "));
  }

  @Property
  void anAxisHoldsAllItsValuesInOrder(
      @ForAll @DoubleRange(min = -1e6, max = 1e6) double one,
      @ForAll @DoubleRange(min = -1e6, max = 1e6) double other) {
    Scale scale = Scale.of(Math.min(one, other), Math.max(one, other), 5, 200, 50);

    assertThat(scale.at(Math.min(one, other))).isBetween(50 - 1e-6, 200 + 1e-6);
    assertThat(scale.at(Math.max(one, other)))
        .isBetween(50 - 1e-6, scale.at(Math.min(one, other)) + 1e-6);
    assertThat(scale.ticks()).hasSizeBetween(2, 8).isSorted();
  }

  @Test
  void aPointStandsWhereItsTicksSay() throws IOException {
    LineChart chart =
        new LineChart(
            "BLEU", "step", List.of(new Line("dev", List.of(new Value(0, 0), new Value(50, 40)))));
    Document svg = Svg.parse(chart.figure().svg());
    List<Element> dots = Svg.elements(svg, "circle");

    for (Element dot : dots) {
      String x = dot == dots.get(0) ? "0" : "50";
      String y = dot == dots.get(0) ? "0" : "40";
      assertThat(texts(svg, x, "middle"))
          .anyMatch(tick -> Math.abs(Svg.number(tick, "x") - Svg.number(dot, "cx")) < 1e-3);
      assertThat(texts(svg, y, "end"))
          .anyMatch(tick -> Math.abs(Svg.number(tick, "y") - Svg.number(dot, "cy")) < 6);
    }
    assertThat(dots.get(1).getTextContent()).isEqualTo("step 50, dev: 40.00");
  }

  @Test
  void severalLinesAreNamedAndToldApartWithoutColour() throws IOException {
    List<Value> values = List.of(new Value(1, 1), new Value(2, 2));
    LineChart chart =
        new LineChart("Loss", "step", List.of(new Line("train", values), new Line("dev", values)));
    Document svg = Svg.parse(chart.figure().svg());

    assertThat(Svg.texts(svg, "text")).contains("Loss", "step", "train", "dev");
    assertThat(Svg.elements(svg, "polyline"))
        .extracting(line -> line.getAttribute("stroke-dasharray"))
        .contains("none", "5 4");
  }

  @Test
  void aChartOfNothingAndValuesThatAreNoNumbersAreRefused() {
    assertThatThrownBy(() -> new LineChart("Loss", "step", List.of(new Line("a", List.of()))))
        .hasMessage("Loss: values: expected at least 1, actual 0");
    assertThatThrownBy(() -> new Value(1, Double.NaN)).hasMessageContaining("NaN");
  }

  @Test
  void theLengthChartHasADotForEachScoreAndABarForEachCount() throws IOException {
    Document svg = Svg.parse(lengths().figure().svg());
    List<Element> bars = Svg.elements(svg, "rect");
    List<Element> dots = Svg.elements(svg, "circle");

    assertThat(bars).hasSize(3);
    double highest = Svg.number(bars.get(1), "height");
    assertThat(highest).isBetween(50.0, 100.0);
    assertThat(Svg.number(bars.get(0), "height")).isCloseTo(0.4 * highest, within(1e-3));
    assertThat(Svg.number(bars.get(2), "height")).isCloseTo(0.05 * highest, within(1e-3));
    assertThat(dots).hasSize(6);
    // 40 and 20 on an axis from 0: half as high.
    double bottom = Svg.number(bars.get(0), "y") + Svg.number(bars.get(0), "height");
    assertThat(bottom - Svg.number(dots.get(5), "cy"))
        .isCloseTo((bottom - Svg.number(dots.get(0), "cy")) / 2, within(1e-3));
    assertThat(dots.get(5).getTextContent()).isEqualTo("21+, fixed: 20.00");
    assertThat(Svg.texts(svg, "text"))
        .contains("attention", "fixed", "1-10", "21+", "n=1,000", "source length in words");
  }

  @Test
  void theLengthChartIsAnImageToo() throws IOException {
    Path file = folder.resolve("lengths.png");
    lengths().figure().write(file);
    BufferedImage image = ImageIO.read(file.toFile());

    Element dot = Svg.elements(Svg.parse(lengths().figure().svg()), "circle").get(3);
    int pixel =
        image.getRGB(
            (int) (ImageCanvas.SCALE * Svg.number(dot, "cx")),
            (int) (ImageCanvas.SCALE * Svg.number(dot, "cy")));
    assertThat(pixel).isEqualTo(Ink.ORANGE.onPaper(1).getRGB());
  }

  @Test
  void aBucketWithoutSentencesAndALineOfAnotherLengthAreRefused() {
    assertThatThrownBy(() -> new Bucket("30+", 0))
        .hasMessage("sentences of length 30+: expected at least 1, actual 0");
    assertThatThrownBy(
            () ->
                new LengthChart(
                    "t", "x", BUCKETS, List.of(new LengthChart.Line("a", List.of(1.0, 2.0)))))
        .hasMessage("scores of a: expected 3, actual 2");
    assertThatThrownBy(() -> new LengthChart.Line("a", List.of(Double.NaN)))
        .hasMessage("score of a: expected 0 or above, actual NaN");
  }

  private static LengthChart lengths() {
    return new LengthChart(
        "BLEU by length",
        "source length in words",
        BUCKETS,
        List.of(
            new LengthChart.Line("attention", List.of(40.0, 41.0, 40.0)),
            new LengthChart.Line("fixed", List.of(40.0, 30.0, 20.0))));
  }

  private static List<Element> texts(Document svg, String text, String anchor) {
    return Svg.elements(svg, "text").stream()
        .filter(element -> element.getTextContent().equals(text))
        .filter(element -> element.getAttribute("text-anchor").equals(anchor))
        .toList();
  }
}
