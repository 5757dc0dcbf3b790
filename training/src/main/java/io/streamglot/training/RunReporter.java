package io.streamglot.training;

import io.streamglot.training.evaluate.Evaluator.Evaluation;
import io.streamglot.training.evaluate.LengthBucket;
import io.streamglot.training.recipe.Recipe;
import io.streamglot.training.report.AttentionHeatMap;
import io.streamglot.training.report.AttentionReader;
import io.streamglot.training.report.RunRecorder;
import io.streamglot.training.report.RunReport;
import io.streamglot.training.train.TrainingListener;
import io.streamglot.training.train.Validation;
import io.streamglot.translator.evaluate.Bleu;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Records a run, and writes {@code report.html} into its folder at every validation. Not
 * thread-safe.
 */
final class RunReporter implements TrainingListener {

  /** Development sentences that are followed through the run. */
  private static final int SAMPLES = 5;

  /** Bounds of source length, in words, between which BLEU is told apart. */
  private static final List<Integer> LENGTHS = List.of(5, 10, 15, 20, 25, 30);

  private final TrainingPlan plan;
  private final TrainingData data;
  private final ServedValidator validator;
  private final RunRecorder recorder;

  /**
   * A reporter.
   *
   * @param validator has always validated when a validation is heard of
   */
  RunReporter(TrainingPlan plan, TrainingData data, ServedValidator validator) {
    this.plan = plan;
    this.data = data;
    this.validator = validator;
    this.recorder =
        new RunRecorder(plan.runFolder(), () -> translations(validator.latest().evaluation()));
  }

  @Override
  public void started(int firstStep, int lastStep) throws IOException {
    recorder.started(firstStep, lastStep);
  }

  @Override
  public void stepped(Step step) throws IOException {
    recorder.stepped(step);
  }

  @Override
  public void validated(int step, Validation validation, boolean best) throws IOException {
    recorder.validated(step, validation, best);
    write();
  }

  @Override
  public void ended() throws IOException {
    recorder.ended();
  }

  /**
   * Writes the report, with lengths and attention as last validated.
   *
   * @return the file
   */
  Path write() throws IOException {
    Recipe recipe = plan.recipe();
    Evaluation evaluation = validator.latest().evaluation();
    Path file = plan.runFolder().resolve("report.html");
    new RunReport(
            recipe.toString(),
            recipe.sourceLanguage(),
            recipe.targetLanguage(),
            recorder.history().steps(),
            recorder.history().validations(),
            samples(evaluation).stream()
                .map(
                    i ->
                        new RunReport.Sample(
                            evaluation.sources().get(i), evaluation.references().get(i)))
                .toList(),
            heatMaps(),
            LengthBucket.of(evaluation, LENGTHS, Bleu.standard(recipe.targetLanguage())).stream()
                .map(
                    bucket ->
                        new RunReport.LengthScore(
                            bucket.label(), bucket.sentences(), bucket.bleu().score()))
                .toList(),
            data(),
            filter(),
            recipe.toYaml())
        .write(file);
    return file;
  }

  private static Map<String, String> translations(Evaluation evaluation) {
    Map<String, String> translations = new LinkedHashMap<>();
    for (int i : samples(evaluation)) {
      translations.put(evaluation.sources().get(i), evaluation.hypotheses().get(i));
    }
    return translations;
  }

  /** Sentences from short to long without the extremes: the same for every validation. */
  private static List<Integer> samples(Evaluation evaluation) {
    List<Integer> byLength =
        IntStream.range(0, evaluation.sentences())
            .boxed()
            .sorted(Comparator.comparing(i -> evaluation.sources().get(i).length()))
            .toList();
    int count = Math.min(SAMPLES, byLength.size());
    List<Integer> chosen = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      chosen.add(byLength.get((2 * i + 1) * byLength.size() / (2 * count)));
    }
    return chosen;
  }

  /** Of the samples that the model takes whole; none of a model without attention. */
  private List<AttentionHeatMap> heatMaps() throws IOException {
    Evaluation evaluation = validator.latest().evaluation();
    try (AttentionReader reader = AttentionReader.open(validator.latest().bundle())) {
      return samples(evaluation).stream()
          .map(evaluation.sources()::get)
          .filter(reader::takes)
          .flatMap(source -> reader.read(source).heatMap().stream())
          .toList();
    }
  }

  private Map<String, Integer> filter() {
    Map<String, Integer> counts = data.filtered().counts();
    counts.put("within %d tokens".formatted(plan.recipe().maxTokens()), data.train().size());
    return counts;
  }

  private Map<String, String> data() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("train", plan.train().name());
    facts.put("dev", plan.dev().name());
    facts.put("SHA-256 of the training tokens", data.trainFingerprint());
    facts.put("vocabulary", Integer.toString(data.vocabularySize()));
    return facts;
  }
}
