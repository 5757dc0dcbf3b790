package io.streamglot.training.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.training.TatoebaDev;
import io.streamglot.training.corpus.SentencePair;
import io.streamglot.training.export.GraphPrecision;
import io.streamglot.training.export.GraphTarget;
import io.streamglot.training.model.ContextType;
import io.streamglot.training.recipe.Recipe;
import io.streamglot.training.recipe.Serving;
import io.streamglot.training.recipe.Setting;
import io.streamglot.training.train.Decay;
import io.streamglot.training.train.TrainingConfig;
import io.streamglot.translator.bundle.BundleManifest;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.evaluate.Bleu;
import io.streamglot.translator.evaluate.Chrf;
import io.streamglot.translator.evaluate.Tokenization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    Files.writeString(folder.resolve("broken.yaml"), "name: en-fr\n");
  }

  @Test
  void namesEveryFileOfARecipeThatIsNotThere() {
    String recipe = "recipes/tatoeba-en-fr.yaml";

    assertThat(run("train", "--recipe", recipe, "--data", folder.toString())).isEqualTo(2);
    assertThat(problems())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains("expected a file", "--data", "actual none"))
        .anySatisfy(line -> assertThat(line).contains("tatoeba-en-fr/train.tsv.gz"))
        .anySatisfy(line -> assertThat(line).contains("tatoeba-en-fr/dev.tsv.gz"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          train --dev {}/pairs.tsv --source en --target fr --out {}/x     | --train: expected a tab-separated file, or source and target, actual nothing
          train --train {}/pairs.tsv --dev {}/pairs.tsv --target fr --out {}/x | --source: expected a BCP 47 language tag such as en, actual nothing
          train {common} --train {}/pairs.tsv --trian x                   | --trian
          train {common} --train {}/nowhere.tsv                           | nowhere.tsv: expected a file (--data says below which folder), actual none
          train {common} --train nowhere.tsv --data {}                    | nowhere.tsv: expected a file (--data says below which folder), actual none
          train {common} --train {}/broken.tsv                            | broken.tsv:2
          train {common} --train {}/empty.tsv                             | pairs
          train {common} --train {}/pairs.tsv --dropout 1.5               | --dropout: expected a number, 0 to below 1, actual '1.5'
          train {common} --train {}/pairs.tsv --bpe-dropout 1             | --bpe-dropout: expected a number, 0 to below 1, actual '1'
          train {common} --train {}/pairs.tsv --weight-decay -1           | --weight-decay: expected a number, 0 or more, actual '-1'
          train {common} --train {}/pairs.tsv --averaging 1               | --averaging: expected a number, 0 to below 1, actual '1'
          train {common} --train {}/pairs.tsv --decay STEEP               | --decay: expected one of linear, plateau, actual 'STEEP'
          train {common} --train {}/pairs.tsv --decay-patience 0          | --decay-patience: expected a whole number of at least 1, actual '0'
          train {common} --train {}/pairs.tsv --output-dropout 1.5        | --output-dropout: expected a number, 0 to below 1, actual '1.5'
          train {common} --train {}/pairs.tsv --threads 0                 | --threads: expected a whole number of at least 1, actual '0'
          train {common} --train {}/pairs.tsv --epochs 0                  | --epochs: expected a whole number from 1 to 10000, actual '0'
          train {common} --train {}/pairs.tsv --epochs 1 --epochs 2       | --epochs: expected a whole number from 1 to 10000, actual the list [1, 2]
          train {common} --train {}/pairs.tsv --epochs many               | --epochs: expected a whole number from 1 to 10000, actual 'many'
          train {common} --train {}/pairs.tsv --vocabulary 10             | vocabulary size: expected at least
          train {common} --train {}/pairs.tsv --embedding 0               | --embedding: expected a whole number from 1 to 8192, actual '0'
          train {common} --train {}/pairs.tsv --context dot               | decoder size: expected 512, as wide as an annotation, for dot attention, actual 384
          train {common} --train {}/pairs.tsv --beam 100                  | --beam: expected a whole number from 1 to 64, actual '100'
          train {common} --train {}/pairs.tsv --notes {}/none.md          | none.md: expected a file or folder, actual none
          train {common} --train {}/pairs.tsv --max-tokens 0              | --max-tokens: expected a whole number of at least 1, actual '0'
          train {common} --train {}/pairs.tsv --max-tokens 1              | pairs.tsv: pairs within the limits: expected at least 1
          train --train {}/pairs.tsv --dev {}/pairs.tsv --source e_n --target fr --out {}/x | --source: expected a BCP 47 language tag such as en, actual 'e_n'
          train --train {}/pairs.tsv --dev {}/pairs.tsv --source en --target fr --out {} | expected a bundle, an empty folder or nothing
          train {common} --train {}                                       | expected a file, actual a folder
          train --train {}/pairs.tsv --dev {}/empty.tsv --source en --target fr --out {}/x | empty.tsv: pairs: expected at least 1
          train --recipe {}/nowhere.yaml --out {}/x                       | nowhere.yaml: expected a file or folder, actual none
          train --recipe {}/broken.yaml --out {}/x                        | broken.yaml: recipe: expected 1, the version of the format, actual nothing
          train {common} --train {}/pairs.tsv --serving-precision int4    | --serving-precision: expected one of fp32, fp16, int8, int8-vnni, actual 'int4'
          train {common} --train {}/pairs.tsv --pruning 1                 | --pruning: expected a number, 0 to below 1, actual '1'
          export --data {}                                                | --recipe
          export --recipe {}/nowhere.yaml                                 | nowhere.yaml: expected a file or folder, actual none
          export --recipe recipes/tatoeba-en-fr.yaml --precision fp64     | --precision: expected one of fp32, fp16, int8, int8-vnni, actual 'fp64'
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
  @ValueSource(strings = {"train", "export", "evaluate", "attention", "study", "study bottleneck"})
  void helpShowsAnExample(String command) {
    assertThat(run((command + " --help").split(" ", -1))).isZero();
    assertThat(out.toString(UTF_8)).contains("Example:", "./streamglot " + command);
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "export", "evaluate", "attention", "study", "study bottleneck"})
  void versionIsOneLine(String command) {
    assertThat(run((command + " --version").split(" ", -1))).isZero();
    assertThat(out.toString(UTF_8)).matches("streamglot \\S.*\\R");
  }

  @Test
  void helpNamesEverySettingOfARecipe() {
    assertThat(run("train", "--help")).isZero();
    for (Setting setting : Setting.values()) {
      assertThat(out.toString(UTF_8)).containsPattern("\n +" + setting.flag() + "[= ]");
    }
  }

  @Test
  void allThatIsWrongIsReportedAtOnce() {
    assertThat(run("train", "--train", "x.tsv", "--source", "e_n", "--epochs", "0")).isEqualTo(2);
    assertThat(problems())
        .extracting(line -> line.split(":", 3)[1].strip())
        .containsExactly("--source", "--target", "--dev", "--epochs");
  }

  @Test
  void trainsATsvToABundleAndEvaluatesIt() throws IOException {
    assertThat(run(train("pairs.tsv"))).as(err.toString(UTF_8)).isZero();

    assertThat(out.toString(UTF_8)).contains("BLEU = ", "chrF2 = ");
    assertThat(err.toString(UTF_8)).contains("pairs kept", "tok/s", "dev loss", "agree");
    BundleManifest manifest = ModelBundle.open(folder.resolve("bundle")).manifest();
    assertThat(manifest.name()).isEqualTo("en-fr");
    assertThat(manifest.training())
        .containsEntry("recipe", "recipe.yaml")
        .containsEntry("trainPairs", "120");
    assertThat(manifest.evaluation())
        .extracting(BundleManifest.Evaluation::metric)
        .containsExactly("BLEU", "chrF2");
    assertThat(folder.resolve("run-1/tensorboard")).isDirectoryContaining("glob:**tfevents*");
    assertThat(folder.resolve("run-1/report.html"))
        .content()
        .contains("best dev BLEU", "Samples over time", "BLEU by length", "pairs kept")
        .contains("<pre>", "seed: 1", "en-fr 1.0.0");
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
    TrainingConfig recorded =
        Recipe.read(folder.resolve("bundle").resolve(ModelBundle.RECIPE)).training();
    assertThat(recorded.bpeDropout()).isEqualTo(0.1);
    assertThat(recorded.averaging()).isEqualTo(0.99);
    assertThat(recorded.decay()).isEqualTo(Decay.PLATEAU);
    assertThat(recorded.weightDecay()).isEqualTo(0.01);
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
  void theBundlesRecipeTrainsTheSameModelAgain() throws IOException {
    Path notes = Files.writeString(folder.resolve("notes.md"), "## Data\n\nA few: sentences #1\n");
    List<String> arguments = new ArrayList<>(List.of(train("text.en.gz", "text.fr.gz")));
    arguments.addAll(List.of("--output-dropout", "0.3", "--notes", notes.toString()));
    arguments.addAll(List.of("--data", folder.toString()));
    arguments.replaceAll(argument -> argument.replace(folder + "/text", "text"));
    assertThat(run(arguments.toArray(String[]::new))).as(err.toString(UTF_8)).isZero();
    Path bundle = folder.resolve("bundle");
    String card = Files.readString(bundle.resolve(ModelBundle.MODEL_CARD));
    String command =
        card.lines().filter(line -> line.startsWith("./streamglot ")).findFirst().orElseThrow();
    List<String> again =
        new ArrayList<>(
            List.of(
                command
                    .substring("./streamglot ".length())
                    .replace("FOLDER", bundle.toString())
                    .replace("DIR", folder.toString())
                    .split(" ")));
    again.addAll(List.of("--run-dir", folder.resolve("again").toString()));

    assertThat(run(again.toArray(String[]::new))).as(err.toString(UTF_8)).isZero();

    for (String file : List.of(ModelBundle.MODEL, ModelBundle.RECIPE, ModelBundle.MODEL_CARD)) {
      assertThat(folder.resolve("again/bundle").resolve(file))
          .hasSameBinaryContentAs(bundle.resolve(file));
    }
    assertThat(card).contains("LSTM encoder of 1 x 16 units", "A few: sentences #1");
  }

  @Test
  void studyTrainsBothContextsAndPlotsBleuByLength() throws IOException {
    Path recipes = Files.createDirectory(folder.resolve("recipes"));
    writeSmall("bottleneck-fixed.yaml", recipes);
    writeSmall("bottleneck-attention.yaml", recipes);
    Path figure = folder.resolve("bottleneck.svg");
    List<String> arguments = new ArrayList<>(List.of("study", "bottleneck", "--epochs", "1"));
    arguments.addAll(List.of("--recipes", recipes.toString(), "--data", folder.toString()));
    arguments.addAll(List.of("--runs", folder.resolve("runs").toString()));
    arguments.addAll(List.of("--out", figure.toString(), "--cell", "gru"));
    arguments.addAll(List.of("--embedding", "16", "--encoder", "16", "--decoder", "16"));

    assertThat(run(arguments.toArray(String[]::new))).as(err.toString(UTF_8)).isZero();

    assertThat(out.toString(UTF_8).lines().toList())
        .hasSizeGreaterThan(2)
        .startsWith("words\tsentences\tfixed\tattention")
        .endsWith(figure + " written");
    assertThat(figure).content().contains("<svg", "fixed context", "attention");
    assertThat(contextOf("bottleneck-fixed")).isEqualTo(ContextType.FIXED);
    assertThat(contextOf("bottleneck-attention")).isEqualTo(ContextType.ADDITIVE);
  }

  private ContextType contextOf(String run) throws IOException {
    Path bundle = folder.resolve("runs").resolve(run).resolve("bundle");
    return Recipe.read(bundle.resolve(ModelBundle.RECIPE)).model().context();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--name", "--context"})
  void studyRefusesWhatWouldMakeItsRunsAlike(String flag) {
    assertThat(run("study", "bottleneck", flag, "dot")).isEqualTo(2);
    assertThat(problems()).singleElement().asString().contains("Unknown option", flag);
  }

  private Path writeSmall(String recipe, Path target) throws IOException {
    return Files.writeString(
        target.resolve(recipe),
        Files.readString(Path.of("recipes", recipe))
            .replace("[multi30k/train.en.gz, multi30k/train.fr.gz]", "pairs.tsv")
            .replace("[multi30k/val.en.gz, multi30k/val.fr.gz]", "pairs.tsv")
            .replace("vocabulary: 5000", "vocabulary: 450"));
  }

  @Test
  void flagsOverrideTheRecipe() throws IOException {
    Path recipe = writeSmall("bottleneck-fixed.yaml", folder);
    List<String> arguments = new ArrayList<>(List.of("train", "--recipe", recipe.toString()));
    arguments.addAll(List.of("--data", folder.toString(), "--run-dir"));
    arguments.addAll(List.of(folder.resolve("run").toString(), "--epochs", "1"));
    arguments.addAll(List.of("--embedding", "16", "--encoder", "16", "--decoder", "16"));
    arguments.addAll(List.of("--context", "additive", "--attention", "16"));

    assertThat(run(arguments.toArray(String[]::new))).as(err.toString(UTF_8)).isZero();

    ModelBundle bundle = ModelBundle.open(folder.resolve("run/bundle"));
    assertThat(bundle.manifest().name()).isEqualTo("bottleneck-fixed");
    assertThat(bundle.manifest().license())
        .isEqualTo("LicenseRef-research-only (not for redistribution)");
    Recipe recorded = Recipe.read(bundle.folder().resolve(ModelBundle.RECIPE));
    assertThat(recorded.model().context()).isEqualTo(ContextType.ADDITIVE);
    assertThat(recorded.model().encoder().size()).isEqualTo(16);
    assertThat(recorded.training().dropout()).isEqualTo(Recipe.read(recipe).training().dropout());
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
  void exportsWhatWasTrainedInAnotherForm() throws IOException {
    assertThat(run(with(train("pairs.tsv"), "--serving-precision", "fp32"))).isZero();
    Path exact = folder.resolve("bundle");
    String recipe = Files.copy(exact.resolve("recipe.yaml"), folder.resolve("r.yaml")).toString();
    List<String> export =
        List.of("export", "--recipe", recipe, "--run-dir", folder.resolve("run-1").toString());

    assertThat(run(with(export.toArray(String[]::new), "--out", folder.resolve("a").toString())))
        .as(err.toString(UTF_8))
        .isZero();
    assertThat(folder.resolve("a/model.onnx")).hasSameBinaryContentAs(exact.resolve("model.onnx"));
    assertThat(err.toString(UTF_8)).doesNotContain("as served");

    String[] served = {
      "--out", folder.resolve("b").toString(), "--precision", "int8", "--pruning", "0.5"
    };
    String[] shortlist = {"--shortlist-frequent", "100", "--shortlist-translations", "5"};
    assertThat(run(with(with(export.toArray(String[]::new), served), shortlist)))
        .as(err.toString(UTF_8))
        .isZero();
    BundleManifest manifest = ModelBundle.open(folder.resolve("b")).manifest();
    assertThat(manifest.architecture())
        .containsEntry("precision", "int8")
        .containsEntry("shortlist", "100 tokens and 5 for each source token");
    assertThat(manifest.search().pruning()).isEqualTo(0.5f);
    assertThat(folder.resolve("b/model.onnx"))
        .satisfies(file -> assertThat(Files.size(file)).isLessThan(size(exact)));
    assertThat(err.toString(UTF_8))
        .contains(
            "as trained: BLEU", "as served (int8 for cpu, shortlist of 100 tokens and 5 for each");
    Recipe recorded = Recipe.read(folder.resolve("b/recipe.yaml"));
    assertThat(recorded.serving())
        .isEqualTo(new Serving(GraphPrecision.INT8, GraphTarget.CPU, 0.5f, 100, 5));
  }

  private static long size(Path bundle) throws IOException {
    return Files.size(bundle.resolve("model.onnx"));
  }

  @Test
  void exportsNothingBeforeATraining() throws IOException {
    Path recipe = writeSmall("bottleneck-fixed.yaml", folder);
    Path run = folder.resolve("untrained");
    Path out = folder.resolve("x");

    assertThat(
            run(
                "export",
                "--recipe=" + recipe,
                "--data=" + folder,
                "--run-dir=" + run,
                "--out=" + out))
        .isEqualTo(2);
    assertThat(problems())
        .singleElement()
        .asString()
        .contains("untrained", "expected a checkpoint of this training, actual none; train first");
    assertThat(out).doesNotExist();
  }

  @Test
  void membersAreTheModelsOfTheNextSeedsAndDecideTogether() throws IOException {
    assertThat(run(with(train("pairs.tsv"), "--members", "2"))).as(err.toString(UTF_8)).isZero();
    BundleManifest manifest = ModelBundle.open(folder.resolve("bundle")).manifest();
    assertThat(run(with(train("text.en.gz", "text.fr.gz"), "--seed", "2"))).isZero();

    byte[] alone = Files.readAllBytes(folder.resolve("run-2/best/parameters.pt"));
    assertThat(folder.resolve("run-1/member-2/best/parameters.pt")).hasBinaryContent(alone);
    assertThat(Files.readAllBytes(folder.resolve("run-1/member-1/best/parameters.pt")))
        .isNotEqualTo(alone);
    assertThat(folder.resolve("run-1/member-2/report.html")).exists();
    assertThat(manifest.architecture()).containsEntry("members", "2");
    String steps = ModelBundle.open(folder.resolve("bundle")).manifest().training().get("steps");
    assertThat(manifest.training()).containsEntry("steps", steps + ", " + steps);
  }

  @Test
  void otherSettingsForTheSameRunFolderAreRefused() {
    assertThat(run(train("pairs.tsv"))).isZero();
    err.reset();
    assertThat(run(with(train("pairs.tsv"), "--dropout", "0.5"))).isEqualTo(2);
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

  private static String[] with(String[] arguments, String... more) {
    return Stream.concat(Arrays.stream(arguments), Arrays.stream(more)).toArray(String[]::new);
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
