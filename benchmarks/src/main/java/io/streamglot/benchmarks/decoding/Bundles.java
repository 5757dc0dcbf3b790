package io.streamglot.benchmarks.decoding;

import io.streamglot.translator.bundle.ModelBundle;
import java.io.IOException;
import java.nio.file.Path;

/** Opens bundles, with the folder in every message. */
public final class Bundles {

  private Bundles() {}

  /**
   * Opens and verifies a bundle.
   *
   * @throws IOException if there is none, or it is damaged; the message names the folder
   */
  public static ModelBundle open(Path folder) throws IOException {
    try {
      return ModelBundle.open(folder);
    } catch (IOException e) {
      throw in(folder, e);
    }
  }

  /** The problem with the folder in front of its message. */
  static IOException in(Path folder, IOException problem) {
    return String.valueOf(problem.getMessage()).startsWith(folder.toString())
        ? problem
        : new IOException(folder + ": " + problem.getMessage(), problem);
  }

  /** Name, version and SHA-256 of the manifest, which has those of all other files. */
  public static String describe(ModelBundle bundle) {
    return bundle + ", SHA-256 " + bundle.sha256();
  }
}
