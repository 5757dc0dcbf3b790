package io.streamglot.training.cli;

import io.streamglot.training.report.AttentionHeatMap;
import io.streamglot.training.report.AttentionReader;
import io.streamglot.training.report.Figure;
import io.streamglot.translator.bundle.ModelBundle;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code attention}: draws what a model attended to in one sentence. */
@Command(
    name = "attention",
    description = "Translates a sentence and draws what the model attended to.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "A row for each target token, a column for each source token: the darker, the more",
      "attention. _ is the space before a word.",
      "",
      "Example:",
      "  ./streamglot attention --model models/en-fr \\",
      "      --text \"The cat sleeps.\" --out map.svg"
    })
final class AttentionCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(names = "--model", required = true, paramLabel = "DIR", description = "The bundle.")
  private Path model;

  @Option(names = "--text", required = true, paramLabel = "TEXT", description = "The sentence.")
  private String text;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where to draw: .svg or .png.")
  private Path file;

  @Override
  public Integer call() throws IOException {
    Figure.requireTarget(file);
    try (AttentionReader reader = AttentionReader.open(ModelBundle.open(model))) {
      AttentionReader.Result result = read(reader);
      AttentionHeatMap map =
          result
              .heatMap()
              .orElseThrow(
                  () ->
                      new IOException(
                          model
                              + ": attention: expected a model that has it, and a translation of at"
                              + " least 1 token, actual '"
                              + result.translation()
                              + "' without"));
      map.figure().write(file);
      PrintWriter out = spec.commandLine().getOut();
      out.println(result.translation());
      out.flush();
    }
    return 0;
  }

  private AttentionReader.Result read(AttentionReader reader) {
    try {
      return reader.read(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
