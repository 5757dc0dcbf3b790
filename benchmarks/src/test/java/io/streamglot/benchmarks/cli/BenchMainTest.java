package io.streamglot.benchmarks.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.benchmarks.profile.KernelCall;
import io.streamglot.benchmarks.profile.Profile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The commands as a user gives them: arguments in, exit code, standard output and error out. */
class BenchMainTest {

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void writeTexts() throws IOException {
    Files.write(
        folder.resolve("text.en"),
        List.of("Where is the station?", "I love you.", "How are you?", "The cat sleeps."));
    Files.writeString(folder.resolve("empty"), "");
  }

  @ParameterizedTest(name = "bench {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          decode {model}                                | --file
          decode {model} --file {}/none                 | none: expected a file or folder, actual none
          decode {model} --file {}/empty                | empty: texts: expected at least 1, actual 0
          decode --model {}/none --file {}/text.en      | none: bundle: expected a folder, actual nothing of this name
          decode --model {},beam=1 --file {}/text.en    | expected in
          decode --model x,bean=1 --file {}/text.en     | '--model': setting: expected one of batch, beam, threads, device, hypotheses, shortlist, pruning, actual 'bean'
          decode {model} --against y,beam=0 --file {}/text.en | beam: expected 1 to 64, actual 0
          decode {model} --file {}/text.en --batch 0    | --batch: expected 1 to 4096, actual 0
          decode {model} --file {}/text.en --beam 4,x   | --beam
          decode {model} --file {}/text.en --rounds 0   | --rounds: expected at least 1, actual 0
          decode {model} --file {}/text.en --sentences 0 | --sentences: expected at least 1, actual 0
          decode {model} --file {}/text.en --order any  | --order
          decode {model} --file {}/text.en --csv {}/none/x.csv | x.csv: expected a file or folder, actual none
          decode {model} --file {}/text.en --beam 1 --threads 1 --plot {}/x.gif | expected .svg or .png
          decode {model} --file {}/text.en --beam 1,2,3 --plot {}/x.svg | --plot: lines, one for each candidate, beam and threads: expected at most 4, actual 6
          soak {model} --file {}/text.en --tokens 0     | --tokens: expected at least 1, actual 0
          soak {model} --file {}/text.en --batch 5000   | --batch: expected 1 to 4096, actual 5000
          start {model} --rounds 0                      | --rounds: expected at least 1, actual 0
          start --model ../models/en-fr,batch=2         | settings: expected none but beam, actual batch
          profile {model} --file {}/none                | none: expected a file or folder, actual none
          profile --model ../models/en-fr,threads=2 --file {}/text.en | settings: expected none but batch, beam, device, hypotheses, shortlist, actual threads
          decode --model ../models/en-fr,device=gpu --file {}/text.en | device: expected cpu, cuda:N (N from 0) or auto, actual 'gpu'
          decode --model ../models/en-fr,device=cuda:999 --file {}/text.en | ../models/en-fr: device cuda:999: expected
          profile --model ../models/en-fr,device=cuda:999 --file {}/text.en | ../models/en-fr: device cuda:999: expected
          stream latency {model}                        | --file
          stream latency {model} --file {}/none         | none: expected a file or folder, actual none
          stream latency --model {}/none --file {}/text.en | none: bundle: expected a folder, actual nothing of this name
          stream latency --model ../models/en-fr,beam=1 --file {}/text.en | settings: expected none but device, hypotheses, shortlist, actual beam
          stream latency {model} --file {}/text.en --rate 0 | --rate: expected above 0, at most 100000, actual 0.0
          stream latency {model} --file {}/text.en --seconds 0 | --seconds: expected at least 1, actual 0
          stream latency {model} --file {}/text.en --idle 0 | --idle: expected at least 1, actual 0
          stream latency {model} --file {}/text.en --warm-up 0 | --warm-up: expected at least 1, actual 0
          stream latency {model} --file {}/text.en --partitions 0 | --partitions: expected at least 1, actual 0
          stream latency {model} --file {}/text.en --guarantee once | --guarantee
          stream latency {model} --file {}/text.en --commit 100,0 | --commit: expected 1 to 60000, actual 0
          stream latency {model} --file {}/text.en --linger 60001 | --linger: expected 1 to 60000, actual 60001
          stream latency {model} --file {}/text.en --poll 0 | --poll: expected 1 to 60000, actual 0
          stream latency {model} --file {}/text.en --plot {}/x.gif | expected .svg or .png
          stream latency {model} --file {}/text.en --linger 1,5 --plot {}/x.svg | --plot: lines, two for each guarantee, linger and poll: expected at most 4, actual 8
          stream latency {model} --file {}/text.en --kafka poll | --kafka
          stream throughput {model} --file {}/text.en --rounds 0 | --rounds: expected at least 1, actual 0
          stream throughput {model} --file {}/text.en --records 0 | --records: expected at least 1, actual 0
          stream throughput {model} --file {}/text.en --batch 5000 | --batch: expected 1 to 4096, actual 5000
          stream throughput {model} --file {}/text.en --linger 0 | --linger: expected 1 to 60000, actual 0
          stream soak {model} --file {}/text.en --messages 0 | --messages: expected at least 1, actual 0
          stream soak {model} --file {}/text.en --heap 0 | --heap: expected at least 1, actual 0
          stream soak --model ../models/en-fr,device=cpu --file {}/text.en | settings: expected none, actual device
          stream                                        | Missing required subcommand
          parts --nonsense                              | nonsense is not a recognized option
          parts Nothing -f 0                            | benchmarks: expected at least 1 of that name, actual 0
          draw                                          | draw
          """)
  void wrongInputEndsWithExitCode2AndOneLine(String arguments, String message) {
    String line =
        ("bench " + arguments)
            .replace("{model}", "--model ../models/en-fr")
            .replace("{}", folder.toString());

    assertThat(run(line.split(" +"))).isEqualTo(2);
    assertThat(err.toString(UTF_8).lines())
        .singleElement()
        .asString()
        .startsWith("streamglot bench")
        .contains(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " decode",
        " soak",
        " start",
        " profile",
        " parts",
        " stream latency",
        " stream throughput",
        " stream soak"
      })
  void helpShowsAnExample(String command) {
    assertThat(run(("bench" + command + " --help").split(" "))).isZero();
    assertThat(out.toString(UTF_8)).contains("Example", "./streamglot bench" + command);
  }

  @Test
  void decodeComparesCandidatesAndWritesRoundsAndPlot() throws IOException {
    Path csv = folder.resolve("rounds.csv");
    Path plot = folder.resolve("speed.svg");

    assertThat(
            run(
                "bench",
                "decode",
                "--model=../models/en-fr",
                "--against=../models/en-fr,beam=1",
                "--file=" + folder.resolve("text.en"),
                "--batch=1,3",
                "--beam=4",
                "--threads=1",
                "--rounds=2",
                "--csv=" + csv,
                "--plot=" + plot))
        .as(err.toString(UTF_8))
        .isZero();

    assertThat(out.toString(UTF_8).lines())
        .anyMatch(line -> line.matches("processor  \\S.*, \\d+ cores"))
        .anyMatch(line -> line.matches("decoder    ONNX Runtime 1\\.\\d+\\.\\d+"))
        .anyMatch(line -> line.matches("A +../models/en-fr: en-fr \\S+, SHA-256 [0-9a-f]{64}"))
        .anyMatch(line -> line.matches("A +1 +4 +1 .* 1\\.000\\.\\.1\\.000 +4 of 4"))
        .anyMatch(line -> line.matches("B +3 +1 +1 .* \\d of 4"))
        .endsWith(plot + " written");
    assertThat(Files.readAllLines(csv))
        .hasSize(1 + 2 * 2 * 2)
        .startsWith(
            "cell,round,candidate,spec,name,version,batch,beam,threads,sentences,sourceTokens,"
                + "targetTokens,seconds")
        .anyMatch(line -> line.startsWith("2,2,B,\"../models/en-fr,beam=1\",en-fr,"));
    assertThat(plot).content().contains("<svg", "sentences a batch");
  }

  @Test
  void soakWatchesTheMemory() throws IOException {
    Path csv = folder.resolve("memory.csv");

    assertThat(
            run(
                "bench",
                "soak",
                "--model=../models/en-fr,beam=1",
                "--file=" + folder.resolve("text.en"),
                "--tokens=300",
                "--batch=4",
                "--csv=" + csv))
        .as(err.toString(UTF_8))
        .isZero();

    assertThat(out.toString(UTF_8))
        .containsPattern("growth +-?[0-9.]+ MiB of resident memory a million tokens")
        .containsPattern("allocated +[1-9][0-9]+ bytes of Java's heap a sentence")
        .contains("batch 4, beam 1, threads 1, device cpu");
    assertThat(Files.readAllLines(csv)).hasSizeGreaterThan(5);
  }

  @Test
  void startTellsEachStageOfEachProcess() {
    assertThat(run("bench", "start", "--model=../models/en-fr,beam=1", "--rounds=2"))
        .as(err.toString(UTF_8))
        .isZero();

    assertThat(out.toString(UTF_8).lines())
        .contains("settings   beam 1")
        .anyMatch(line -> line.matches("ms to +round 1 +round 2 +median"))
        .anyMatch(line -> line.matches("bundle( +[1-9]\\d*){3}"))
        .anyMatch(line -> line.matches("all( +[1-9]\\d+){3}"));
  }

  @Test
  void profileShowsOperatorsProductsAndRows() {
    assertThat(
            run(
                "bench",
                "profile",
                "--model=../models/en-fr",
                "--file=" + folder.resolve("text.en"),
                "--batch=1",
                "--beam=1",
                "--rounds=2"))
        .as(err.toString(UTF_8))
        .isZero();

    assertThat(out.toString(UTF_8))
        .containsPattern("LogSoftmax \\(CPU\\) +\\d+")
        .containsPattern("256 to any +in a loop")
        .containsPattern("off +[1-9][0-9.]+ ms with the profiler off: .+; medians of 2 rounds")
        .containsPattern("rows +computed (\\d+) in \\1 steps, needed \\1: ratio 1\\.000")
        .contains("copies     none between devices in a loop (computed by: CPU)");
  }

  @ParameterizedTest
  @CsvSource({"150, 1", "250, 0"})
  void profileEndsWithExitCode1IfALoopCopiesBetweenDevices(long start, int exitCode) {
    CommandLine bench = commandLine().getSubcommands().get("bench");
    ProfileCommand command = bench.getSubcommands().get("profile").getCommand();
    KernelCall loop = new KernelCall("Loop.1", "Loop", "CUDA", 7, 100, 100, List.of(), List.of());
    KernelCall copy =
        new KernelCall("Memcpy.2", "MemcpyToHost", "CUDA", 7, start, 5, List.of(), List.of());

    assertThat(command.reportCopies(new Profile(1, 300, List.of(copy), List.of(loop))))
        .isEqualTo(exitCode);
    assertThat(err.toString(UTF_8).lines().toList())
        .isEqualTo(
            exitCode == 0
                ? List.of()
                : List.of(
                    "streamglot bench profile: nodes in a loop that copy between devices:"
                        + " expected none, actual Memcpy.2"));
  }

  private int run(String... arguments) {
    return commandLine().execute(arguments);
  }

  private CommandLine commandLine() {
    PrintWriter writer = new PrintWriter(out, true, UTF_8);
    return BenchMain.commandLine(writer, new PrintStream(err, true, UTF_8));
  }
}
