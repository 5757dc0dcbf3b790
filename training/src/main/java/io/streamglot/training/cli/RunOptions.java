package io.streamglot.training.cli;

import io.streamglot.training.recipe.Recipe;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a command that follows a recipe finds its data, its run and its bundle. */
final class RunOptions {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "",
      description = "Where the files of parallel text are (default: the current folder).")
  private Path data;

  @Option(
      names = "--run-dir",
      paramLabel = "DIR",
      description = "Folder of checkpoints and tokenizer (default: runs/NAME).")
  private Path runFolder;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder of the bundle (default: bundle in the folder of the run).")
  private Path out;

  /** Folder of the files that recipes name. */
  Path data() {
    return data;
  }

  /** Folder of the run. */
  Path run(Recipe recipe) {
    return runFolder == null ? Path.of("runs", recipe.name()) : runFolder;
  }

  /** Folder of the bundle. */
  Path bundle(Recipe recipe) {
    return out == null ? run(recipe).resolve("bundle") : out;
  }
}
