package io.streamglot.benchmarks.cli;

import io.streamglot.benchmarks.chaos.ChaosReport;
import io.streamglot.benchmarks.chaos.ChaosRun;
import io.streamglot.benchmarks.chaos.ChaosSettings;
import io.streamglot.benchmarks.chaos.Scenario;
import io.streamglot.benchmarks.decoding.SourceTexts;
import io.streamglot.benchmarks.kafka.Guarantee;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code chaos}: kills what runs and counts what came of it. */
@Command(
    name = "chaos",
    description = "Kills instances and brokers under load and counts what came out.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Starts a Kafka of its own and instances of the program, each a process; sends numbered",
      "messages; does to them what the scenario says; and holds all that came out to what went in:",
      "",
      "  kill       SIGKILL of instances, each with its transaction open, and a new start",
      "  terminate  SIGTERM of instances, each with exit code 0, and a new start",
      "  scale      one instance, then three, then two",
      "  brokers    SIGKILL of brokers that lead what is needed, and a new start",
      "  poison     as kill, and one message in ten is bad, of 34 kinds",
      "  outage     SIGKILL of an instance: how long until its partitions go on",
      "  rollout    events replace the model, and each time an instance is killed",
      "",
      "The seed decides who is ended when. The report goes to standard output. Exit codes: 0 the",
      "verdict holds, 1 it does not, 2 wrong arguments.",
      "",
      "Example:",
      "  ./streamglot chaos --scenario kill --records 100000 --kills 10 --report kill.md"
    })
final class ChaosCommand implements Callable<Integer> {

  private static final int MAX_INSTANCES = 9;
  private static final int MAX_BROKERS = 9;
  private static final int MAX_PARTITIONS = 1_000;

  @Spec private CommandSpec spec;

  private final PrintStream err;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      defaultValue = "kill",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Scenario scenario;

  @Option(
      names = "--guarantee",
      paramLabel = "NAME",
      defaultValue = "exactly_once_v2",
      description =
          "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}); doubles are faults of the first.")
  private Guarantee guarantee;

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "5000",
      description =
          "Messages to send (default: ${DEFAULT-VALUE}), more only until the scenario is through.")
  private int records;

  @Option(
      names = "--keys",
      paramLabel = "N",
      defaultValue = "100",
      description = "Conversations, each of which has an order (default: ${DEFAULT-VALUE}).")
  private int keys;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "12",
      description = "Partitions of each topic (default: ${DEFAULT-VALUE}).")
  private int partitions;

  @Option(
      names = "--instances",
      paramLabel = "N",
      defaultValue = "3",
      description = "Instances of the program (default: ${DEFAULT-VALUE}); scale has its own.")
  private int instances;

  @Option(
      names = "--brokers",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "Nodes of Kafka (default: ${DEFAULT-VALUE}); from 3 on replication is 3, min ISR 2.")
  private int brokers;

  @Option(
      names = "--kills",
      paramLabel = "N",
      defaultValue = "10",
      description = "How often something is ended (default: ${DEFAULT-VALUE}).")
  private int kills;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Messages a second, or 0 to have a backlog at all times (default: ${DEFAULT-VALUE};"
              + " outage: 200).")
  private int rate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Decides who is ended when (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "A setting of each instance, such as group.protocol=streams; of group.instance.id each"
              + " gets its own.")
  private Map<String, String> set = Map.of();

  @Option(
      names = "--broker-set",
      paramLabel = "KEY=VALUE",
      description = "A setting of each broker.")
  private Map<String, String> brokerSet = Map.of();

  @Option(
      names = "--model",
      paramLabel = "DIR",
      defaultValue = BenchCommand.SHIPPED,
      description = "The bundle that translates (default: the shipped models/en-fr).")
  private Path model;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      defaultValue =
          "${sys:streamglot.home:-.}/training/src/test/resources/tatoeba-en-fr/dev.tsv.gz",
      description =
          "Text to take short sentences from: one a line, or the sources of a .tsv; plain or gzip"
              + " (default: Tatoeba's in the repository).")
  private Path file;

  @Option(
      names = "--control",
      description =
          "Run instances without their store of waiting records; exit code 0 then means that the"
              + " verifier reported loss.")
  private boolean control;

  @Option(names = "--report", paramLabel = "FILE", description = "Writes the report there as well.")
  private Path report;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description =
          "Folder for data and logs, empty or not there (default: a temporary one). Removed at the"
              + " end, unless the verdict does not hold.")
  private Path work;

  ChaosCommand(PrintStream err) {
    this.err = err;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    requireRanges();
    List<String> texts = SourceTexts.read(file);
    Path folder = workFolder();
    boolean holds = false;
    try {
      ChaosReport result = ChaosRun.run(settings(texts, folder), err);
      PrintWriter out = spec.commandLine().getOut();
      result.lines().forEach(out::println);
      out.flush();
      if (report != null) {
        Files.write(report, result.lines());
      }
      holds = result.holds();
      return holds ? ExitCode.OK : ExitCode.SOFTWARE;
    } finally {
      if (holds || isEmpty(folder)) {
        remove(folder);
      } else {
        err.printf("%s: data and logs are kept in %s%n", spec.qualifiedName(), folder);
      }
    }
  }

  private ChaosSettings settings(List<String> texts, Path folder) {
    return new ChaosSettings(
        scenario,
        guarantee,
        records,
        keys,
        partitions,
        instances,
        brokers,
        kills,
        rate,
        seed,
        set,
        brokerSet,
        model,
        texts,
        control,
        folder.toAbsolutePath());
  }

  private void requireRanges() {
    Options.requireAtLeastOne(spec, "--records", records);
    require(keys >= 1 && keys <= records, "--keys", "1 to the number of records", keys);
    requireFromOne("--partitions", partitions, MAX_PARTITIONS);
    requireFromOne("--instances", instances, MAX_INSTANCES);
    requireFromOne("--brokers", brokers, MAX_BROKERS);
    require(kills >= 1 && kills <= records, "--kills", "1 to the number of records", kills);
    require(rate >= 0, "--rate", "at least 0", rate);
    require(
        !control || scenario == Scenario.KILL,
        "--control",
        "the scenario " + Scenario.KILL,
        scenario);
    require(
        scenario != Scenario.ROLLOUT || guarantee.isTransactional(),
        "--guarantee",
        Guarantee.EXACTLY_ONCE_V2 + " for the scenario " + Scenario.ROLLOUT,
        guarantee);
    require(
        report == null || Files.isDirectory(report.toAbsolutePath().getParent()),
        "--report",
        "a file in a folder that is there",
        report);
    require(
        scenario != Scenario.BROKERS || brokers >= 3,
        "--brokers",
        "at least 3, for one is killed",
        brokers);
  }

  private void requireFromOne(String option, int value, int most) {
    require(value >= 1 && value <= most, option, "1 to " + most, value);
  }

  private void require(boolean holds, String option, String expected, Object actual) {
    if (!holds) {
      throw new ParameterException(
          spec.commandLine(), "%s: expected %s, actual %s".formatted(option, expected, actual));
    }
  }

  private Path workFolder() throws IOException {
    if (work == null) {
      return Files.createTempDirectory("streamglot-chaos-");
    }
    Files.createDirectories(work);
    require(isEmpty(work), "--work", "an empty folder", work);
    return work;
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> content = Files.list(folder)) {
      return content.findFirst().isEmpty();
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> content = Files.walk(folder)) {
      for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
