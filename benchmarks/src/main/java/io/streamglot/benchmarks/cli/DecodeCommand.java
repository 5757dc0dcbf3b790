package io.streamglot.benchmarks.cli;

import io.streamglot.benchmarks.decoding.Bundles;
import io.streamglot.benchmarks.decoding.Candidate;
import io.streamglot.benchmarks.decoding.DecodeBenchmark;
import io.streamglot.benchmarks.decoding.LoadedModel;
import io.streamglot.benchmarks.decoding.Measurement;
import io.streamglot.benchmarks.decoding.RunSettings;
import io.streamglot.benchmarks.decoding.Workload;
import io.streamglot.benchmarks.output.CsvFile;
import io.streamglot.benchmarks.output.Machine;
import io.streamglot.benchmarks.output.Spread;
import io.streamglot.benchmarks.output.Table;
import io.streamglot.training.report.Figure;
import io.streamglot.training.report.LineChart;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench decode}: sentences a second, of one candidate or several in turn. */
@Command(
    name = "decode",
    description = "Measures sentences a second of one candidate, or of several in turn.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "SPEC is the folder of a bundle, which settings may follow that it keeps in every cell of the",
      "grid: batch, beam, threads, device (cpu unless given), hypotheses (most in one run of the",
      "graph: sentences times beam), shortlist (on or off), pruning (0 to below 1).",
      "",
      "In each cell all candidates take turns, round by round, on sentences that were encoded",
      "before; one more round goes before those that count.",
      "",
      "Examples:",
      "  ./streamglot bench decode --file text.en --batch 1,64 --beam 4",
      "",
      "  ./streamglot bench decode --file dev.tsv.gz --model models/en-fr \\",
      "      --against models/en-fr,beam=1 --csv rounds.csv --plot speed.svg"
    })
final class DecodeCommand implements Callable<Integer> {

  /** More cannot be told apart in one chart. */
  private static final int MOST_LINES = 4;

  @Spec private CommandSpec spec;

  @Mixin private ModelOption model;

  @Option(
      names = "--against",
      paramLabel = "SPEC",
      converter = CandidateConverter.class,
      description = "A candidate to compare with the first; may be given again.")
  private List<Candidate> against = List.of();

  @Mixin private FileOption file;

  @Option(
      names = "--sentences",
      paramLabel = "N",
      description = "Takes the first N texts (default: all).")
  private Integer sentences;

  @Option(
      names = "--batch",
      split = ",",
      paramLabel = "N",
      defaultValue = "1,16,64",
      description = "Sentences a call (default: ${DEFAULT-VALUE}).")
  private List<Integer> batch;

  @Option(
      names = "--beam",
      split = ",",
      paramLabel = "N",
      defaultValue = "1,4",
      description = "Hypotheses kept (default: ${DEFAULT-VALUE}).")
  private List<Integer> beam;

  @Option(
      names = "--threads",
      split = ",",
      paramLabel = "N",
      defaultValue = "1,2",
      description = "Searches at once, each on a thread of its own (default: ${DEFAULT-VALUE}).")
  private List<Integer> threads;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "7",
      description = "Rounds that count (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--order",
      paramLabel = "sorted|file",
      defaultValue = "sorted",
      description = "By length, as serving batches, or as in the file (default: ${DEFAULT-VALUE}).")
  private Workload.Order order;

  @Option(names = "--csv", paramLabel = "FILE", description = "Writes each round there.")
  private Path csv;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description = "Draws sentences a second by batch there, .svg or .png.")
  private Path plot;

  /** A row of the CSV: one candidate, cell and round; rounds of one cell are what to compare. */
  record Row(
      int cell,
      int round,
      String candidate,
      String spec,
      String name,
      String version,
      int batch,
      int beam,
      int threads,
      int sentences,
      long sourceTokens,
      long targetTokens,
      double seconds) {}

  static CommandLine commandLine() {
    return new CommandLine(new DecodeCommand()).setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public Integer call() throws IOException {
    List<RunSettings> grid = grid();
    Options.requireAtLeastOne(spec, "--rounds", rounds);
    if (plot != null) {
      Figure.requireTarget(plot);
      requireFewLines();
    }
    List<String> texts = Options.first(spec, sentences, file.texts());
    try (Models models = Models.open(candidates());
        CsvFile<Row> rows = CsvFile.open(Optional.ofNullable(csv), Row.class)) {
      Workload workload = Workload.of(texts, models.all(), order);
      PrintWriter out = spec.commandLine().getOut();
      Machine.lines().forEach(out::println);
      describe(models.all(), workload).forEach(out::println);
      out.println();
      out.flush();
      List<Measurement> measurements = new ArrayList<>();
      for (int cell = 0; cell < grid.size(); cell++) {
        progress(cell + 1, grid);
        for (Measurement each :
            new DecodeBenchmark(models.all(), workload, rounds).measure(grid.get(cell))) {
          measurements.add(each);
          write(cell + 1, each, models.all().get(each.candidate()), rows);
        }
      }
      table(measurements, models.all().size()).lines().forEach(out::println);
      out.flush();
      if (plot != null) {
        chart(measurements).figure().write(plot);
        out.println(plot + " written");
        out.flush();
      }
    }
    return 0;
  }

  private List<Candidate> candidates() {
    List<Candidate> candidates = new ArrayList<>();
    candidates.add(model.candidate());
    candidates.addAll(against);
    return candidates;
  }

  private List<RunSettings> grid() {
    List<RunSettings> grid = new ArrayList<>();
    try {
      for (int hypotheses : beam) {
        for (int callers : threads) {
          for (int size : batch) {
            grid.add(new RunSettings(size, hypotheses, callers));
          }
        }
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
    }
    return grid;
  }

  private void requireFewLines() {
    int lines = candidates().size() * beam.size() * threads.size();
    if (lines > MOST_LINES) {
      throw new ParameterException(
          spec.commandLine(),
          "--plot: lines, one for each candidate, beam and threads: expected at most %d, actual %d"
              .formatted(MOST_LINES, lines));
    }
  }

  private List<String> describe(List<LoadedModel> models, Workload workload) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(
        "text       %s: %,d texts, %,d that every candidate takes whole, order: %s"
            .formatted(
                file,
                workload.texts(),
                workload.sentences(),
                order.name().toLowerCase(Locale.ROOT)));
    lines.add("rounds     %d, and one before them; tokens without end tokens".formatted(rounds));
    for (int i = 0; i < models.size(); i++) {
      lines.add(
          "%-9s  %s: %s"
              .formatted(
                  label(i),
                  models.get(i).candidate().spec(),
                  Bundles.describe(models.get(i).bundle())));
    }
    return lines;
  }

  private void progress(int number, List<RunSettings> grid) {
    RunSettings cell = grid.get(number - 1);
    PrintWriter err = spec.commandLine().getErr();
    err.printf(
        "%d of %d: batch %d, beam %d, threads %d%n",
        number, grid.size(), cell.batch(), cell.beam(), cell.threads());
    err.flush();
  }

  /** A, B, C, .. */
  private static String label(int candidate) {
    return candidate < 26 ? Character.toString('A' + candidate) : "#" + (candidate + 1);
  }

  private static void write(int cell, Measurement each, LoadedModel model, CsvFile<Row> rows)
      throws IOException {
    for (int round = 0; round < each.rounds().size(); round++) {
      rows.add(
          new Row(
              cell,
              round + 1,
              label(each.candidate()),
              model.candidate().spec(),
              model.bundle().manifest().name(),
              model.bundle().manifest().version(),
              each.settings().batch(),
              each.settings().beam(),
              each.settings().threads(),
              each.sentences(),
              each.sourceTokens(),
              each.targetTokens(),
              each.rounds().get(round).seconds()));
    }
  }

  /** Candidates of a cell stand together; what compares them is there if there are several. */
  private static Table table(List<Measurement> measurements, int candidates) {
    List<String> headings =
        new ArrayList<>(
            List.of(
                "candidate",
                "batch",
                "beam",
                "threads",
                "sentences/s",
                "tokens/s",
                "ms/batch p50"));
    headings.addAll(List.of("p90", "median s", "min..max"));
    if (candidates > 1) {
      headings.addAll(List.of("times A", "min..max", "same as A"));
    }
    Table table = new Table(headings.toArray(String[]::new));
    for (int i = 0; i < measurements.size(); i++) {
      Measurement each = measurements.get(i);
      Measurement first = measurements.get(i - each.candidate());
      List<String> cells = new ArrayList<>(cells(each));
      if (candidates > 1) {
        Spread speed = each.speedOver(first);
        cells.add("%.3f".formatted(speed.median()));
        cells.add(speed.range());
        cells.add("%d of %d".formatted(each.same(), each.sentences()));
      }
      table.add(cells.toArray(String[]::new));
    }
    return table;
  }

  private static List<String> cells(Measurement each) {
    Spread seconds = each.seconds();
    Spread millis = each.batchMillis();
    return List.of(
        label(each.candidate()),
        Integer.toString(each.settings().batch()),
        Integer.toString(each.settings().beam()),
        Integer.toString(each.settings().threads()),
        "%.1f".formatted(each.sentencesPerSecond()),
        "%.0f".formatted(each.targetTokensPerSecond()),
        "%.2f".formatted(millis.median()),
        "%.2f".formatted(millis.percentile(90)),
        "%.3f".formatted(seconds.median()),
        seconds.range());
  }

  /** A line is named by what tells it from the others. */
  private LineChart chart(List<Measurement> measurements) {
    Map<String, List<LineChart.Value>> lines = new LinkedHashMap<>();
    for (Measurement each : measurements) {
      String name =
          label(each.candidate())
              + (beam.size() == 1 ? "" : ", beam " + each.cell().beam())
              + (threads.size() == 1 ? "" : ", threads " + each.cell().threads());
      lines
          .computeIfAbsent(name, none -> new ArrayList<>())
          .add(new LineChart.Value(each.settings().batch(), each.sentencesPerSecond()));
    }
    return new LineChart(
        "Sentences a second, by sentences a batch",
        "sentences a batch",
        lines.entrySet().stream()
            .map(line -> new LineChart.Line(line.getKey(), line.getValue()))
            .toList());
  }
}
