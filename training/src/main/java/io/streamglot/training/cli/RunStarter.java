package io.streamglot.training.cli;

import io.streamglot.training.TrainingPlan;
import io.streamglot.training.TrainingRun;
import io.streamglot.training.corpus.ParallelCorpus;
import io.streamglot.training.export.ParityException;
import io.streamglot.training.recipe.Recipe;
import io.streamglot.training.recipe.RecipeException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Starts runs from the command line.
 *
 * @param data folder of the files that recipes name
 * @param progress hears how training goes
 */
record RunStarter(Path data, PrintStream progress) {

  /** System property that the launcher sets where standard error is a terminal. */
  private static final String TERMINAL = "streamglot.terminal";

  /**
   * Trains by a recipe, or goes on where the run folder says.
   *
   * @param run folder of checkpoints and tokenizer
   * @param bundle folder of the bundle
   */
  TrainingRun.Outcome start(Recipe recipe, Path run, Path bundle)
      throws IOException, ParityException {
    TrainingPlan plan = plan(recipe, run, bundle);
    if (Boolean.getBoolean(TERMINAL)) {
      try (ProgressBarListener bar = new ProgressBarListener(progress)) {
        return TrainingRun.run(plan, bar, progress::println);
      }
    }
    return TrainingRun.run(plan, new ProgressLinesListener(progress), progress::println);
  }

  /**
   * Publishes what a training has left in its run folder.
   *
   * @param run folder of checkpoints and tokenizer
   * @param bundle folder of the bundle
   */
  TrainingRun.Outcome export(Recipe recipe, Path run, Path bundle)
      throws IOException, ParityException {
    return TrainingRun.export(plan(recipe, run, bundle), progress::println);
  }

  private TrainingPlan plan(Recipe recipe, Path run, Path bundle) throws IOException {
    requireFiles(recipe);
    return new TrainingPlan(recipe, corpus(recipe.train()), corpus(recipe.dev()), run, bundle);
  }

  private void requireFiles(Recipe recipe) throws RecipeException {
    List<String> missing =
        Stream.concat(recipe.train().stream(), recipe.dev().stream())
            .map(data::resolve)
            .filter(Files::notExists)
            .map(file -> file + ": expected a file (--data says below which folder), actual none")
            .distinct()
            .toList();
    if (!missing.isEmpty()) {
      throw new RecipeException(missing);
    }
  }

  private ParallelCorpus corpus(List<String> files) throws IOException {
    return CorpusFiles.read(files.stream().map(data::resolve).toList());
  }
}
