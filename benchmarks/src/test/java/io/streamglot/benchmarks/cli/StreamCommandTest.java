package io.streamglot.benchmarks.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The measurements of the stream, small, with a real broker and the model that ships. */
class StreamCommandTest {

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void writeTexts() throws IOException {
    Files.write(
        folder.resolve("text.en"),
        List.of("Where is the station?", "I love you.", "How are you?", "The cat sleeps."));
  }

  @Test
  void latencyTellsWhatIsAddedToDecodingUnderEachGuarantee() throws IOException {
    Path csv = folder.resolve("messages.csv");
    Path plot = folder.resolve("added.svg");

    assertThat(
            run(
                "latency",
                "--rate=20",
                "--seconds=1",
                "--idle=1",
                "--warm-up=1",
                "--partitions=2",
                "--commit=50,100",
                "--csv=" + csv,
                "--plot=" + plot))
        .as(err.toString(UTF_8))
        .isZero();

    assertThat(out.toString(UTF_8).lines())
        .anyMatch(line -> line.matches("load +20\\.0 messages a second for 1 s in each cell; .*"))
        .anyMatch(line -> line.matches("at_least_once +50 +5 +5 +20( +\\d+\\.\\d){14}"))
        .anyMatch(line -> line.matches("exactly_once_v2 +100 +5 +5 +20( +\\d+\\.\\d){14}"))
        .endsWith(plot + " written");
    List<String> rows = Files.readAllLines(csv);
    assertThat(rows)
        .hasSize(1 + 4 * 20)
        .startsWith("cell,guarantee,commitMs,lingerMs,pollMs,message,dueMs,totalMs,bareMs,addedMs")
        .anyMatch(line -> line.startsWith("4,exactly_once_v2,100,5,5,20,950.0,"));
    assertThat(rows.stream().skip(1).map(row -> row.split(",")))
        .allSatisfy(
            row -> {
              assertThat(Double.parseDouble(row[7])).as("total").isPositive();
              assertThat(Double.parseDouble(row[7]) - Double.parseDouble(row[8]))
                  .as("total without bare")
                  .isEqualTo(Double.parseDouble(row[9]));
            });
    assertThat(plot).content().contains("<svg", "at_least_once, p99", "commit.interval.ms");
  }

  @Test
  void throughputComparesTheStreamWithBareDecodingRoundByRound() throws IOException {
    Path csv = folder.resolve("rounds.csv");

    assertThat(run("throughput", "--records=12", "--batch=4", "--rounds=2", "--csv=" + csv))
        .as(err.toString(UTF_8))
        .isZero();

    assertThat(out.toString(UTF_8).lines())
        .anyMatch(line -> line.endsWith("12 records that the model takes whole, longest first"))
        .contains("settings   batch 4, beam 4, one thread that decodes")
        .anyMatch(line -> line.matches("decoding +\\d+\\.\\d .* 3 +\\d\\.\\d\\d"))
        .anyMatch(line -> line.matches("stream +\\d+\\.\\d .*"))
        .anyMatch(
            line ->
                line.matches(
                    "ratio +\\d\\.\\d{3}, stream to decoding, of the medians; of each round [0-9.]+"));
    assertThat(Files.readAllLines(csv))
        .hasSize(1 + 2 * 3)
        .startsWith(
            "round,side,sentences,batches,seconds,cpuSeconds,streamCpuSeconds,decodingSeconds")
        .anyMatch(line -> line.startsWith("2,decoding,12,3,") && line.endsWith(",,"))
        .anyMatch(line -> line.startsWith("2,translating,12,3,") && line.endsWith(",,"))
        .anyMatch(line -> line.startsWith("2,stream,12,"));
  }

  @Test
  void soakWatchesAnInstanceOfItsOwnAndEveryTopic() throws IOException {
    Path csv = folder.resolve("topics.csv");

    assertThat(run("soak", "--messages=200", "--heap=128", "--csv=" + csv))
        .as(err.toString(UTF_8))
        .isZero();

    assertThat(out.toString(UTF_8))
        .containsPattern("(?m)^source-text .* 200 +with the messages$")
        .containsPattern("(?m)^soak-pending-changelog( +[0-9.-]+){4} +no$")
        .containsPattern("(?m)^__transaction_state( +[0-9.-]+){4} +no$")
        .contains("instance   each message once; exit code 0 when asked to end");
    assertThat(Files.readAllLines(csv))
        .startsWith("messages,seconds,residentBytes,topic,bytes,offsets")
        .anyMatch(line -> line.matches("200,[0-9.]+,[1-9]\\d+,source-text,[1-9]\\d+,200"));
  }

  @Test
  void aSettingThatKafkaRefusesEndsWithExitCode2AndOneLine() {
    assertThat(run("latency", "--kafka=num.stream.threads=many")).isEqualTo(2);
    assertThat(err.toString(UTF_8).lines())
        .filteredOn(line -> line.startsWith("streamglot"))
        .singleElement()
        .asString()
        .startsWith("streamglot bench stream latency: settings of Kafka Streams: ")
        .contains("num.stream.threads");
  }

  @Test
  void anInstanceThatDoesNotRunSaysWhy() {
    assertThat(run("soak", "--messages=1", "--kafka=num.stream.threads=0")).isEqualTo(2);
    assertThat(err.toString(UTF_8).lines())
        .singleElement()
        .asString()
        .startsWith(
            "streamglot bench stream soak: instance: expected to run, actual exit code 2; it said"
                + " last: ")
        .contains("num.stream.threads: expected a whole number from 1, actual '0'");
  }

  private int run(String measurement, String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("bench", "stream", measurement, "--model=../models/en-fr"));
    arguments.add("--file=" + folder.resolve("text.en"));
    arguments.addAll(List.of(options));
    PrintWriter writer = new PrintWriter(out, true, UTF_8);
    return BenchMain.commandLine(writer, new PrintStream(err, true, UTF_8))
        .execute(arguments.toArray(String[]::new));
  }
}
