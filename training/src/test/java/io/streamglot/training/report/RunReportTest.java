package io.streamglot.training.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.training.report.RunReport.LengthScore;
import io.streamglot.training.report.RunReport.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class RunReportTest {

  private static final String SOURCE = "He <b>said</b> & left.";
  private static final RunReport EMPTY =
      new RunReport(
          "en-fr 1.0.0",
          "en",
          "fr",
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          Map.of(),
          Map.of(),
          "");
  private static final RunReport REPORT =
      new RunReport(
          "en-fr 1.0.0",
          "en",
          "fr",
          IntStream.rangeClosed(1, 1000).mapToObj(RunReportTest::means).toList(),
          List.of(
              validation(2000, 2.5, 20.25, "Il dit."),
              validation(4000, 2, 31.5, "Il dit & partit."),
              validation(6000, 2.25, 30, "Il dit & partit."),
              validation(8000, 2.5, 29, "Il dit.")),
          List.of(new Sample(SOURCE, List.of("Il l'a dit et est parti.", "Il partit."))),
          List.of(new AttentionHeatMap(List.of("He", "</s>"), List.of("Il"), new float[1][2])),
          List.of(new LengthScore("1-5", 12, 33), new LengthScore("6+", 8, 22.5)),
          Map.of("train", "train.tsv.gz"),
          Map.of("pairs kept", 12345),
          "name: en-fr  # <name> of the model\nseed: 1\n");

  @TempDir private Path folder;

  @Test
  void thePageNeedsNothingBesideItself() throws IOException {
    String page = write(REPORT);

    // The name of SVG's namespace is a name; nobody fetches it.
    assertThat(page.replace(SvgCanvas.NAMESPACE, ""))
        .doesNotContain("http", "src=", "href", "url(", "@import", "<script");
    assertThat(folder).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void aSampleHasALineForEachTranslationThatWasNew() throws IOException {
    Document page = Svg.parse(write(REPORT));

    assertThat(rows(page, "sample"))
        .containsExactly(
            "source|" + SOURCE,
            "reference|Il l'a dit et est parti.",
            "reference|Il partit.",
            "step 2,000|Il dit.",
            "step 4,000|Il dit & partit.",
            "step 8,000|Il dit.");
    assertThat(Svg.elements(page, "td"))
        .filteredOn(cell -> cell.getTextContent().startsWith("Il "))
        .allSatisfy(cell -> assertThat(cell.getAttribute("lang")).isEqualTo("fr"));
  }

  @Test
  void theFactsTellTheBestValidationAndTheTime() throws IOException {
    // 1,000 times 10 steps of 2,000 tokens and 4 seconds in all.
    assertThat(rows(Svg.parse(write(REPORT)), "facts"))
        .containsExactly(
            "best dev BLEU|31.50 at step 4,000",
            "dev perplexity there|7.39",
            "steps|10,000",
            "time in steps|1 h 06 min 40 s",
            "target tokens|2,000,000, 500 a second");
  }

  @Test
  void eachCurveIsDrawnAndALongOneIsThinnedByMeans() throws IOException {
    Document page = Svg.parse(write(REPORT));

    assertThat(Svg.elements(page, "svg"))
        .extracting(svg -> svg.getAttribute("aria-label"))
        .containsExactly(
            "Loss, nats a target token",
            "BLEU on the development data",
            "Learning rate",
            "Gradient norm before clipping",
            "Target tokens a second",
            "BLEU by length of the source",
            "Attention of Il to He </s>");
    Element rates = Svg.elements(page, "svg").get(2);
    int longest = 0;
    for (int i = 0; i < rates.getElementsByTagName("polyline").getLength(); i++) {
      Element line = (Element) rates.getElementsByTagName("polyline").item(i);
      longest = Math.max(longest, line.getAttribute("points").split(" ").length);
    }
    assertThat(longest).isEqualTo(250);
  }

  @Test
  void dataFilterAndRecipeAreThere() throws IOException {
    Document page = Svg.parse(write(REPORT));

    assertThat(rows(page, "data")).containsExactly("train|train.tsv.gz");
    assertThat(rows(page, "counts")).containsExactly("pairs kept|12,345");
    assertThat(Svg.texts(page, "pre"))
        .containsExactly("name: en-fr  # <name> of the model\nseed: 1\n");
  }

  @Test
  void whatThereIsNotIsLeftOut() throws IOException {
    Document page = Svg.parse(write(EMPTY));

    assertThat(Svg.texts(page, "h1")).containsExactly("en-fr 1.0.0");
    assertThat(Svg.elements(page, "h2")).isEmpty();
    assertThat(Svg.elements(page, "table")).isEmpty();
    assertThat(Svg.elements(page, "svg")).isEmpty();
  }

  @Test
  void charactersThatXmlForbidsAreReplaced() throws IOException {
    String odd = "a\u0001b\ud800c\uffff\ud83d\ude00";
    Document page = Svg.parse(new Markup().element("p", odd, "title", odd).toString());

    assertThat(page.getDocumentElement().getTextContent())
        .isEqualTo(page.getDocumentElement().getAttribute("title"))
        .isEqualTo("a\ufffdb\ufffdc\ufffd\ud83d\ude00");
  }

  private String write(RunReport report) throws IOException {
    Path file = folder.resolve("report.html");
    report.write(file);
    return Files.readString(file);
  }

  private static List<String> rows(Document page, String style) {
    return Svg.elements(page, "tr").stream()
        .filter(row -> ((Element) row.getParentNode()).getAttribute("class").equals(style))
        .map(
            row -> row.getFirstChild().getTextContent() + "|" + row.getLastChild().getTextContent())
        .toList();
  }

  private static StepMeans means(int index) {
    return new StepMeans(10 * index, 8.0 / index + 2, 1, 1e-3, 2000, 4);
  }

  private static ValidationResult validation(int step, double loss, double bleu, String text) {
    return new ValidationResult(step, loss, bleu, Map.of(SOURCE, text));
  }
}
