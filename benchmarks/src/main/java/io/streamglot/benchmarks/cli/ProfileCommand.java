package io.streamglot.benchmarks.cli;

import io.streamglot.benchmarks.decoding.ProfiledRun;
import io.streamglot.benchmarks.decoding.SpecKey;
import io.streamglot.benchmarks.output.Machine;
import io.streamglot.benchmarks.output.Spread;
import io.streamglot.benchmarks.output.Table;
import io.streamglot.benchmarks.profile.KernelTime;
import io.streamglot.benchmarks.profile.ProductTime;
import io.streamglot.benchmarks.profile.Profile;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench profile}: where the time of a search goes. */
@Command(
    name = "profile",
    description = "Shows which operators the time of a search goes to, and how many rows are lost.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "SPEC is the folder of a bundle, which settings may follow: batch, beam, device, hypotheses,",
      "shortlist (see decode). Exit code 1 if a loop copies between devices.",
      "",
      "Example:",
      "  ./streamglot bench profile --file text.en --batch 64 --beam 4",
      "  ./streamglot bench profile --file text.en --model DIR,device=cuda:0"
    })
final class ProfileCommand implements Callable<Integer> {

  /** Times of one run, in microseconds: with the profiler off, and of what it saw when on. */
  private record Round(long plainMicros, long productMicros, long recurrentMicros) {

    /** Without the calls, of which there may be a million. */
    static Round of(ProfiledRun run) {
      Profile profile = run.profile();
      return new Round(run.plainMicros(), profile.productMicros(), profile.recurrentLayerMicros());
    }
  }

  @Spec private CommandSpec spec;

  @Mixin private ModelOption model;

  @Mixin private FileOption file;

  @Option(
      names = "--sentences",
      paramLabel = "N",
      defaultValue = "512",
      description = "Takes the first N texts (default: ${DEFAULT-VALUE}).")
  private Integer sentences;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "64",
      description = "Sentences a call (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--beam",
      paramLabel = "N",
      defaultValue = "4",
      description = "Hypotheses kept (default: ${DEFAULT-VALUE}).")
  private int beam;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Runs, for the time with the profiler off (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Override
  public Integer call() throws IOException {
    Options.requireOnly(
        spec,
        model.candidate(),
        SpecKey.BATCH,
        SpecKey.BEAM,
        SpecKey.DEVICE,
        SpecKey.HYPOTHESES,
        SpecKey.SHORTLIST);
    Options.requireAtLeastOne(spec, "--rounds", rounds);
    List<String> texts = Options.first(spec, sentences, file.texts());
    ProfiledRun run = profile(texts);
    List<Round> measured = new ArrayList<>(List.of(Round.of(run)));
    while (measured.size() < rounds) {
      measured.add(Round.of(profile(texts)));
    }
    PrintWriter out = spec.commandLine().getOut();
    Machine.lines().forEach(out::println);
    out.printf(
        "text       %s: %,d texts, %,d that the model takes whole, order: sorted%n",
        file, texts.size(), run.sentences());
    out.printf("model      %s: %s%n", model.candidate().spec(), run.bundle());
    out.printf(
        "settings   batch %d, beam %d, device %s%n%n",
        run.settings().batch(), run.settings().beam(), run.settings().decoder().device());
    operators(run.profile()).lines().forEach(out::println);
    out.println();
    products(run.profile()).lines().forEach(out::println);
    out.println();
    summary(run, out);
    out.println(withoutProfiler(measured));
    int exitCode = reportCopies(run.profile());
    out.flush();
    return exitCode;
  }

  private ProfiledRun profile(List<String> texts) throws IOException {
    return ProfiledRun.of(model.candidate(), model.settings(batch, beam), texts);
  }

  /** Copies between devices in each step would cost more than the step. */
  int reportCopies(Profile profile) {
    List<String> copies = profile.copiesInLoops();
    if (copies.isEmpty()) {
      spec.commandLine()
          .getOut()
          .printf(
              "copies     none between devices in a loop (computed by: %s)%n",
              String.join(", ", profile.providers()));
      return ExitCode.OK;
    }
    PrintWriter err = spec.commandLine().getErr();
    err.printf(
        "%s: nodes in a loop that copy between devices: expected none, actual %s%n",
        spec.qualifiedName(), String.join(", ", copies));
    err.flush();
    return ExitCode.SOFTWARE;
  }

  private static Table operators(Profile profile) {
    Table table = new Table("operator", "calls", "ms", "% of kernels", "us a call");
    for (KernelTime each : profile.byOperator()) {
      table.add(
          each.name(),
          Integer.toString(each.calls().size()),
          millis(each.micros()),
          share(each.micros(), profile),
          "%.1f".formatted((double) each.micros() / each.calls().size()));
    }
    return table;
  }

  private static Table products(Profile profile) {
    Table table =
        new Table("product", "operator", "widths", "where", "calls", "ms", "% of kernels");
    for (ProductTime each : profile.products()) {
      KernelTime time = each.time();
      table.add(
          time.name(),
          time.calls().get(0).operator(),
          each.widths(),
          each.inLoop() ? "in a loop" : "once a call",
          Integer.toString(time.calls().size()),
          millis(time.micros()),
          share(time.micros(), profile));
    }
    return table;
  }

  private static void summary(ProfiledRun run, PrintWriter out) {
    Profile profile = run.profile();
    out.printf(
        "time       %s ms in %d calls of the graph, %s ms of it in kernels%n",
        millis(profile.runMicros()), profile.runs(), millis(profile.kernelMicros()));
    out.printf(
        "products   %s %% of kernels; recurrent layers (LSTM, GRU, RNN) %s %%%n",
        share(profile.productMicros(), profile), share(profile.recurrentLayerMicros(), profile));
    long computed = run.computedRows();
    if (computed == 0) {
      out.printf("rows       computed: not told by the profile; needed %d%n", run.neededRows());
      return;
    }
    out.printf(
        "rows       computed %d in %d steps, needed %d: ratio %.3f%n",
        computed, run.steps(), run.neededRows(), (double) computed / run.neededRows());
  }

  private static String withoutProfiler(List<Round> rounds) {
    return ("off        %.1f ms with the profiler off: products take %s of it, with recurrent layers"
            + " %s; medians of %d rounds")
        .formatted(
            Spread.of(rounds.stream().map(round -> round.plainMicros() / 1e3).toList()).median(),
            percent(rounds, Round::productMicros),
            percent(rounds, round -> round.productMicros() + round.recurrentMicros()),
            rounds.size());
  }

  private static String percent(List<Round> rounds, ToLongFunction<Round> micros) {
    Spread shares =
        Spread.of(
            rounds.stream()
                .map(round -> 100.0 * micros.applyAsLong(round) / round.plainMicros())
                .toList());
    return "%.1f %% (%s)".formatted(shares.median(), shares.range());
  }

  private static String millis(long micros) {
    return "%.1f".formatted(micros / 1e3);
  }

  private static String share(long micros, Profile profile) {
    return "%.1f".formatted(100.0 * micros / profile.kernelMicros());
  }
}
