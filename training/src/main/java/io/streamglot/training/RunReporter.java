package io.streamglot.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamglot.training.evaluate.Bleu;
import io.streamglot.training.evaluate.Evaluator.Evaluation;
import io.streamglot.training.evaluate.LengthBucket;
import io.streamglot.training.export.ModelDescription;
import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.report.AttentionHeatMap;
import io.streamglot.training.report.AttentionReader;
import io.streamglot.training.report.RunRecorder;
import io.streamglot.training.report.RunReport;
import io.streamglot.training.train.TrainingListener;
import io.streamglot.training.train.Validation;
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

  private static final ObjectMapper JSON = new ObjectMapper();

  private final TrainingPlan plan;
  private final TrainingData data;
  private final ModelConfig sizes;
  private final ServedValidator validator;
  private final RunRecorder recorder;

  /**
   * A reporter.
   *
   * @param validator has always validated when a validation is heard of
   */
  RunReporter(TrainingPlan plan, TrainingData data, ModelConfig sizes, ServedValidator validator) {
    this.plan = plan;
    this.data = data;
    this.sizes = sizes;
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
    ModelDescription model = plan.describe(Map.of(), List.of(), "");
    Evaluation evaluation = validator.latest().evaluation();
    Path file = plan.runFolder().resolve("report.html");
    new RunReport(
            model.name() + " " + model.version(),
            model.sourceLanguage(),
            model.targetLanguage(),
            recorder.history().steps(),
            recorder.history().validations(),
            samples(evaluation).stream()
                .map(
                    i ->
                        new RunReport.Sample(
                            evaluation.sources().get(i), evaluation.references().get(i)))
                .toList(),
            heatMaps(),
            LengthBucket.of(evaluation, LENGTHS, Bleu.standard(model.targetLanguage())).stream()
                .map(
                    bucket ->
                        new RunReport.LengthScore(
                            bucket.label(), bucket.sentences(), bucket.bleu().score()))
                .toList(),
            filter(),
            settings())
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
    counts.put("within %d tokens".formatted(plan.maxSourceTokens()), data.train().size());
    return counts;
  }

  /** Every component of the records, so that none is forgotten. */
  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("train", plan.train().name());
    settings.put("dev", plan.dev().name());
    settings.put("data SHA-256", data.fingerprint());
    settings.put("maxSourceTokens", Integer.toString(plan.maxSourceTokens()));
    flatten("filter", JSON.valueToTree(plan.filter()), settings);
    flatten("model", JSON.valueToTree(sizes), settings);
    flatten("training", JSON.valueToTree(plan.config()), settings);
    flatten("search", JSON.valueToTree(plan.search()), settings);
    return settings;
  }

  private static void flatten(String name, JsonNode value, Map<String, String> into) {
    if (value.isObject()) {
      value.properties().forEach(p -> flatten(name + "." + p.getKey(), p.getValue(), into));
    } else {
      into.put(name, value.asText());
    }
  }
}
