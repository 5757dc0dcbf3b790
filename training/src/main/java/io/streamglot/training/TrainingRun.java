package io.streamglot.training;

import io.streamglot.training.evaluate.Evaluator.Evaluation;
import io.streamglot.training.export.BundleExporter;
import io.streamglot.training.export.GraphForm;
import io.streamglot.training.export.ParityException;
import io.streamglot.training.model.Ensemble;
import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.model.ModelWeights;
import io.streamglot.training.model.Parameters;
import io.streamglot.training.model.Seq2Seq;
import io.streamglot.training.recipe.Serving;
import io.streamglot.training.tokenizer.SpecialTokens;
import io.streamglot.training.train.CheckpointException;
import io.streamglot.training.train.CheckpointStore;
import io.streamglot.training.train.Progress;
import io.streamglot.training.train.RunIdentity;
import io.streamglot.training.train.Trainer;
import io.streamglot.training.train.TrainingConfig;
import io.streamglot.training.train.TrainingListener;
import io.streamglot.translator.bundle.BundleWriter;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.bundle.SearchOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * From parallel text to a bundle: filter, tokenizer, training, export.
 *
 * <pre>
 *   corpus -> CorpusFilter -> BpeLearner -> token ids -> Trainer -> best checkpoint -> Evaluator -> BundleExporter
 * </pre>
 */
public final class TrainingRun {

  private TrainingRun() {}

  /**
   * What a run came to.
   *
   * @param bundle the published bundle
   * @param progress where the training of each model stood at its end
   * @param evaluation the bundle on the development data
   */
  public record Outcome(ModelBundle bundle, List<Progress> progress, Evaluation evaluation) {

    /** The outcome in a few lines. */
    public String summary() {
      return String.join(
          System.lineSeparator(),
          bundle.folder() + " written",
          progress.stream()
              .map(each -> "%d steps, best at step %d".formatted(each.step(), each.bestStep()))
              .collect(Collectors.joining(System.lineSeparator())),
          evaluation.bleu().toString(),
          evaluation.chrf().toString());
    }
  }

  /**
   * Trains, or goes on where the run folder says, and publishes the best parameters as a bundle.
   * Several models are trained one after the other.
   *
   * @param listener hears of every step
   * @param log gets what else a user wants to know, a few lines in all
   * @throws ParityException if the exported bundle differs from libtorch; nothing is published
   * @throws IOException if a file cannot be read or written, or a checkpoint belongs to another run
   */
  public static Outcome run(TrainingPlan plan, TrainingListener listener, Consumer<String> log)
      throws IOException, ParityException {
    BundleWriter.requireReplaceable(plan.bundle());
    plan.recipe().training().device().require();
    TrainingData data = TrainingData.prepare(plan);
    log.accept(data.summary(data.epochs(plan).batches(0)));
    List<Trained> trained = new ArrayList<>();
    for (TrainingPlan member : plan.members()) {
      log.accept("run: " + member.runFolder());
      trained.add(train(member, data, listener, log));
    }
    return publish(plan, data, trained, log);
  }

  /** The best parameters of one model, and where its training stood at its end. */
  private record Trained(ModelWeights weights, Progress progress) {}

  /**
   * Publishes the best parameters of a run as a bundle again, maybe in another form.
   *
   * @param log gets what else a user wants to know, a few lines in all
   * @throws ParityException as for {@link #run}
   * @throws CheckpointException if the run folder has no checkpoint of this training
   * @throws IOException if a file cannot be read or written
   */
  public static Outcome export(TrainingPlan plan, Consumer<String> log)
      throws IOException, ParityException {
    BundleWriter.requireReplaceable(plan.bundle());
    TrainingData data = TrainingData.prepare(plan);
    List<Trained> trained = new ArrayList<>();
    for (TrainingPlan member : plan.members()) {
      CheckpointStore checkpoints = checkpoints(member, data);
      Progress progress = checkpoints.progress();
      trained.add(new Trained(checkpoints.loadBest(), progress));
    }
    return publish(plan, data, trained, log);
  }

  private static CheckpointStore checkpoints(TrainingPlan plan, TrainingData data) {
    return new CheckpointStore(
        plan.runFolder(),
        new RunIdentity(
            data.sizes(plan),
            plan.recipe().training(),
            plan.recipe().search(),
            data.trainFingerprint(),
            data.devFingerprint()));
  }

  private static Trained train(
      TrainingPlan plan, TrainingData data, TrainingListener listener, Consumer<String> log)
      throws IOException {
    Files.createDirectories(plan.runFolder());
    ModelConfig sizes = data.sizes(plan);
    TrainingConfig config = plan.recipe().training();
    CheckpointStore checkpoints = checkpoints(plan, data);
    try (Parameters parameters = Parameters.initialise(sizes, config.seed(), config.device())) {
      Seq2Seq model = new Seq2Seq(parameters, SpecialTokens.START, SpecialTokens.PAD);
      ServedValidator validator = new ServedValidator(plan, data);
      RunReporter reporter = new RunReporter(plan, data, validator);
      Trainer trainer =
          new Trainer(
              model, config, validator, checkpoints, TrainingListener.all(reporter, listener));
      Progress progress = trainer.train(data.epochs(plan));

      ModelWeights best = checkpoints.loadBest();
      validator.evaluateExactly(List.of(best)); // for the report
      log.accept("report: " + reporter.write());
      return new Trained(best, progress);
    }
  }

  private static Outcome publish(
      TrainingPlan plan, TrainingData data, List<Trained> trained, Consumer<String> log)
      throws IOException, ParityException {
    List<ModelWeights> weights = trained.stream().map(Trained::weights).toList();
    List<Progress> progress = trained.stream().map(Trained::progress).toList();
    ServedValidator validator = new ServedValidator(plan, data);
    Evaluation asTrained = validator.evaluateExactly(weights);
    Serving serving = plan.recipe().serving();
    GraphForm form =
        new GraphForm(
            serving.precision(),
            serving.target(),
            serving.hasShortlist()
                ? Optional.of(new ShortlistLearner(plan, data, validator).learn(weights))
                : Optional.empty());
    SearchOptions search = plan.recipe().search().withPruning(serving.pruning());
    Evaluation served = asTrained;
    if (!form.isExact() || !search.equals(plan.recipe().search())) {
      served = validator.evaluate(weights, form, search);
      log.accept("as trained: " + asTrained.bleu());
      log.accept("as served (%s): %s".formatted(form, served.bleu()));
    }
    ModelConfig sizes = data.sizes(plan);
    BundleExporter exporter =
        new BundleExporter(
            sizes,
            weights,
            data.tokenizerFile(),
            new ModelCard(plan, data, sizes, progress, asTrained, served, form, search)
                .description(),
            form);
    try (Ensemble models = new Ensemble(sizes, weights, SpecialTokens.START, SpecialTokens.PAD)) {
      BundleExporter.Exported exported = exporter.export(plan.bundle(), models, served.sources());
      log.accept("libtorch and ONNX Runtime agree: " + exported.parity().summary());
      return new Outcome(exported.bundle(), progress, served);
    }
  }
}
