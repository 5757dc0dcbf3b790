package io.streamglot.training.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamglot.training.corpus.BucketingBatcher;
import io.streamglot.training.corpus.EncodedPair;
import io.streamglot.training.corpus.Epochs;
import io.streamglot.training.model.Device;
import io.streamglot.training.model.Dropout;
import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.model.ModelWeights;
import io.streamglot.training.model.Parameters;
import io.streamglot.training.model.Precision;
import io.streamglot.training.model.Seq2Seq;
import io.streamglot.training.model.Weight;
import io.streamglot.translator.bundle.SearchOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The training loop on a small task: copy the source. */
class TrainerTest {

  private static final int PAD = 0;
  private static final int START = 2;
  private static final int END = 3;
  private static final int VOCABULARY = 14;
  private static final ModelConfig SIZES = ModelConfig.bahdanau(VOCABULARY, 24, 24, 32, 24);

  private static final SearchOptions SEARCH = new SearchOptions(4, 1, 1, 2, 10);

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void endsWithTheSameParametersWhenInterruptedAndResumed(Precision precision) throws IOException {
    TrainingConfig config = everything(3, precision);
    List<Integer> steps = new ArrayList<>();
    ModelWeights whole;
    try (Parameters parameters = Parameters.initialise(SIZES, 7)) {
      Trainer trainer = restlessTrainer(parameters, config, "whole", new Recording(steps));
      Progress end = trainer.train(changingEpochs());

      assertThat(end.plateaus()).isPositive();
      assertThat(end.bestStep()).isPositive();
      whole = parameters.toWeights();
    }
    int last = steps.get(steps.size() - 1);
    assertThat(last).isGreaterThan(12);
    int killedAt = last / 2 | 1;

    List<Integer> first = new ArrayList<>();
    try (Parameters parameters = Parameters.initialise(SIZES, 7)) {
      Trainer trainer =
          restlessTrainer(parameters, config, "resumed", new Recording(first, killedAt));
      assertThatThrownBy(() -> trainer.train(changingEpochs())).hasMessage("killed");
    }
    List<Integer> second = new ArrayList<>();
    // Another seed: whatever the parameters were before, the checkpoint decides.
    try (Parameters parameters = Parameters.initialise(SIZES, 8)) {
      restlessTrainer(parameters, config, "resumed", new Recording(second)).train(changingEpochs());

      assertThat(first).endsWith(killedAt);
      assertThat(second.get(0)).isGreaterThan(1).isLessThanOrEqualTo(killedAt);
      assertThat(second).endsWith(last);
      assertSame(parameters.toWeights(), whole);
    }
    ModelWeights best = store(config, "whole").loadBest();
    assertSame(store(config, "resumed").loadBest(), best);
  }

  @ParameterizedTest
  @EnumSource
  void theSameSeedGivesTheSameParametersAndAnotherOthers(Precision precision) throws IOException {
    ModelWeights once = trained(everything(3, precision), "once");

    assertSame(trained(everything(3, precision), "again"), once);
    ModelWeights others = trained(everything(4, precision), "others");
    once.asMap()
        .forEach((name, weight) -> assertThat(others.get(name)).as(name).isNotEqualTo(weight));
  }

  @Test
  void keepsTheAverageOfTheParametersAndTrainsOnWithThemselves() throws IOException {
    List<ModelWeights> validated = new ArrayList<>();
    try (Parameters parameters = Parameters.initialise(SIZES, 7)) {
      new Trainer(
              new Seq2Seq(parameters, START, PAD),
              EVERYTHING,
              model -> {
                validated.add(model.parameters().toWeights());
                return new Validation(1, validated.size());
              },
              store(EVERYTHING, "average"),
              new SilentListener())
          .train(changingEpochs());

      ModelWeights last = validated.get(validated.size() - 1);
      assertSame(store(EVERYTHING, "average").loadBest(), last);
      assertThat(parameters.toWeights().get("embedding")).isNotEqualTo(last.get("embedding"));
    }
  }

  @Test
  void theLastStepIsTheOneThatWasSaidAtFirst() throws IOException {
    List<Integer> steps = new ArrayList<>();
    try (Parameters parameters = Parameters.initialise(SIZES, 7)) {
      restlessTrainer(parameters, EVERYTHING, "steps", new Recording(steps))
          .train(changingEpochs());
    }
    // Later epochs have more batches than the first.
    int first = changingEpochs().batches(0).size();
    assertThat(changingEpochs().batches(2).size()).isGreaterThan(first);
    assertThat(steps).hasSize(EVERYTHING.epochs() * first).endsWith(EVERYTHING.epochs() * first);
  }

  @Test
  void stopsWhenBleuNoLongerRises() throws IOException {
    List<Integer> steps = new ArrayList<>();
    try (Parameters parameters = Parameters.initialise(SIZES, 1)) {
      Trainer trainer =
          new Trainer(
              new Seq2Seq(parameters, START, PAD),
              config(100, 2),
              model -> new Validation(1, 30),
              store(config(100, 2), "patience"),
              new Recording(steps));
      Progress end = trainer.train(epochs(copyTask(100, 1), 100));

      // The first validation is the best; PATIENCE more come without a gain.
      assertThat(end.step()).isEqualTo(2 * (1 + PATIENCE));
      assertThat(end.bestStep()).isEqualTo(2);
      assertThat(end.validationsSinceBest()).isEqualTo(PATIENCE);
    }
  }

  @Test
  void stopsAtOnceWithAdviceWhenTheLossIsNotANumber() {
    try (Parameters parameters = Parameters.initialise(SIZES, 1)) {
      parameters.assign(poisoned(parameters.toWeights()));
      Trainer trainer =
          trainer(new Seq2Seq(parameters, START, PAD), config(1, 4), "nan", new SilentListener());

      assertThatThrownBy(() -> trainer.train(epochs(copyTask(20, 1), 100)))
          .isInstanceOf(TrainingDivergedException.class)
          .hasMessageContaining("step 1: loss: expected a finite number, actual NaN")
          .hasMessageContaining("lower learning rate");
    }
  }

  @Test
  void refusesToResumeARunWithOtherSettings() throws IOException {
    Epochs epochs = epochs(copyTask(20, 1), 100);
    try (Parameters parameters = Parameters.initialise(SIZES, 1)) {
      Seq2Seq model = new Seq2Seq(parameters, START, PAD);
      trainer(model, config(1, 4), "settings", new SilentListener()).train(epochs);

      assertThatThrownBy(
              () -> trainer(model, config(2, 4), "settings", new SilentListener()).train(epochs))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("the checkpoint is of another run: epochs: expected 1, actual 2;");
    }
  }

  @Test
  void refusesToResumeARunThatSearchesOrValidatesOtherwise() throws IOException {
    CheckpointStore checkpoints = store(SEARCH, "dev");
    try (Parameters parameters = Parameters.initialise(SIZES, 1);
        Optimizer optimizer = new Optimizer(parameters, config(1, 4));
        ParameterAverage average = new ParameterAverage(parameters, 0)) {
      checkpoints.saveLast(parameters, optimizer, average, Progress.START);

      assertThatThrownBy(
              () -> store(SEARCH.withBeamSize(1), "other").loadLast(parameters, optimizer, average))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("beamSize: expected 4, actual 1")
          .hasMessageContaining("dev: expected \"dev\", actual \"other\"");
    }
  }

  private CheckpointStore store(SearchOptions search, String devData) {
    return new CheckpointStore(
        folder, new RunIdentity(SIZES, config(1, 4), search, "copy task", devData));
  }

  @Test
  void saysWhichCheckpointFileIsDamaged() throws IOException {
    Epochs epochs = epochs(copyTask(20, 1), 100);
    try (Parameters parameters = Parameters.initialise(SIZES, 1)) {
      Seq2Seq model = new Seq2Seq(parameters, START, PAD);
      trainer(model, config(1, 4), "damaged", new SilentListener()).train(epochs);
      Path file = folder.resolve("damaged/last/parameters.pt");
      Files.write(file, new byte[] {1, 2, 3});

      assertThatThrownBy(
              () -> trainer(model, config(1, 4), "damaged", new SilentListener()).train(epochs))
          .isInstanceOf(CheckpointException.class)
          .hasMessageStartingWith(file + ": expected a libtorch archive");
    }
  }

  private static final int PATIENCE = 5;

  private static TrainingConfig config(int epochs, int validationSteps) {
    return new TrainingConfig(
        3,
        epochs,
        300,
        0.01,
        20,
        Decay.LINEAR,
        3,
        new Dropout(0.1, 0.1, 0.1),
        0,
        0,
        1,
        0,
        0,
        validationSteps,
        PATIENCE,
        1,
        Precision.FLOAT32,
        Device.CPU);
  }

  /** Whatever has a state of its own, or draws numbers. */
  private static TrainingConfig everything(long seed, Precision precision) {
    return new TrainingConfig(
        seed,
        3,
        100,
        0.01,
        5,
        Decay.PLATEAU,
        1,
        new Dropout(0.1, 0.1, 0.1),
        0.1,
        0.1,
        1,
        0.1,
        0.9,
        4,
        100,
        1,
        precision,
        Device.CPU);
  }

  private static final TrainingConfig EVERYTHING = everything(3, Precision.FLOAT32);

  /** Pairs that differ from epoch to epoch, as BPE dropout makes them. */
  private static Epochs changingEpochs() {
    return changingEpochs(EVERYTHING.seed());
  }

  private static Epochs changingEpochs(long seed) {
    return new Epochs(epoch -> copyTask(100 + 20 * epoch, epoch), EVERYTHING.batchTokens(), seed);
  }

  private static Epochs epochs(List<EncodedPair> pairs, int batchTokens) {
    return new Epochs(epoch -> pairs, batchTokens, 3);
  }

  /** What comes of the same first parameters: this seed decides but batches and dropout. */
  private ModelWeights trained(TrainingConfig config, String run) throws IOException {
    try (Parameters parameters = Parameters.initialise(SIZES, 7)) {
      restlessTrainer(parameters, config, run, new SilentListener())
          .train(changingEpochs(config.seed()));
      return parameters.toWeights();
    }
  }

  /** Trains towards a BLEU that goes up and down. */
  private Trainer restlessTrainer(
      Parameters parameters, TrainingConfig config, String run, TrainingListener listener) {
    DevLoss devLoss = new DevLoss(new BucketingBatcher(copyTask(20, 9), 200).epoch(0, 0));
    Validator validator =
        model -> {
          double loss = devLoss.of(model);
          return new Validation(loss, 100 * loss % 1);
        };
    return new Trainer(
        new Seq2Seq(parameters, START, PAD), config, validator, store(config, run), listener);
  }

  private Trainer trainer(
      Seq2Seq model, TrainingConfig config, String run, TrainingListener listener) {
    DevLoss devLoss = new DevLoss(new BucketingBatcher(copyTask(20, 9), 200).epoch(0, 0));
    Validator validator =
        seq2Seq -> {
          double loss = devLoss.of(seq2Seq);
          return new Validation(loss, 100 * Math.exp(-loss));
        };
    return new Trainer(model, config, validator, store(config, run), listener);
  }

  private CheckpointStore store(TrainingConfig config, String run) {
    return new CheckpointStore(
        folder.resolve(run), new RunIdentity(SIZES, config, SEARCH, "copy task", "copy task"));
  }

  private static List<EncodedPair> copyTask(int pairs, long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, pairs)
        .mapToObj(
            i -> {
              int[] sentence =
                  IntStream.concat(
                          random.ints(1 + random.nextInt(5), END + 1, VOCABULARY),
                          IntStream.of(END))
                      .toArray();
              return new EncodedPair(sentence, sentence);
            })
        .toList();
  }

  private static ModelWeights poisoned(ModelWeights weights) {
    Map<String, Weight> copy = new LinkedHashMap<>(weights.asMap());
    Weight bias = copy.get("output.b");
    bias.values()[5] = Float.NaN;
    return new ModelWeights(copy);
  }

  private static void assertSame(ModelWeights actual, ModelWeights expected) {
    expected
        .asMap()
        .forEach(
            (name, weight) ->
                assertThat(actual.get(name).values()).as(name).isEqualTo(weight.values()));
  }

  /** Notes the steps, and dies after one of them as if the process were killed. */
  private static final class Recording extends SilentListener {
    private final List<Integer> steps;
    private final int lastStep;

    Recording(List<Integer> steps) {
      this(steps, Integer.MAX_VALUE);
    }

    Recording(List<Integer> steps, int lastStep) {
      this.steps = steps;
      this.lastStep = lastStep;
    }

    @Override
    public void stepped(Step step) {
      steps.add(step.step());
      if (step.step() == lastStep) {
        throw new IllegalStateException("killed");
      }
    }
  }
}
