package io.streamglot.app.cli;

import io.streamglot.translator.BundleTranslator;
import io.streamglot.translator.Translation;
import io.streamglot.translator.TranslationRequest;
import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.decode.Sampling;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Lines in, lines out, in the same order; no Kafka.
 *
 * <p>Without {@code --nbest} line i of the output is the translation of line i of the input, and a
 * blank line stays as it is. The model cannot break this: the tokenizer makes a space of each line
 * break that the model writes.
 */
@Command(
    name = "translate",
    description = "Translate lines of standard input to standard output, without Kafka.",
    footer = {
      "",
      "Input and output are UTF-8, whatever the locale. Line i of the output belongs to line i of",
      "the input; blank lines stay blank. Input that is not UTF-8 ends the run with exit code 2.",
      "",
      "Output, by option:",
      "  (none)      TRANSLATION",
      "  --scores    SCORE <tab> TRANSLATION",
      "  --nbest N   INDEX ||| TRANSLATION ||| SCORE    best first; at most N lines an input",
      "              line: equal texts are merged, a blank line has one; INDEX counts from 0",
      "",
      "With --sample each token is drawn by lot from the model's distribution; --beam and --nbest do",
      "not go with it. The lots follow from the seed and the line, whatever lines are around it. A",
      "model of integers rounds with them, so that one line in some hundreds may still change.",
      "",
      "SCORE is the log-probability, divided by the length to the model's length penalty.",
      "",
      "Example:",
      "  echo 'Where is the station?' | ./streamglot translate --model models/en-fr"
    })
final class TranslateCommand implements Callable<Integer> {
  private static final int BATCH_LINES = 256;

  @Spec private CommandSpec spec;

  @Mixin private ModelOption model;

  @Mixin private DecoderOptions decoder;

  @Option(
      names = "--nbest",
      paramLabel = "N",
      description = "Print the N best translations, 1 to " + SearchOptions.MAX_BEAM_SIZE + ".")
  private Integer nBest;

  @Option(names = "--scores", description = "Print the score before each translation.")
  private boolean scores;

  @Option(
      names = "--beam",
      paramLabel = "N",
      description =
          "Hypotheses kept while searching, 1 (greedy) to "
              + SearchOptions.MAX_BEAM_SIZE
              + " (default: the model's choice).")
  private Integer beam;

  @Mixin private SamplingOptions sampling;

  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      description =
          "Begin every translation with this text, white space at its ends excepted; its last word"
              + " may go on. A line whose translation may not be that long ends the command.")
  private String prefix = "";

  private final InputStream in;
  private final Output out;

  TranslateCommand(InputStream in, Output out) {
    this.in = in;
    this.out = out;
  }

  @Override
  public Integer call() throws InterruptedException {
    checkRange("--beam", beam);
    checkRange("--nbest", nBest);
    if (beam != null && nBest != null && nBest > beam) {
      throw new ParameterException(
          spec.commandLine(),
          "--nbest: expected at most the --beam of %d, actual %d".formatted(beam, nBest));
    }
    Optional<Sampling> lots = sampling.sampling(spec);
    if (lots.isPresent() && (beam != null || nBest != null)) {
      throw new ParameterException(
          spec.commandLine(),
          "--sample: expected without --beam and --nbest, it draws one translation");
    }
    if (prefix.codePoints().anyMatch(TranslateCommand::isNoText)) {
      throw new ParameterException(
          spec.commandLine(),
          "--prefix: expected UTF-8 without control characters, actual others in it");
    }
    try (BundleTranslator translator =
        Models.translator(Models.bundle(model.folder()), decoder.settings())) {
      translateAll(translator, options(translator.manifest().search()), lots);
    }
    return 0;
  }

  private void checkRange(String option, Integer value) {
    if (value != null && (value < 1 || value > SearchOptions.MAX_BEAM_SIZE)) {
      throw new ParameterException(
          spec.commandLine(),
          "%s: expected 1 to %d, actual %d".formatted(option, SearchOptions.MAX_BEAM_SIZE, value));
    }
  }

  private SearchOptions options(SearchOptions defaults) {
    SearchOptions widened = beam == null ? defaults : defaults.withBeamSize(beam);
    return widened.withNBest(nBest == null ? 1 : nBest);
  }

  /** A control character, or what stands for bytes that are no UTF-8. */
  private static boolean isNoText(int character) {
    return Character.isISOControl(character) || character == '\uFFFD';
  }

  private void translateAll(
      BundleTranslator translator, SearchOptions options, Optional<Sampling> lots)
      throws InterruptedException {
    ReadAhead lines = ReadAhead.start(new LineReader(in), 2 * BATCH_LINES);
    long index = 0;
    for (List<String> batch = lines.nextBatch(BATCH_LINES);
        !batch.isEmpty();
        batch = lines.nextBatch(BATCH_LINES)) {
      TranslationRequest request =
          new TranslationRequest(batch, Collections.nCopies(batch.size(), prefix), options, lots);
      for (Translation translation : translate(translator, request)) {
        print(index++, translation);
      }
      out.requireWritten();
    }
  }

  /** What the user can mend: a prefix too long for a line, a model without prefixes or lots. */
  private List<Translation> translate(BundleTranslator translator, TranslationRequest request) {
    try {
      return translator.translate(request);
    } catch (UnsupportedOperationException e) {
      throw new UserErrorException(model.folder() + ": " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw prefix.isEmpty() ? e : new UserErrorException("--prefix: " + e.getMessage());
    }
  }

  private void print(long index, Translation translation) {
    if (translation.truncated()) {
      Notice.print(
          spec,
          "line %d: longer than the model takes, only its beginning was translated"
              .formatted(index + 1));
    }
    String text = translation.text();
    if (nBest != null) {
      printRanked(index, text, translation.score());
      for (Translation.Alternative next : translation.alternatives()) {
        printRanked(index, next.text(), next.score());
      }
    } else if (scores) {
      out.print(decimal(translation.score()) + "\t" + text + "\n");
    } else {
      out.print(text + "\n");
    }
  }

  private void printRanked(long index, String text, float score) {
    out.print(index + " ||| " + text + " ||| " + decimal(score) + "\n");
  }

  private static String decimal(float score) {
    return String.format(Locale.ROOT, "%.4f", score);
  }
}
