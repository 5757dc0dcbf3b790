package io.streamglot.training.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.training.TatoebaDev;
import io.streamglot.training.corpus.SentencePair;
import io.streamglot.training.evaluate.Bleu;
import io.streamglot.training.evaluate.Chrf;
import io.streamglot.training.evaluate.Tokenization;
import io.streamglot.translator.bundle.BundleManifest;
import io.streamglot.translator.bundle.ModelBundle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands as a user gives them: arguments in, exit code, standard output and error out. */
class TrainingMainTest {

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void writeCorpora() throws IOException {
    List<SentencePair> pairs = TatoebaDev.read().pairs().subList(0, 120);
    Files.write(
        folder.resolve("pairs.tsv"),
        pairs.stream().map(pair -> pair.source() + "\t" + pair.target()).toList());
    writeGzip(folder.resolve("text.en.gz"), pairs.stream().map(SentencePair::source).toList());
    writeGzip(folder.resolve("text.fr.gz"), pairs.stream().map(SentencePair::target).toList());
    Files.writeString(folder.resolve("broken.tsv"), "one\tun\nno tabulator\n");
    Files.writeString(folder.resolve("empty.tsv"), "");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          train --dev {}/pairs.tsv --source en --target fr --out {}/x     | --train
          train {common} --train {}/pairs.tsv --trian x                                  | --trian
          train {common} --train {}/nowhere.tsv                           | nowhere.tsv: expected a file or folder, actual none
          train {common} --train {}/broken.tsv                            | broken.tsv:2
          train {common} --train {}/empty.tsv                             | pairs
          train {common} --train {}/pairs.tsv --dropout 1.5               | dropout: expected 0 to below 1, actual 1.5
          train {common} --train {}/pairs.tsv --bpe-dropout 1             | BPE dropout: expected 0 to below 1, actual 1.0
          train {common} --train {}/pairs.tsv --weight-decay -1           | weight decay: expected 0 or more, actual -1.0
          train {common} --train {}/pairs.tsv --averaging 1               | averaging: expected 0 to below 1, actual 1.0
          train {common} --train {}/pairs.tsv --decay STEEP               | STEEP
          train {common} --train {}/pairs.tsv --decay-patience 0          | decay patience: expected at least 1, actual 0
          train {common} --train {}/pairs.tsv --threads 0 | threads: expected at least 1, actual 0
          train {common} --train {}/pairs.tsv --epochs 0                  | epochs: expected at least 1, actual 0
          train {common} --train {}/pairs.tsv --epochs many               | many
          train {common} --train {}/pairs.tsv --vocabulary 10             | vocabulary size: expected at least
          train {common} --train {}/pairs.tsv --embedding 0               | embedding size: expected 1 to 8192, actual 0
          train {common} --train {}/pairs.tsv --beam 0                    | beam size: expected 1 to 64, actual 0
          train {common} --train {}/pairs.tsv --notes {}/none.md          | none.md: expected a file or folder, actual none
          train {common} --train {}/pairs.tsv --beam 100                  | beam size: expected 1 to 64, actual 100
          train {common} --train {}/pairs.tsv --max-tokens 0              | longest source: expected at least 1 token, actual 0
          train {common} --train {}/pairs.tsv --max-tokens 1              | pairs.tsv: pairs within the limits: expected at least 1
          train --train {}/pairs.tsv --dev {}/pairs.tsv --source e_n --target fr --out {}/x | language tag such as en, actual 'e_n'
          train --train {}/pairs.tsv --dev {}/pairs.tsv --source en --target fr --out {} | expected a bundle, an empty folder or nothing
          train {common} --train {}                                       | expected a file, actual a folder
          train --train {}/pairs.tsv --dev {}/empty.tsv --source en --target fr --out {}/x | empty.tsv: pairs: expected at least 1
          evaluate --model {}/nowhere --data {}/pairs.tsv                 | nowhere
          evaluate --data {}/pairs.tsv                                    | --model
          evaluate --model ../models/en-fr --data {}/pairs.tsv --tokenizer 14a | --tokenizer: expected 13a, zh, moses or none, actual '14a'
          translate                                                       | translate
          """)
  void wrongInputEndsWithExitCode2AndOneLine(String arguments, String message) {
    String common = "--dev {}/pairs.tsv --source en --target fr --out {}/x --run-dir {}/run";
    String line = arguments.replace("{common}", common).replace("{}", folder.toString());

    assertThat(run(line.split(" "))).isEqualTo(2);
    assertThat(problems()).singleElement().asString().contains(message);
    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(folder.resolve("x")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"train", "evaluate"})
  void helpShowsAnExample(String command) {
    assertThat(run(command, "--help")).isZero();
    assertThat(out.toString(UTF_8)).contains("Example:", "./streamglot " + command);
  }

  @Test
  void trainsATsvToABundleAndEvaluatesIt() throws IOException {
    assertThat(run(train("pairs.tsv"))).as(err.toString(UTF_8)).isZero();

    assertThat(out.toString(UTF_8)).contains("BLEU = ", "chrF2 = ");
    assertThat(err.toString(UTF_8)).contains("pairs kept", "tok/s", "dev loss", "agree");
    BundleManifest manifest = ModelBundle.open(folder.resolve("bundle")).manifest();
    assertThat(manifest.name()).isEqualTo("en-fr");
    assertThat(manifest.training()).containsEntry("seed", "1").containsEntry("trainPairs", "120");
    assertThat(manifest.training().get("command")).startsWith("./streamglot train --train ");
    assertThat(manifest.evaluation())
        .extracting(BundleManifest.Evaluation::metric)
        .containsExactly("BLEU", "chrF2");
    assertThat(folder.resolve("run-1/tensorboard")).isDirectoryContaining("glob:**tfevents*");
    assertThat(folder.resolve("run-1/report.html"))
        .content()
        .contains("best dev BLEU", "Samples over time", "BLEU by length", "pairs kept")
        .contains("training.labelSmoothing", "en-fr 1.0.0");
    String model = folder.resolve("bundle").toString();
    String data = folder.resolve("pairs.tsv").toString();
    out.reset();

    assertThat(run("evaluate", "--model", model, "--data", data)).isZero();
    assertThat(out.toString(UTF_8))
        .contains("sentences", "BLEU = ", "chrF2 = ", "|tok:13a|", "|nc:6|nw:0|");
  }

  @Test
  void trainsWithEveryTechnique() throws IOException {
    List<String> arguments = new ArrayList<>(List.of(train("pairs.tsv")));
    arguments.addAll(List.of("--bpe-dropout", "0.1", "--averaging", "0.99"));
    arguments.addAll(List.of("--decay", "PLATEAU", "--weight-decay", "0.01"));

    assertThat(run(arguments.toArray(String[]::new))).as(err.toString(UTF_8)).isZero();
    assertThat(ModelBundle.open(folder.resolve("bundle")).manifest().training())
        .containsEntry("bpeDropout", "0.1")
        .containsEntry("averaging", "0.99")
        .containsEntry("decay", "PLATEAU")
        .containsEntry("weightDecay", "0.01");
  }

  @Test
  void evaluatesAsPublishedOnMulti30kWithStandardBleuBesideIt() throws IOException {
    List<SentencePair> pairs = TatoebaDev.read().pairs().subList(0, 10);
    writeGzip(folder.resolve("test.en.gz"), pairs.stream().map(SentencePair::source).toList());
    writeGzip(folder.resolve("test.fr.gz"), pairs.stream().map(SentencePair::target).toList());
    Path translations = folder.resolve("translations");

    assertThat(
            run(
                "evaluate",
                "--model=../models/en-fr",
                "--output=" + translations,
                "--data",
                folder.resolve("test.en.gz").toString(),
                folder.resolve("test.fr.gz").toString(),
                "--tokenizer=moses",
                "--lowercase"))
        .as(err.toString(UTF_8))
        .isZero();

    List<String> hypotheses = Files.readAllLines(translations);
    List<List<String>> references =
        List.copyOf(
            pairs.stream()
                .collect(
                    groupingBy(
                        SentencePair::source,
                        LinkedHashMap::new,
                        mapping(SentencePair::target, toList())))
                .values());
    Bleu.Score moses = new Bleu(Tokenization.MOSES_FR, true, false).score(hypotheses, references);
    Bleu.Score standard = new Bleu().score(hypotheses, references);
    Chrf.Score chrf = new Chrf().score(hypotheses, references);
    assertThat(out.toString(UTF_8).lines())
        .containsExactly(
            "sentences %d, beam 4".formatted(hypotheses.size()),
            moses.toString(),
            "  " + moses.signature(),
            standard.toString(),
            "  " + standard.signature(),
            chrf.toString(),
            "  " + chrf.signature());
    assertThat(moses.score()).isNotEqualTo(standard.score());
  }

  @Test
  void parallelGzipFilesGiveTheSameModelAsTheTsv() throws IOException {
    assertThat(run(train("pairs.tsv"))).isZero();
    byte[] fromTsv = Files.readAllBytes(folder.resolve("bundle/model.onnx"));
    assertThat(run(train("text.en.gz", "text.fr.gz"))).isZero();

    assertThat(Files.readAllBytes(folder.resolve("bundle/model.onnx"))).isEqualTo(fromTsv);
  }

  @Test
  void aFinishedRunIsPublishedAgainWithoutTraining() throws IOException {
    assertThat(run(train("pairs.tsv"))).isZero();
    byte[] first = Files.readAllBytes(folder.resolve("bundle/model.onnx"));
    String report = Files.readString(folder.resolve("run-1/report.html"));
    err.reset();
    assertThat(run(train("pairs.tsv"))).isZero();

    assertThat(err.toString(UTF_8)).contains("going on from the checkpoint");
    assertThat(Files.readAllBytes(folder.resolve("bundle/model.onnx"))).isEqualTo(first);
    assertThat(folder.resolve("run-1/report.html")).hasContent(report);
  }

  @Test
  void otherSettingsForTheSameRunFolderAreRefused() {
    assertThat(run(train("pairs.tsv"))).isZero();
    err.reset();
    List<String> arguments = new ArrayList<>(List.of(train("pairs.tsv")));
    arguments.addAll(List.of("--dropout", "0.5"));

    assertThat(run(arguments.toArray(String[]::new))).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("dropout.embedding: expected 0.15, actual 0.5");
  }

  /** A small model, one epoch: enough for every stage to do its work. */
  private String[] train(String... files) {
    List<String> arguments = new ArrayList<>(List.of("train", "--train"));
    for (String file : files) {
      arguments.add(folder.resolve(file).toString());
    }
    arguments.addAll(List.of("--dev", folder.resolve("pairs.tsv").toString(), "--source", "en"));
    arguments.addAll(List.of("--target", "fr", "--out", folder.resolve("bundle").toString()));
    arguments.addAll(
        List.of("--run-dir", folder.resolve("run-" + files.length).toString(), "--vocabulary"));
    arguments.addAll(List.of("450", "--embedding", "16", "--encoder", "16", "--decoder", "16"));
    arguments.addAll(List.of("--attention", "16", "--epochs", "1", "--batch-tokens", "300"));
    return arguments.toArray(String[]::new);
  }

  private int run(String... arguments) {
    PrintWriter writer = new PrintWriter(out, true, UTF_8);
    return TrainingMain.commandLine(writer, new PrintStream(err, true, UTF_8)).execute(arguments);
  }

  /** Lines of standard error that report a problem, rather than progress. */
  private List<String> problems() {
    assertThat(err.toString(UTF_8)).doesNotContain("\tat ");
    return err.toString(UTF_8).lines().filter(line -> line.startsWith("streamglot")).toList();
  }

  private static void writeGzip(Path file, List<String> lines) throws IOException {
    try (OutputStream zipped = new GZIPOutputStream(Files.newOutputStream(file))) {
      zipped.write((String.join("\n", lines) + "\n").getBytes(UTF_8));
    }
  }
}
