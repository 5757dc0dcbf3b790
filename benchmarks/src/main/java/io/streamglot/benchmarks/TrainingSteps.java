package io.streamglot.benchmarks;

import io.streamglot.app.ops.ProcessMemory;
import io.streamglot.training.corpus.EncodedPair;
import io.streamglot.training.corpus.Epochs;
import io.streamglot.training.model.Device;
import io.streamglot.training.model.Dropout;
import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.model.Parameters;
import io.streamglot.training.model.Precision;
import io.streamglot.training.model.Seq2Seq;
import io.streamglot.training.train.CheckpointStore;
import io.streamglot.training.train.Decay;
import io.streamglot.training.train.RunIdentity;
import io.streamglot.training.train.Trainer;
import io.streamglot.training.train.TrainingConfig;
import io.streamglot.training.train.TrainingListener;
import io.streamglot.training.train.Validation;
import io.streamglot.translator.bundle.SearchOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Times the steps of the training loop on batches of equal random sentences: 88 pairs of 17 tokens,
 * a vocabulary of 5,000, the sizes of the shipped model. {@code pytorch_steps.py} does the same in
 * PyTorch.
 *
 * <p>Arguments: precision ({@code FLOAT32} or {@code BFLOAT16}), steps to time, and optionally the
 * device. Prints the median, lowest and highest time of a step in milliseconds, and the resident
 * memory at the end in MiB.
 */
public final class TrainingSteps {

  private static final int VOCABULARY = 5000;
  private static final int PAIRS = 88;
  private static final int LENGTH = 17;
  private static final int WARM_UP = 5;
  private static final SearchOptions SEARCH = new SearchOptions(4, 1, 1, 2, 10);

  private TrainingSteps() {}

  /** Runs the benchmark. */
  public static void main(String[] arguments) throws IOException {
    Precision precision = Precision.valueOf(arguments[0]);
    int steps = Integer.parseInt(arguments[1]);
    Device device = arguments.length > 2 ? Device.valueOf(arguments[2]) : Device.CPU;
    device.require();
    Stopwatch stopwatch = new Stopwatch();
    Path folder = Files.createTempDirectory("training-steps-");
    ModelConfig sizes = ModelConfig.bahdanau(VOCABULARY, 256, 256, 384, 256);
    try (Parameters parameters = Parameters.initialise(sizes, 1, device)) {
      TrainingConfig config = config(precision, device, WARM_UP + steps);
      Epochs epochs = new Epochs(TrainingSteps::pairs, PAIRS * LENGTH, 1);
      CheckpointStore checkpoints =
          new CheckpointStore(folder, new RunIdentity(sizes, config, SEARCH, "random", "none"));
      Seq2Seq model = new Seq2Seq(parameters, 1, 0);
      new Trainer(model, config, untested -> new Validation(0, 0), checkpoints, stopwatch)
          .train(epochs);
    } finally {
      delete(folder);
    }
    List<Double> times =
        stopwatch.times.subList(WARM_UP, WARM_UP + steps).stream().sorted().toList();
    System.out.printf(
        Locale.ROOT,
        "%s %s: median %.1f ms, lowest %.1f, highest %.1f, %d target tokens a step, resident %d MiB%n",
        precision,
        device,
        times.get(times.size() / 2),
        times.get(0),
        times.get(times.size() - 1),
        PAIRS * LENGTH,
        ProcessMemory.residentBytes().orElseThrow() >> 20);
  }

  /** An epoch is one batch, and so one step. */
  private static List<EncodedPair> pairs(int epoch) {
    Random random = new Random(epoch);
    List<EncodedPair> pairs = new ArrayList<>();
    for (int i = 0; i < PAIRS; i++) {
      pairs.add(new EncodedPair(sentence(random), sentence(random)));
    }
    return pairs;
  }

  private static int[] sentence(Random random) {
    return random.ints(LENGTH, 3, VOCABULARY).toArray();
  }

  private static TrainingConfig config(Precision precision, Device device, int steps) {
    return new TrainingConfig(
        1,
        steps,
        PAIRS * LENGTH,
        0.001,
        0,
        Decay.LINEAR,
        1,
        new Dropout(0.3, 0.3, 0.3),
        0,
        0.1,
        1,
        0,
        0,
        steps,
        1,
        1,
        precision,
        device);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(path);
      }
    }
  }

  /** Time from step to step, in milliseconds. */
  private static final class Stopwatch implements TrainingListener {
    private final List<Double> times = new ArrayList<>();
    private long last;

    @Override
    public void started(int firstStep, int lastStep) {
      last = System.nanoTime();
    }

    @Override
    public void stepped(Step step) {
      long now = System.nanoTime();
      times.add((now - last) / 1e6);
      last = now;
    }

    @Override
    public void validated(int step, Validation validation, boolean best) {}

    @Override
    public void ended() {}
  }
}
