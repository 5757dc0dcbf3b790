package io.streamglot.training.cli;

import io.streamglot.training.corpus.ParallelCorpus;
import io.streamglot.training.evaluate.Evaluator;
import io.streamglot.training.evaluate.Evaluator.Evaluation;
import io.streamglot.translator.BundleTranslator;
import io.streamglot.translator.Translator;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.decode.DecoderSettings;
import io.streamglot.translator.evaluate.Bleu;
import io.streamglot.translator.evaluate.Tokenization;
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
      "A source that occurs on several lines is translated once and scored against",
      "all its translations.",
      "",
      "Example:",
      "  ./streamglot evaluate --model models/en-fr --data dev.tsv.gz",
      "",
      "BLEU as results on Multi30K are published, with standard BLEU beside it:",
      "  ./streamglot evaluate --model models/en-de --data test.en.gz test.de.gz \\",
      "      --tokenizer moses --lowercase"
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

  @Option(
      names = "--tokenizer",
      paramLabel = "NAME",
      description =
          "Words of BLEU: 13a, zh, moses (en, de, fr; normalises punctuation) or none (default: zh"
              + " if the model writes Chinese, else 13a).")
  private String tokenizer;

  @Option(names = "--lowercase", description = "BLEU ignores case.")
  private boolean lowercase;

  @Option(names = "--output", paramLabel = "FILE", description = "Writes the translations there.")
  private Path output;

  @Override
  public Integer call() throws IOException {
    ParallelCorpus corpus = CorpusFiles.read(data);
    try (Translator translator =
        BundleTranslator.open(ModelBundle.open(model), DecoderSettings.DEFAULT)) {
      SearchOptions defaults = translator.manifest().search();
      SearchOptions options = beam == null ? defaults : withBeam(defaults);
      String language = translator.manifest().targetLanguage();
      Bleu standard = Bleu.standard(language);
      Bleu bleu = bleu(language);
      Evaluation evaluation = new Evaluator(translator, options, bleu).evaluate(corpus);
      if (output != null) {
        Files.write(output, evaluation.hypotheses());
      }
      PrintWriter out = spec.commandLine().getOut();
      out.printf("sentences %d, beam %d%n", evaluation.sentences(), options.beamSize());
      print(out, evaluation.bleu(), evaluation.bleu().signature());
      if (!bleu.equals(standard)) {
        Bleu.Score beside = standard.score(evaluation.hypotheses(), evaluation.references());
        print(out, beside, beside.signature());
      }
      print(out, evaluation.chrf(), evaluation.chrf().signature());
      out.flush();
    }
    return 0;
  }

  private static void print(PrintWriter out, Object score, String signature) {
    out.println(score);
    out.println("  " + signature);
  }

  private Bleu bleu(String language) {
    try {
      Tokenization tokenization =
          tokenizer == null
              ? Tokenization.standard(language)
              : Tokenization.named(tokenizer, language);
      return new Bleu(tokenization, lowercase, false);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--tokenizer: " + e.getMessage(), e);
    }
  }

  private SearchOptions withBeam(SearchOptions defaults) {
    try {
      return defaults.withBeamSize(beam);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
