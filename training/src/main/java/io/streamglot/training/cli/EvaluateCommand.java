package io.streamglot.training.cli;

import io.streamglot.training.corpus.ParallelCorpus;
import io.streamglot.training.evaluate.Evaluator;
import io.streamglot.translator.BundleTranslator;
import io.streamglot.translator.Translator;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.decode.DecoderSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code evaluate}: scores a bundle on parallel text. */
@Command(
    name = "evaluate",
    description = "Scores a bundle on parallel text: BLEU and chrF with their signatures.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "A source that occurs on several lines is translated once and scored against all its",
      "translations.",
      "",
      "Example:",
      "  ./streamglot evaluate --model models/en-fr --data dev.tsv.gz"
    })
final class EvaluateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(names = "--model", required = true, paramLabel = "DIR", description = "The bundle.")
  private Path model;

  @Option(
      names = "--data",
      required = true,
      arity = "1..2",
      paramLabel = "FILE",
      description = "One tab-separated file, or source and target; plain or gzip.")
  private List<Path> data;

  @Option(names = "--beam", description = "Beam (default: the bundle's).")
  private Integer beam;

  @Option(names = "--output", paramLabel = "FILE", description = "Writes the translations there.")
  private Path output;

  @Override
  public Integer call() throws IOException {
    ParallelCorpus corpus = CorpusFiles.read(data);
    try (Translator translator =
        BundleTranslator.open(ModelBundle.open(model), DecoderSettings.DEFAULT)) {
      SearchOptions defaults = translator.manifest().search();
      SearchOptions options = beam == null ? defaults : withBeam(defaults);
      Evaluator.Evaluation evaluation = new Evaluator(translator, options).evaluate(corpus);
      if (output != null) {
        Files.write(output, evaluation.hypotheses());
      }
      PrintWriter out = spec.commandLine().getOut();
      out.printf("sentences %d, beam %d%n", evaluation.sentences(), options.beamSize());
      out.println(evaluation.bleu());
      out.println("  " + evaluation.bleu().signature());
      out.println(evaluation.chrf());
      out.println("  " + evaluation.chrf().signature());
      out.flush();
    }
    return 0;
  }

  private SearchOptions withBeam(SearchOptions defaults) {
    try {
      return defaults.withBeamSize(beam);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
