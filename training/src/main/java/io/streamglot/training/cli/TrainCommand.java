package io.streamglot.training.cli;

import io.streamglot.training.TrainingPlan;
import io.streamglot.training.TrainingRun;
import io.streamglot.training.corpus.CorpusFilter;
import io.streamglot.training.corpus.ParallelCorpus;
import io.streamglot.training.export.ParityException;
import io.streamglot.training.model.Device;
import io.streamglot.training.model.Dropout;
import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.model.Precision;
import io.streamglot.training.train.Decay;
import io.streamglot.training.train.TrainingConfig;
import io.streamglot.translator.bundle.SearchOptions;
import java.io.IOException;
import java.io.PrintStream;
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

/** {@code train}: from parallel text to a bundle. */
@Command(
    name = "train",
    description = "Trains a model on parallel text and writes it as a bundle.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true,
    footer = {
      "",
      "An interrupted run goes on from its last checkpoint when the same command is given again.",
      "",
      "Example:",
      "  ./streamglot train --train train.tsv.gz --dev dev.tsv.gz \\",
      "      --source en --target fr --name en-fr --out models/en-fr"
    })
final class TrainCommand implements Callable<Integer> {

  private static final float LENGTH_PENALTY = 1;
  private static final float MAX_LENGTH_FACTOR = 2;
  private static final int MAX_LENGTH_OFFSET = 10;

  @Spec private CommandSpec spec;

  @Option(
      names = "--train",
      required = true,
      arity = "1..2",
      paramLabel = "FILE",
      description = "Pairs to learn from: one tab-separated file, or source and target; gzip too.")
  private List<Path> train;

  @Option(
      names = "--dev",
      required = true,
      arity = "1..2",
      paramLabel = "FILE",
      description = "Pairs to validate with; equal sources count as one with several references.")
  private List<Path> dev;

  @Option(names = "--source", required = true, description = "Source language, such as en.")
  private String source;

  @Option(names = "--target", required = true, description = "Target language, such as fr.")
  private String target;

  @Option(names = "--out", required = true, description = "Folder of the bundle.")
  private Path out;

  @Option(names = "--name", description = "Name of the model (default: SOURCE-TARGET).")
  private String name;

  @Option(names = "--model-version", defaultValue = "1.0.0", description = "Its version.")
  private String version;

  @Option(names = "--license", defaultValue = "unspecified", description = "Its licence.")
  private String license;

  @Option(names = "--notes", description = "Markdown file that ends the model card.")
  private Path notes;

  @Option(
      names = "--run-dir",
      description = "Folder of checkpoints and tokenizer (default: runs/NAME).")
  private Path runFolder;

  @Option(names = "--max-words", defaultValue = "60", description = "Longest side of a pair.")
  private int maxWords;

  @Option(names = "--max-ratio", defaultValue = "4", description = "Longer over shorter side.")
  private double maxRatio;

  @Option(names = "--max-tokens", defaultValue = "64", description = "Longest source, in tokens.")
  private int maxTokens;

  @Option(names = "--vocabulary", defaultValue = "6000", description = "Tokens, joint.")
  private int vocabulary;

  @Option(names = "--embedding", defaultValue = "256", description = "Units of an embedding.")
  private int embedding;

  @Option(names = "--encoder", defaultValue = "256", description = "Encoder units a direction.")
  private int encoder;

  @Option(names = "--decoder", defaultValue = "384", description = "Decoder units.")
  private int decoder;

  @Option(names = "--attention", defaultValue = "256", description = "Attention units.")
  private int attention;

  @Option(names = "--epochs", defaultValue = "10", description = "Passes over the data at most.")
  private int epochs;

  @Option(names = "--batch-tokens", defaultValue = "1200", description = "Tokens of a batch.")
  private int batchTokens;

  @Option(names = "--learning-rate", defaultValue = "0.0015", description = "Highest rate.")
  private double learningRate;

  @Option(names = "--warmup", defaultValue = "300", description = "Steps of linear warm-up.")
  private int warmup;

  @Option(
      names = "--decay",
      defaultValue = "LINEAR",
      description = "How the rate falls: ${COMPLETION-CANDIDATES}.")
  private Decay decay;

  @Option(
      names = "--decay-patience",
      defaultValue = "3",
      description = "Validations without gain that make a plateau.")
  private int decayPatience;

  @Option(names = "--dropout", defaultValue = "0.15", description = "Dropout probability.")
  private double dropout;

  @Option(
      names = "--bpe-dropout",
      defaultValue = "0",
      description = "Probability of a merge left out of the training pairs.")
  private double bpeDropout;

  @Option(names = "--label-smoothing", defaultValue = "0.1", description = "Smoothed share.")
  private double labelSmoothing;

  @Option(names = "--clip-norm", defaultValue = "1", description = "Greatest gradient norm.")
  private double clipNorm;

  @Option(names = "--weight-decay", defaultValue = "0", description = "Decoupled, times the rate.")
  private double weightDecay;

  @Option(
      names = "--averaging",
      defaultValue = "0",
      description = "Decay of the moving average of the parameters that is kept; 0 averages none.")
  private double averaging;

  @Option(names = "--validate-every", defaultValue = "500", description = "Steps.")
  private int validationSteps;

  @Option(names = "--patience", defaultValue = "10", description = "Validations without gain.")
  private int patience;

  @Option(names = "--beam", defaultValue = "4", description = "Beam of validation and bundle.")
  private int beam;

  @Option(names = "--seed", defaultValue = "1", description = "Seed of everything random.")
  private long seed;

  @Option(names = "--threads", defaultValue = "1", description = "Threads of libtorch.")
  private int threads;

  @Option(
      names = "--precision",
      defaultValue = "FLOAT32",
      description = "Number format of products: ${COMPLETION-CANDIDATES}.")
  private Precision precision;

  @Option(
      names = "--device",
      defaultValue = "CPU",
      description = "Where to compute: ${COMPLETION-CANDIDATES}; CUDA takes a build with -Pcuda.")
  private Device device;

  private final PrintStream progress;

  TrainCommand(PrintStream progress) {
    this.progress = progress;
  }

  @Override
  public Integer call() throws IOException, ParityException {
    TrainingPlan plan = plan();
    PrintWriter out = spec.commandLine().getOut();
    out.println(train(plan).summary());
    out.flush();
    return 0;
  }

  private TrainingRun.Outcome train(TrainingPlan plan) throws IOException, ParityException {
    try (ProgressBarListener listener = new ProgressBarListener(progress)) {
      return TrainingRun.run(plan, listener, progress::println);
    }
  }

  private TrainingPlan plan() throws IOException {
    try {
      return planOf(CorpusFiles.read(train), CorpusFiles.read(dev));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private TrainingPlan planOf(ParallelCorpus pairs, ParallelCorpus devPairs) throws IOException {
    String model = name == null ? source + "-" + target : name;
    return new TrainingPlan(
        new TrainingPlan.Identity(
            model,
            version,
            source,
            target,
            license,
            "./streamglot " + String.join(" ", spec.commandLine().getParseResult().originalArgs()),
            notes == null ? "" : Files.readString(notes)),
        pairs,
        devPairs,
        new CorpusFilter.Settings(maxWords, maxRatio, true),
        ModelConfig.bahdanau(vocabulary, embedding, encoder, decoder, attention),
        maxTokens,
        new TrainingConfig(
            seed,
            epochs,
            batchTokens,
            learningRate,
            warmup,
            decay,
            decayPatience,
            new Dropout(dropout, dropout, dropout),
            bpeDropout,
            labelSmoothing,
            clipNorm,
            weightDecay,
            averaging,
            validationSteps,
            patience,
            threads,
            precision,
            device),
        new SearchOptions(beam, 1, LENGTH_PENALTY, MAX_LENGTH_FACTOR, MAX_LENGTH_OFFSET),
        runFolder == null ? Path.of("runs", model) : runFolder,
        out);
  }
}
