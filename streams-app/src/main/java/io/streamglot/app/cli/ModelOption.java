package io.streamglot.app.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option {@code --model}, for the commands that translate with one model. */
final class ModelOption {
  @Option(
      names = "--model",
      paramLabel = "DIR",
      defaultValue = Models.SHIPPED,
      description = "Folder of the model bundle (default: the shipped models/en-fr).")
  private Path folder;

  Path folder() {
    return folder;
  }
}
