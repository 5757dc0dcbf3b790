package io.streamglot.training.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import io.streamglot.translator.BundleTranslator;
import io.streamglot.translator.bundle.BundleWriter;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.decode.DecoderSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The command on the model that ships. */
class AttentionCommandTest {

  private static final Path MODEL = Path.of("..", "models", "en-fr");
  private static final String TEXT = "I don't know the answer.";

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void drawsTheAttentionOfTheTranslationThatItPrints() throws Exception {
    Path file = folder.resolve("map.svg");
    assertThat(run(TEXT, file)).as(err.toString(UTF_8)).isZero();

    String translation;
    try (BundleTranslator translator =
        BundleTranslator.open(ModelBundle.open(MODEL), DecoderSettings.DEFAULT)) {
      translation = translator.translate(List.of(TEXT)).get(0).text();
    }
    assertThat(out.toString(UTF_8)).isEqualTo(translation + System.lineSeparator());

    Document svg = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    List<String> labels = new ArrayList<>();
    elements(svg, "text").forEach(label -> labels.add(label.getTextContent()));
    int end = labels.indexOf("</s>");
    assertThat(text(labels.subList(0, end))).isEqualTo(TEXT);
    List<String> target = labels.subList(end + 1, labels.size() - 3); // the legend is last
    assertThat(text(target)).isEqualTo(translation);

    // A row of cells for each target token; its attention adds up to 1.
    List<Element> cells = elements(svg, "rect");
    int columns = end + 1;
    for (int row = 0; row < target.size(); row++) {
      double sum =
          cells.subList(row * columns, (row + 1) * columns).stream()
              .mapToDouble(cell -> Double.parseDouble(cell.getAttribute("fill-opacity")))
              .sum();
      assertThat(sum).isCloseTo(1, within(1e-2));
    }
  }

  @Test
  void drawsAnImageToo() throws Exception {
    Path file = folder.resolve("map.png");

    assertThat(run(TEXT, file)).as(err.toString(UTF_8)).isZero();
    assertThat(ImageIO.read(file.toFile()).getWidth()).isGreaterThan(200);
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ' '     | map.svg         | text: expected 1 to 63 tokens, actual 0
          Hello.  | map.jpg         | map.jpg: format of the figure: expected .svg or .png
          Hello.  | nowhere/map.svg | nowhere: expected a folder for map.svg
          """)
  void wrongInputEndsWithExitCode2AndOneLine(String text, String file, String message) {
    assertThat(run(text, folder.resolve(file))).isEqualTo(2);
    assertThat(err.toString(UTF_8).lines()).singleElement().asString().contains(message);
    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aModelWithoutAttentionIsNamed() throws IOException {
    ModelBundle bundle = withoutAttention();

    assertThat(run(bundle.folder(), TEXT, folder.resolve("map.svg"))).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .contains(bundle.folder() + ": attention: expected a model that has it");
    assertThat(folder.resolve("map.svg")).doesNotExist();
  }

  @Test
  void aTextLongerThanTheModelTakesIsRefused() {
    assertThat(run("word ".repeat(64), folder.resolve("map.svg"))).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("text: expected 1 to 63 tokens, actual 64");
  }

  /** The model that ships, but its graph does not give the attention, nor that of a prefix. */
  private ModelBundle withoutAttention() throws IOException {
    Path staging = Files.createDirectory(folder.resolve("staging"));
    ModelBundle shipped = ModelBundle.open(MODEL);
    for (String file : List.of(ModelBundle.TOKENIZER, ModelBundle.MODEL_CARD)) {
      Files.copy(MODEL.resolve(file), staging.resolve(file));
    }
    ModelProto.Builder model =
        ModelProto.parseFrom(Files.readAllBytes(shipped.modelFile())).toBuilder();
    GraphProto.Builder graph = model.getGraphBuilder();
    for (int i = graph.getOutputCount() - 1; i >= 0; i--) {
      if (graph.getOutput(i).getName().endsWith("attention")) {
        graph.removeOutput(i);
      }
    }
    Files.write(staging.resolve(ModelBundle.MODEL), model.build().toByteArray());
    return BundleWriter.publish(staging, shipped.manifest(), folder.resolve("without"));
  }

  private int run(String text, Path file) {
    return run(MODEL, text, file);
  }

  private int run(Path model, String text, Path file) {
    PrintWriter writer = new PrintWriter(out, true, UTF_8);
    return TrainingMain.commandLine(writer, new PrintStream(err, true, UTF_8))
        .execute(
            "attention", "--model", model.toString(), "--text", text, "--out", file.toString());
  }

  /** Tokens put together. */
  private static String text(List<String> labels) {
    return String.join("", labels).replace('_', ' ').strip();
  }

  private static List<Element> elements(Document document, String name) {
    NodeList nodes = document.getElementsByTagName(name);
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }
}
