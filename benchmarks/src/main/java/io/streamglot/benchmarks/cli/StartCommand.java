package io.streamglot.benchmarks.cli;

import io.streamglot.benchmarks.decoding.Bundles;
import io.streamglot.benchmarks.decoding.SpecKey;
import io.streamglot.benchmarks.decoding.Startup;
import io.streamglot.benchmarks.decoding.Startup.Stage;
import io.streamglot.benchmarks.output.Machine;
import io.streamglot.benchmarks.output.Spread;
import io.streamglot.benchmarks.output.Table;
import io.streamglot.translator.bundle.ModelBundle;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench start}: time from the start of a process to its first translation. */
@Command(
    name = "start",
    description = "Measures fresh processes from their start to their first translation.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "SPEC is the folder of a bundle, which a setting may follow: beam.",
      "",
      "Example:",
      "  ./streamglot bench start --model models/en-fr --rounds 9"
    })
final class StartCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ModelOption model;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Processes to start, one after another (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Override
  public Integer call() throws IOException {
    Options.requireOnly(spec, model.candidate(), SpecKey.BEAM);
    Options.requireAtLeastOne(spec, "--rounds", rounds);
    ModelBundle bundle = Bundles.open(model.candidate().folder());
    int beam = model.settings(1, bundle.manifest().search().beamSize()).beam();
    PrintWriter out = spec.commandLine().getOut();
    Machine.lines().forEach(out::println);
    out.printf("model      %s: %s%n", model.candidate().spec(), Bundles.describe(bundle));
    out.printf("settings   beam %d%n%n", beam);
    out.flush();
    List<Map<Stage, Double>> measured = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      measured.add(Startup.measure(bundle.folder(), beam));
    }
    table(measured).lines().forEach(out::println);
    out.flush();
    return 0;
  }

  private static Table table(List<Map<Stage, Double>> rounds) {
    List<String> headings = new ArrayList<>(List.of("ms to"));
    for (int round = 1; round <= rounds.size(); round++) {
      headings.add("round " + round);
    }
    headings.add("median");
    Table table = new Table(headings.toArray(String[]::new));
    for (Stage stage : Stage.values()) {
      add(
          stage.name().toLowerCase(Locale.ROOT),
          rounds.stream().map(round -> round.get(stage)).toList(),
          table);
    }
    add(
        "all",
        rounds.stream()
            .map(round -> round.values().stream().mapToDouble(Double::doubleValue).sum())
            .toList(),
        table);
    return table;
  }

  private static void add(String name, List<Double> millis, Table table) {
    List<String> cells = new ArrayList<>(List.of(name));
    millis.forEach(each -> cells.add("%.0f".formatted(each)));
    cells.add("%.0f".formatted(Spread.of(millis).median()));
    table.add(cells.toArray(String[]::new));
  }
}
