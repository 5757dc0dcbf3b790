package io.streamglot.app.integration;

import java.nio.file.Path;

/**
 * The model that the tests translate with: the one that ships, or another from English to French.
 */
final class Model {

  /** The bundle's folder: system property {@code streamglot.model}, else that of the repository. */
  static final Path FOLDER =
      Path.of(System.getProperty("streamglot.model", "../models/en-fr")).toAbsolutePath();

  private Model() {}
}
