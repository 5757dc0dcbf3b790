package io.streamglot.training.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.training.TatoebaDev;
import io.streamglot.translator.bundle.ModelBundle;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training whose process is killed, and started again with the same command. */
class KilledTrainingTest {

  private static final int VALIDATE_EVERY = 30;

  @TempDir private Path folder;

  @Test
  void endsWithTheModelOfATrainingThatWasNot() throws Exception {
    Files.write(
        folder.resolve("pairs.tsv"),
        TatoebaDev.read().pairs().subList(0, 60).stream()
            .map(pair -> pair.source() + "\t" + pair.target())
            .toList());
    train("whole");
    killAfterTheSecondValidation("killed");
    assertThat(folder.resolve("killed/bundle")).doesNotExist();

    assertThat(train("killed")).contains("going on from the checkpoint at step ");

    ModelBundle whole = ModelBundle.open(folder.resolve("whole/bundle"));
    Map<String, String> provenance = whole.manifest().training();
    // Else its parameters would be in the checkpoint, whatever came after.
    assertThat(Integer.parseInt(provenance.get("bestStep"))).isGreaterThan(2 * VALIDATE_EVERY);
    assertThat(folder.resolve("killed/bundle/model.onnx"))
        .hasSameBinaryContentAs(whole.folder().resolve("model.onnx"));
    assertThat(ModelBundle.open(folder.resolve("killed/bundle")).manifest().training())
        .containsEntry("steps", provenance.get("steps"))
        .containsEntry("bestStep", provenance.get("bestStep"));
  }

  /** Trains in this process; gives what goes to standard error. */
  private String train(String name) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintWriter out = new PrintWriter(PrintWriter.nullWriter());
    int code =
        TrainingMain.commandLine(out, new PrintStream(err, true, UTF_8))
            .execute(arguments(name).toArray(String[]::new));
    assertThat(code).as(err.toString(UTF_8)).isZero();
    return err.toString(UTF_8);
  }

  private void killAfterTheSecondValidation(String name) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                TrainingMain.class.getName()));
    command.addAll(arguments(name));
    Process process =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader lines = process.errorReader(UTF_8)) {
      int validations = 0;
      while (validations < 2) {
        String line = lines.readLine();
        assertThat(line).as("a line of a training that goes on").isNotNull();
        if (line.contains("dev loss")) {
          validations++;
        }
      }
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor()).as("exit code after SIGKILL").isEqualTo(137);
  }

  /** A small model with whatever has a state of its own, or draws numbers. */
  private List<String> arguments(String name) {
    String pairs = folder.resolve("pairs.tsv").toString();
    List<String> arguments = new ArrayList<>(List.of("train", "--train", pairs, "--dev", pairs));
    arguments.addAll(List.of("--source", "en", "--target", "fr", "--run-dir"));
    arguments.addAll(List.of(folder.resolve(name).toString(), "--out"));
    arguments.addAll(List.of(folder.resolve(name + "/bundle").toString(), "--vocabulary", "400"));
    arguments.addAll(List.of("--embedding", "32", "--encoder", "32", "--decoder", "32"));
    arguments.addAll(List.of("--attention", "32", "--batch-tokens", "300", "--epochs", "50"));
    arguments.addAll(List.of("--learning-rate", "0.02", "--warmup", "10", "--beam", "1"));
    arguments.addAll(List.of("--decay", "plateau", "--decay-patience", "2", "--dropout", "0.1"));
    arguments.addAll(List.of("--bpe-dropout", "0.1", "--averaging", "0.9"));
    arguments.addAll(List.of("--weight-decay", "0.01", "--validate-every"));
    arguments.add(Integer.toString(VALIDATE_EVERY));
    return arguments;
  }
}
