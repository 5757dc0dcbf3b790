package io.streamglot.benchmarks.cli;

import io.streamglot.benchmarks.decoding.Bundles;
import io.streamglot.benchmarks.decoding.SpecKey;
import io.streamglot.benchmarks.kafka.Guarantee;
import io.streamglot.benchmarks.output.CsvFile;
import io.streamglot.benchmarks.output.Machine;
import io.streamglot.benchmarks.output.Table;
import io.streamglot.benchmarks.streaming.Latencies;
import io.streamglot.benchmarks.streaming.LatencyBenchmark;
import io.streamglot.benchmarks.streaming.LatencyMeasurement;
import io.streamglot.benchmarks.streaming.LatencyMeasurement.Message;
import io.streamglot.benchmarks.streaming.OpenLoop;
import io.streamglot.benchmarks.streaming.StreamSettings;
import io.streamglot.benchmarks.streaming.TemporaryBroker;
import io.streamglot.training.report.Figure;
import io.streamglot.training.report.LineChart;
import io.streamglot.translator.BundleTranslator;
import io.streamglot.translator.bundle.ModelBundle;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench stream latency}: how late translations are under a light load. */
@Command(
    name = "latency",
    description = "Measures how late translations are, and what of that is not decoding.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "SPEC is the folder of a bundle, which settings may follow: device, hypotheses, shortlist.",
      "",
      "Messages are due at equal distances and sent then, whatever becomes of those before; their time",
      "counts from when they were due until a reader has the translation. What is added is that time",
      "without what the same text takes alone at the same pace, the median of "
          + LatencyBenchmark.BARE_REPEATS
          + ".",
      "",
      "Examples:",
      "  ./streamglot bench stream latency --file dev.tsv.gz --seconds 20",
      "",
      "  ./streamglot bench stream latency --file dev.tsv.gz --commit 20,100,1000 --linger 1,5 \\",
      "      --csv messages.csv"
    })
final class StreamLatencyCommand implements Callable<Integer> {

  /** More cannot be told apart in one chart. */
  private static final int MOST_LINES = 4;

  @Spec private CommandSpec spec;

  @Mixin private ModelOption model;

  @Mixin private FileOption file;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "5",
      description = "Messages a second (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "60",
      description = "How long they are sent, in each cell (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "20",
      description =
          "Seconds of load for each guarantee before the first cell (default: ${DEFAULT-VALUE}).")
  private int warmUp;

  @Option(
      names = "--idle",
      paramLabel = "N",
      defaultValue = "10",
      description = "Seconds without messages, for the CPU time (default: ${DEFAULT-VALUE}).")
  private int idle;

  @Option(
      names = "--guarantee",
      split = ",",
      paramLabel = "G",
      defaultValue = "at_least_once,exactly_once_v2",
      description = "Of the stream (default: ${DEFAULT-VALUE}).")
  private List<Guarantee> guarantee;

  @Option(
      names = "--commit",
      split = ",",
      paramLabel = "MS",
      defaultValue = "100",
      description = "commit.interval.ms (default: ${DEFAULT-VALUE}).")
  private List<Integer> commit;

  @Option(
      names = "--linger",
      split = ",",
      paramLabel = "MS",
      defaultValue = "5",
      description = "streamglot.batch.linger.ms (default: ${DEFAULT-VALUE}).")
  private List<Integer> linger;

  @Option(
      names = "--poll",
      split = ",",
      paramLabel = "MS",
      defaultValue = "5",
      description = "poll.ms (default: ${DEFAULT-VALUE}).")
  private List<Integer> poll;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "12",
      description = "Of each topic (default: ${DEFAULT-VALUE}, as of topics create).")
  private int partitions;

  @Mixin private KafkaOption kafka;

  @Option(names = "--csv", paramLabel = "FILE", description = "Writes each message there.")
  private Path csv;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description = "Draws what is added by commit interval there, .svg or .png.")
  private Path plot;

  /** A row of the CSV: one message. Milliseconds, from when it was due. */
  record Row(
      int cell,
      String guarantee,
      int commitMs,
      int lingerMs,
      int pollMs,
      int message,
      double dueMs,
      double totalMs,
      double bareMs,
      double addedMs) {}

  static CommandLine commandLine() {
    return new CommandLine(new StreamLatencyCommand()).setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Options.requireOnly(
        spec, model.candidate(), SpecKey.DEVICE, SpecKey.HYPOTHESES, SpecKey.SHORTLIST);
    OpenLoop load = load();
    Options.requireAtLeastOne(spec, "--seconds", seconds);
    Options.requireAtLeastOne(spec, "--warm-up", warmUp);
    Options.requireAtLeastOne(spec, "--idle", idle);
    Options.requireAtLeastOne(spec, "--partitions", partitions);
    List<StreamSettings> grid = grid();
    if (plot != null) {
      Figure.requireTarget(plot);
      requireFewLines();
    }
    List<String> texts = LatencyBenchmark.shuffled(file.texts());
    ModelBundle bundle = Bundles.open(model.candidate().folder());
    try (BundleTranslator translator =
            BundleTranslator.open(
                bundle, model.settings(1, bundle.manifest().search().beamSize()).decoder());
        CsvFile<Row> rows = CsvFile.open(Optional.ofNullable(csv), Row.class);
        TemporaryBroker broker = TemporaryBroker.start()) {
      PrintWriter out = spec.commandLine().getOut();
      Machine.lines().forEach(out::println);
      describe(texts, load, bundle).forEach(out::println);
      out.println();
      out.flush();
      LatencyBenchmark benchmark =
          new LatencyBenchmark(
              broker,
              translator,
              texts,
              load,
              Duration.ofSeconds(seconds),
              Duration.ofSeconds(idle),
              partitions,
              kafka.settings());
      for (Guarantee each : Set.copyOf(guarantee)) {
        benchmark.warmUp(
            "warm-up-" + each,
            grid.stream().filter(cell -> cell.guarantee() == each).findFirst().orElseThrow(),
            Duration.ofSeconds(warmUp));
      }
      List<LatencyMeasurement> measurements = new ArrayList<>();
      for (int cell = 1; cell <= grid.size(); cell++) {
        progress(cell, grid);
        LatencyMeasurement measurement = benchmark.measure("cell-" + cell, grid.get(cell - 1));
        measurements.add(measurement);
        write(cell, measurement, rows);
      }
      table(measurements).lines().forEach(out::println);
      if (plot != null) {
        chart(measurements).figure().write(plot);
        out.println(plot + " written");
      }
      out.flush();
    }
    return 0;
  }

  private OpenLoop load() {
    try {
      return new OpenLoop(rate);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
    }
  }

  private List<StreamSettings> grid() {
    List<StreamSettings> grid = new ArrayList<>();
    try {
      for (Guarantee each : guarantee) {
        for (int lingerMillis : linger) {
          for (int pollMillis : poll) {
            for (int commitMillis : commit) {
              grid.add(new StreamSettings(each, commitMillis, lingerMillis, pollMillis));
            }
          }
        }
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
    }
    return grid;
  }

  private void requireFewLines() {
    int lines = 2 * guarantee.size() * linger.size() * poll.size();
    if (lines > MOST_LINES) {
      throw new ParameterException(
          spec.commandLine(),
          "--plot: lines, two for each guarantee, linger and poll: expected at most %d, actual %d"
              .formatted(MOST_LINES, lines));
    }
  }

  private List<String> describe(List<String> texts, OpenLoop load, ModelBundle bundle)
      throws IOException {
    return List.of(
        "text       %s: %,d texts, each once, in an order drawn by lot"
            .formatted(file, texts.size()),
        "model      %s: %s".formatted(model.candidate().spec(), Bundles.describe(bundle)),
        "load       %s messages a second for %d s in each cell; %.0f a second for 3 s before them, and"
                .formatted(load.perSecond(), seconds, LatencyBenchmark.WARM_UP.perSecond())
            + " for %d s before the first cell, of each guarantee".formatted(warmUp),
        "stream     one instance in this process, as are broker, sender and reader; %d partitions%s"
            .formatted(partitions, kafka),
        "hot, bare  the texts alone, back to back and at the pace of the load, which is taken off",
        "batches    wait from their first record on, then decode",
        "idle CPU   of the stream's threads and their producers, in %d s, %% of a core"
            .formatted(idle));
  }

  private void progress(int number, List<StreamSettings> grid) {
    PrintWriter err = spec.commandLine().getErr();
    err.printf("%d of %d: %s%n", number, grid.size(), grid.get(number - 1));
    err.flush();
  }

  private static void write(int cell, LatencyMeasurement measurement, CsvFile<Row> rows)
      throws IOException {
    StreamSettings settings = measurement.settings();
    for (int i = 0; i < measurement.messages().size(); i++) {
      Message message = measurement.messages().get(i);
      rows.add(
          new Row(
              cell,
              settings.guarantee().toString(),
              settings.commitMillis(),
              settings.lingerMillis(),
              settings.pollMillis(),
              i + 1,
              message.dueMillis(),
              message.totalMillis(),
              message.bareMillis(),
              message.addedMillis()));
    }
  }

  private static Table table(List<LatencyMeasurement> measurements) {
    Table table =
        new Table(
            "guarantee",
            "commit ms",
            "linger ms",
            "poll ms",
            "messages",
            "hot p50",
            "bare p50",
            "total p50",
            "p90",
            "p99",
            "added p50",
            "p90",
            "p99",
            "max",
            "wait p50",
            "p99",
            "decode p50",
            "p99",
            "idle CPU");
    for (LatencyMeasurement each : measurements) {
      List<String> cells =
          new ArrayList<>(
              List.of(
                  each.settings().guarantee().toString(),
                  Integer.toString(each.settings().commitMillis()),
                  Integer.toString(each.settings().lingerMillis()),
                  Integer.toString(each.settings().pollMillis()),
                  Integer.toString(each.messages().size())));
      cells.addAll(millis(each.backToBack(), 50));
      cells.addAll(millis(each.bare(), 50));
      cells.addAll(millis(each.total(), 50, 90, 99));
      cells.addAll(millis(each.added(), 50, 90, 99, 100));
      cells.addAll(millis(each.batchWaits(), 50, 99));
      cells.addAll(millis(each.batchDecodings(), 50, 99));
      cells.add("%.1f".formatted(100 * each.idleCpu()));
      table.add(cells.toArray(String[]::new));
    }
    return table;
  }

  private static List<String> millis(Latencies latencies, double... percents) {
    List<String> cells = new ArrayList<>();
    for (double percent : percents) {
      cells.add("%.1f".formatted(latencies.millis(percent)));
    }
    return cells;
  }

  /** A line is named by what tells it from the others. */
  private LineChart chart(List<LatencyMeasurement> measurements) {
    Map<String, List<LineChart.Value>> lines = new LinkedHashMap<>();
    for (LatencyMeasurement each : measurements) {
      StreamSettings settings = each.settings();
      String name =
          settings.guarantee()
              + (linger.size() == 1 ? "" : ", linger " + settings.lingerMillis())
              + (poll.size() == 1 ? "" : ", poll " + settings.pollMillis());
      Latencies added = each.added();
      for (int percent : List.of(50, 99)) {
        lines
            .computeIfAbsent(name + ", p" + percent, none -> new ArrayList<>())
            .add(new LineChart.Value(settings.commitMillis(), added.millis(percent)));
      }
    }
    return new LineChart(
        "Milliseconds added to decoding, by commit interval",
        "commit.interval.ms",
        lines.entrySet().stream()
            .map(line -> new LineChart.Line(line.getKey(), line.getValue()))
            .toList());
  }
}
