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
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code train}: from parallel text to a bundle. */
@Command(
    name = "train",
    description = {
      "Trains a model on parallel text and writes it as a bundle.",
      "",
      "A recipe has all settings; a flag overrides the one of its name. Without a recipe the"
          + " defaults hold, and --train, --dev, --source and --target are required.",
      ""
    },
    customSynopsis = {"streamglot train [--recipe FILE] [--data DIR] [SETTINGS]", ""},
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "An interrupted run goes on from its last checkpoint when the same command is given again.",
      "",
      "Example:",
      "  ./streamglot train --recipe training/recipes/tatoeba-en-fr.yaml --data DIR",
      "  ./streamglot train --train train.tsv.gz --dev dev.tsv.gz \\",
      "      --source en --target fr"
    })
final class TrainCommand implements Callable<Integer> {

  private static final RecipeOptions OPTIONS = new RecipeOptions(Set.of());

  @Spec private CommandSpec spec;

  @Option(
      names = "--recipe",
      paramLabel = "FILE",
      description = "The recipe, see training/recipes.")
  private Path recipeFile;

  @Mixin private RunOptions folders;

  @Option(
      names = "--notes",
      paramLabel = "FILE",
      description = "Markdown file that ends the model card, instead of the recipe's notes.")
  private Path notes;

  @Option(names = "--dropout", paramLabel = "X", description = "All three dropouts at once.")
  private String dropout;

  private final PrintStream progress;

  private TrainCommand(PrintStream progress) {
    this.progress = progress;
  }

  /**
   * The command with its flags.
   *
   * @param progress hears how training goes
   */
  static CommandLine commandLine(PrintStream progress) {
    CommandLine command = new CommandLine(new TrainCommand(progress));
    OPTIONS.addTo(command.getCommandSpec(), RecipeDraft.defaults());
    return command;
  }

  @Override
  public Integer call() throws IOException, ParityException {
    Recipe recipe = recipe();
    TrainingRun.Outcome outcome =
        new RunStarter(folders.data(), progress)
            .start(recipe, folders.run(recipe), folders.bundle(recipe));
    PrintWriter results = spec.commandLine().getOut();
    results.println(outcome.summary());
    results.flush();
    return 0;
  }

  private Recipe recipe() throws IOException {
    RecipeDraft draft = recipeFile == null ? RecipeDraft.defaults() : RecipeDraft.read(recipeFile);
    if (dropout != null) {
      for (Setting each :
          List.of(Setting.EMBEDDING_DROPOUT, Setting.CONTEXT_DROPOUT, Setting.OUTPUT_DROPOUT)) {
        draft.set(each, List.of(dropout), "--dropout");
      }
    }
    if (notes != null) {
      draft.setToContent(Setting.NOTES, notes);
    }
    OPTIONS.override(draft, spec);
    if (draft.textOf(Setting.NAME).isEmpty() && recipeFile == null) {
      draft.set(Setting.NAME, List.of(languages(draft)), Setting.NAME.flag());
    }
    return draft.finish();
  }

  private static String languages(RecipeDraft draft) {
    return draft.textOf(Setting.SOURCE).orElse("?")
        + "-"
        + draft.textOf(Setting.TARGET).orElse("?");
  }
}
