package io.streamglot.training.cli;

import io.streamglot.training.TrainingRun;
import io.streamglot.training.evaluate.Evaluator.Evaluation;
import io.streamglot.training.evaluate.LengthBucket;
import io.streamglot.training.export.ParityException;
import io.streamglot.training.recipe.Recipe;
import io.streamglot.training.recipe.RecipeDraft;
import io.streamglot.training.recipe.Setting;
import io.streamglot.training.report.Figure;
import io.streamglot.training.report.LengthChart;
import io.streamglot.translator.evaluate.Bleu;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code study bottleneck}: BLEU by length of the source with a fixed context and with attention,
 * the claim of Bahdanau et al. (2015), figure 2.
 */
@Command(
    name = "bottleneck",
    description = {
      "Trains one model twice, with a fixed context and with attention, by the recipes",
      "bottleneck-fixed.yaml and bottleneck-attention.yaml, and plots BLEU on the development data",
      "by length of the source (Bahdanau et al., 2015, figure 2). A flag overrides a setting of",
      "both recipes.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "An interrupted study goes on from the last checkpoint when the same command is given again.",
      "",
      "Example:",
      "  ./streamglot study bottleneck --data DIR --out bottleneck.svg"
    })
final class BottleneckCommand implements Callable<Integer> {

  /** Longest source of each group, in words; the last group is open. */
  private static final List<Integer> LENGTHS = List.of(8, 10, 12, 14, 17, 21);

  /** The two runs differ in name and context, and in nothing else. */
  private static final RecipeOptions OPTIONS =
      new RecipeOptions(Set.of(Setting.NAME, Setting.CONTEXT));

  @Spec private CommandSpec spec;

  @Option(
      names = "--recipes",
      paramLabel = "DIR",
      defaultValue = "${sys:streamglot.home:-.}/training/recipes",
      description = "Folder of the two recipes (default: the shipped training/recipes).")
  private Path recipes;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "",
      description = "Where the files of parallel text are (default: the current folder).")
  private Path data;

  @Option(
      names = "--runs",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "Folder of the two runs (default: ${DEFAULT-VALUE}).")
  private Path runs;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = "bottleneck.svg",
      description = "The figure, .svg or .png (default: ${DEFAULT-VALUE}).")
  private Path figure;

  private final PrintStream progress;

  private BottleneckCommand(PrintStream progress) {
    this.progress = progress;
  }

  /**
   * The command with its flags.
   *
   * @param progress hears how training goes
   */
  static CommandLine commandLine(PrintStream progress) {
    CommandLine command = new CommandLine(new BottleneckCommand(progress));
    OPTIONS.addTo(command.getCommandSpec(), RecipeDraft.empty());
    return command;
  }

  @Override
  public Integer call() throws IOException, ParityException {
    Figure.requireTarget(figure);
    Recipe fixed = recipe("bottleneck-fixed.yaml");
    Recipe attention = recipe("bottleneck-attention.yaml");
    List<LengthBucket> byFixed = train(fixed);
    List<LengthBucket> byAttention = train(attention);
    print(byFixed, byAttention);
    chart(byFixed, byAttention).figure().write(figure);
    PrintWriter out = spec.commandLine().getOut();
    out.println(figure + " written");
    out.flush();
    return 0;
  }

  private Recipe recipe(String file) throws IOException {
    RecipeDraft draft = RecipeDraft.read(recipes.resolve(file));
    OPTIONS.override(draft, spec);
    return draft.finish();
  }

  private List<LengthBucket> train(Recipe recipe) throws IOException, ParityException {
    Path run = runs.resolve(recipe.name());
    progress.println(recipe.name());
    TrainingRun.Outcome outcome =
        new RunStarter(data, progress).start(recipe, run, run.resolve("bundle"));
    progress.println(outcome.summary());
    Evaluation evaluation = outcome.evaluation();
    return LengthBucket.of(evaluation, LENGTHS, Bleu.standard(recipe.targetLanguage()));
  }

  private static LengthChart chart(List<LengthBucket> fixed, List<LengthBucket> attention) {
    return new LengthChart(
        "BLEU by length of the source",
        "words of the source",
        fixed.stream()
            .map(bucket -> new LengthChart.Bucket(bucket.label(), bucket.sentences()))
            .toList(),
        List.of(line("attention", attention), line("fixed context", fixed)));
  }

  private static LengthChart.Line line(String name, List<LengthBucket> buckets) {
    return new LengthChart.Line(
        name, buckets.stream().map(bucket -> bucket.bleu().score()).toList());
  }

  private void print(List<LengthBucket> fixed, List<LengthBucket> attention) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("words\tsentences\tfixed\tattention");
    for (int i = 0; i < fixed.size(); i++) {
      LengthBucket bucket = fixed.get(i);
      out.printf(
          Locale.ROOT,
          "%s\t%d\t%.2f\t%.2f%n",
          bucket.label(),
          bucket.sentences(),
          bucket.bleu().score(),
          attention.get(i).bleu().score());
    }
    out.flush();
  }
}
