package io.streamglot.training.cli;

import io.streamglot.training.TrainingRun;
import io.streamglot.training.export.ParityException;
import io.streamglot.training.recipe.Recipe;
import io.streamglot.training.recipe.RecipeDraft;
import io.streamglot.training.recipe.Setting;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code export}: from the checkpoint of a training to a bundle. */
@Command(
    name = "export",
    description = {
      "Writes the best checkpoint of a training as a bundle, maybe in another form.",
      "",
      "The recipe and the data must be those of the training.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "fp32 computes as training does. fp16 keeps matrices in half the bits. int8",
      "computes the products of the decoder in integers, fastest on a CPU; int8-vnni",
      "uses one bit more and is right only on CPUs with VNNI.",
      "",
      "Example:",
      "  ./streamglot export --recipe training/recipes/tatoeba-en-fr.yaml --data DIR \\",
      "      --precision fp32 --shortlist-frequent 0 --out en-fr-fp32"
    })
final class ExportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--recipe",
      required = true,
      paramLabel = "FILE",
      description = "The recipe of the training.")
  private Path recipeFile;

  @Mixin private RunOptions folders;

  @Option(
      names = "--precision",
      paramLabel = "NAME",
      description = "fp32, fp16, int8 or int8-vnni (default: the recipe's).")
  private String precision;

  @Option(
      names = "--target",
      paramLabel = "NAME",
      description = "cpu or cuda; either runs on both (default: the recipe's).")
  private String target;

  @Option(
      names = "--pruning",
      paramLabel = "X",
      description = "Pruning of searches that name none, 0 to below 1 (default: the recipe's).")
  private String pruning;

  @Option(
      names = "--shortlist-frequent",
      paramLabel = "N",
      description = "Target tokens that every sentence may use; 0 for all (default: the recipe's).")
  private String frequent;

  @Option(
      names = "--shortlist-translations",
      paramLabel = "N",
      description = "Target tokens besides that each source token brings (default: the recipe's).")
  private String translations;

  private final PrintStream progress;

  /**
   * The command.
   *
   * @param progress hears how the export goes
   */
  ExportCommand(PrintStream progress) {
    this.progress = progress;
  }

  @Override
  public Integer call() throws IOException, ParityException {
    Recipe recipe = recipe();
    TrainingRun.Outcome outcome =
        new RunStarter(folders.data(), progress)
            .export(recipe, folders.run(recipe), folders.bundle(recipe));
    PrintWriter results = spec.commandLine().getOut();
    results.println(outcome.summary());
    results.flush();
    return 0;
  }

  private Recipe recipe() throws IOException {
    RecipeDraft draft = RecipeDraft.read(recipeFile);
    override(draft, Setting.SERVING_PRECISION, precision, "--precision");
    override(draft, Setting.SERVING_TARGET, target, "--target");
    override(draft, Setting.PRUNING, pruning, "--pruning");
    override(draft, Setting.SHORTLIST_FREQUENT, frequent, "--shortlist-frequent");
    override(draft, Setting.SHORTLIST_TRANSLATIONS, translations, "--shortlist-translations");
    return draft.finish();
  }

  private static void override(RecipeDraft draft, Setting setting, String text, String flag) {
    if (text != null) {
      draft.set(setting, List.of(text), flag);
    }
  }
}
