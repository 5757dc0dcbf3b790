package io.streamglot.benchmarks.cli;

import io.streamglot.app.ops.ProcessMemory;
import io.streamglot.benchmarks.decoding.Bundles;
import io.streamglot.benchmarks.decoding.RunSettings;
import io.streamglot.benchmarks.decoding.Soak;
import io.streamglot.benchmarks.decoding.Soak.Sample;
import io.streamglot.benchmarks.output.CsvFile;
import io.streamglot.benchmarks.output.Machine;
import io.streamglot.translator.BundleTranslator;
import io.streamglot.translator.Translator;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.text.Tokenizer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench soak}: memory over a long run. */
@Command(
    name = "soak",
    description = "Translates a file again and again and watches the memory of the process.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "SPEC is the folder of a bundle, which settings may follow, as for decode: batch, beam,",
      "threads, device, hypotheses, shortlist, pruning. A settled",
      "heap makes the growth easier to read: STREAMGLOT_JAVA_OPTS=\"-Xms512m -Xmx512m",
      "-XX:+AlwaysPreTouch\".",
      "",
      "Example:",
      "  ./streamglot bench soak --file text.en --tokens 10000000 --csv memory.csv"
    })
final class SoakCommand implements Callable<Integer> {

  private static final double MEBIBYTE = 1 << 20;

  @Spec private CommandSpec spec;

  @Mixin private ModelOption model;

  @Mixin private FileOption file;

  @Option(
      names = "--tokens",
      paramLabel = "N",
      defaultValue = "10000000",
      description = "Target tokens to make (default: ${DEFAULT-VALUE}).")
  private long tokens;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "64",
      description = "Texts a call (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(names = "--csv", paramLabel = "FILE", description = "Writes each sample there.")
  private Path csv;

  @Override
  public Integer call() throws IOException {
    Options.requireAtLeastOne(spec, "--tokens", tokens);
    List<String> texts = file.texts();
    ModelBundle bundle = Bundles.open(model.candidate().folder());
    RunSettings settings = model.settings(batch, bundle.manifest().search().beamSize());
    PrintWriter out = spec.commandLine().getOut();
    Machine.lines().forEach(out::println);
    out.printf("text       %s: %,d texts%n", file, texts.size());
    out.printf("model      %s: %s%n", model.candidate().spec(), Bundles.describe(bundle));
    out.printf(
        "settings   batch %d, beam %d, threads %d, device %s; tokens are counted by encoding translations"
            + " again%n",
        settings.batch(), settings.beam(), settings.threads(), settings.decoder().device());
    if (ProcessMemory.residentBytes().isEmpty()) {
      out.printf("resident   not told: %s is not there%n", ProcessMemory.STATUS);
    }
    out.printf(
        "%n%14s %10s %12s %10s %14s %10s%n",
        "tokens", "s", "resident MiB", "heap MiB", "committed MiB", "direct MiB");
    out.flush();
    try (Translator translator = BundleTranslator.open(bundle, settings.decoder());
        Tokenizer tokenizer = Tokenizer.open(bundle.tokenizerFile());
        CsvFile<Sample> rows = CsvFile.open(Optional.ofNullable(csv), Sample.class)) {
      Soak soak =
          new Soak(
              translator,
              tokenizer,
              settings.search(bundle.manifest().search()),
              texts,
              settings.batch());
      Soak.Result result =
          soak.run(
              settings.threads(),
              tokens,
              sample -> {
                print(sample, out);
                rows.add(sample);
              });
      out.println();
      result
          .residentGrowth()
          .ifPresentOrElse(
              growth ->
                  out.printf(
                      "growth     %.2f MiB of resident memory a million tokens, after the first"
                          + " 10 %% (line through the samples)%n",
                      growth * 1e6 / MEBIBYTE),
              () -> out.println("growth     not told: too few samples of resident memory"));
      result
          .bytesPerSentence()
          .ifPresentOrElse(
              bytes ->
                  out.printf(
                      "allocated  %.0f bytes of Java's heap a sentence, after the first 10 %%%n",
                      bytes),
              () ->
                  out.println("allocated  not told: nothing was translated after the first 10 %"));
      out.flush();
    }
    return 0;
  }

  private static void print(Sample sample, PrintWriter out) {
    out.printf(
        "%14d %10.1f %12s %10.1f %14.1f %10.1f%n",
        sample.targetTokens(),
        sample.seconds(),
        sample.residentBytes() == null ? "-" : "%.1f".formatted(sample.residentBytes() / MEBIBYTE),
        sample.heapUsedBytes() / MEBIBYTE,
        sample.heapCommittedBytes() / MEBIBYTE,
        sample.directBytes() / MEBIBYTE);
    out.flush();
  }
}
