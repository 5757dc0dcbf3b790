package io.streamglot.benchmarks.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command as a user gives it: arguments in, exit code, standard output and error out. */
class ChaosCommandTest {

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void writeTexts() throws IOException {
    Files.write(
        folder.resolve("text.en"),
        List.of("Where is the station?", "I love you.", "How are you?", "The cat sleeps."));
    Files.writeString(folder.resolve("long.en"), "word ".repeat(20));
  }

  @ParameterizedTest(name = "chaos {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --scenario flood           | --scenario
          --guarantee at_most_once   | --guarantee
          --records 0                | --records: expected at least 1, actual 0
          --records 10 --keys 11     | --keys: expected 1 to the number of records, actual 11
          --partitions 0             | --partitions: expected 1 to 1000, actual 0
          --instances 10             | --instances: expected 1 to 9, actual 10
          --brokers 0                | --brokers: expected 1 to 9, actual 0
          --scenario brokers --brokers 2 | --brokers: expected at least 3, for one is killed, actual 2
          --kills 0                  | --kills: expected 1 to the number of records, actual 0
          --rate -1                  | --rate: expected at least 0, actual -1
          --seed x                   | --seed
          --set novalue              | --set
          --control --scenario scale | --control: expected the scenario kill, actual scale
          --scenario rollout --guarantee at_least_once | --guarantee: expected exactly_once_v2 for the scenario rollout, actual at_least_once
          --work .                   | --work: expected an empty folder, actual .
          --model {}/none            | none: bundle: expected a folder, actual nothing of this name
          --file {}/none             | none: expected a file or folder, actual none
          --file {}/long.en          | texts: expected some of at most 32 characters, actual none
          --report {}/none/x.md      | --report: expected a file in a folder that is there, actual
          """)
  void wrongInputEndsWithExitCode2AndOneLine(String arguments, String message) {
    String model = arguments.contains("--model") ? "" : " --model ../models/en-fr";
    String file = arguments.contains("--file") ? "" : " --file {}/text.en";
    String line = "chaos" + model + file + " " + arguments;

    assertThat(run(line.replace("{}", folder.toString()).split(" +"))).isEqualTo(2);
    assertThat(err.toString(UTF_8).lines())
        .singleElement()
        .asString()
        .startsWith("streamglot chaos")
        .contains(message);
  }

  @Test
  void helpShowsAnExample() {
    assertThat(run("chaos", "--help")).isZero();
    assertThat(out.toString(UTF_8)).contains("Example", "./streamglot chaos");
  }

  /** One broker and two instances, each a process, one of which is killed in a transaction. */
  @Test
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  void aKillLosesDoublesAndReordersNothing() throws IOException {
    Path report = folder.resolve("report.md");
    Path work = folder.resolve("work");

    int exitCode =
        run(
            "chaos",
            "--scenario=kill",
            "--records=600",
            "--keys=10",
            "--partitions=2",
            "--instances=2",
            "--brokers=1",
            "--kills=1",
            "--model=../models/en-fr",
            "--file=../training/src/test/resources/tatoeba-en-fr/dev.tsv.gz",
            "--work=" + work,
            "--report=" + report);

    assertThat(exitCode).as(err.toString(UTF_8)).isZero();
    assertThat(Files.readString(report))
        .isEqualTo(out.toString(UTF_8))
        .contains(
            "**HOLDS**",
            "0 lost, 0 doubled, 0 out of order, 0 in both, 0 wrong topic, 0 wrong text",
            "1 kills of instances, each with its transaction open",
            "SIGKILL instance",
            "the same transaction is open after");
    assertThat(work).doesNotExist();
  }

  private int run(String... arguments) {
    return BenchMain.commandLine(
            new PrintWriter(out, true, UTF_8), new PrintStream(err, true, UTF_8))
        .execute(arguments);
  }
}
