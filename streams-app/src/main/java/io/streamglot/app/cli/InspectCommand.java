package io.streamglot.app.cli;

import io.streamglot.translator.bundle.BundleManifest;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.decode.DecoderSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a bundle says of itself, once everything in it has been checked. */
@Command(
    name = "inspect",
    description = "Check a model bundle and print what it says of itself.",
    footer = {
      "",
      "Checks the format version, the SHA-256 of every file, the tokenizer and the model's",
      "inputs and outputs. A damaged bundle gives one line and exit code 2.",
      "",
      "Example:",
      "  ./streamglot inspect models/en-fr"
    })
final class InspectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "Folder of the model bundle.")
  private Path model;

  @Override
  public Integer call() throws IOException {
    ModelBundle bundle = Models.bundle(model);
    Models.translator(bundle, DecoderSettings.DEFAULT).close();
    PrintWriter out = spec.commandLine().getOut();
    printIdentity(out, bundle.manifest());
    printFiles(out, bundle);
    section(out, "architecture", bundle.manifest().architecture());
    section(out, "training", bundle.manifest().training());
    printEvaluation(out, bundle.manifest());
    out.println("checked: every file has its SHA-256, the model loads and fits its tokenizer");
    out.flush();
    return 0;
  }

  private static void printIdentity(PrintWriter out, BundleManifest manifest) {
    SearchOptions search = manifest.search();
    BundleManifest.Limits limits = manifest.limits();
    line(out, "model", manifest.name() + " " + manifest.version());
    line(out, "languages", manifest.sourceLanguage() + " -> " + manifest.targetLanguage());
    line(out, "format version", manifest.formatVersion());
    line(out, "licence", manifest.license());
    line(out, "vocabulary", limits.vocabularySize() + " tokens");
    line(out, "longest source", limits.maxSourceLength() + " tokens");
    line(
        out,
        "search",
        "beam %d, length penalty %s, at most %s x source + %d tokens, pruning %s"
            .formatted(
                search.beamSize(),
                search.lengthPenalty(),
                search.maxLengthFactor(),
                search.maxLengthOffset(),
                search.pruning()));
  }

  private static void printFiles(PrintWriter out, ModelBundle bundle) throws IOException {
    out.println("files:");
    for (Map.Entry<String, String> file : new TreeMap<>(bundle.manifest().files()).entrySet()) {
      long bytes = Files.size(bundle.folder().resolve(file.getKey()));
      out.println(
          "  %-18s %,12d bytes  sha256 %s".formatted(file.getKey(), bytes, file.getValue()));
    }
  }

  private static void printEvaluation(PrintWriter out, BundleManifest manifest) {
    out.println("evaluation:" + (manifest.evaluation().isEmpty() ? " none" : ""));
    for (BundleManifest.Evaluation score : manifest.evaluation()) {
      out.println(
          String.format(
              Locale.ROOT,
              "  %s %s %.2f  %s",
              score.dataset(),
              score.metric(),
              score.score(),
              score.signature()));
    }
  }

  private static void section(PrintWriter out, String title, Map<String, String> values) {
    out.println(title + ":");
    new TreeMap<>(values).forEach((name, value) -> line(out, "  " + name, value));
  }

  private static void line(PrintWriter out, String name, Object value) {
    out.println("%-20s %s".formatted(name + ":", value));
  }
}
