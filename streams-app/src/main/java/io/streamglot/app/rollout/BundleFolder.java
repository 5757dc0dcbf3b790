package io.streamglot.app.rollout;

import io.streamglot.app.topology.LanguagePair;
import io.streamglot.translator.Translator;
import io.streamglot.translator.bundle.BundleFormatException;
import io.streamglot.translator.bundle.ModelBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * The folder of the bundles that events may name. An event names a folder in it, and nothing
 * outside: who may write events shall not choose files. Thread-safe.
 */
public final class BundleFolder {

  private static final int SHA256_DIGITS = 64;

  private final Path folder;
  private final Function<ModelBundle, Translator> loader;

  /**
   * A folder that is there.
   *
   * @param loader opens the model and translates a first text with it, or throws why it cannot
   */
  public BundleFolder(Path folder, Function<ModelBundle, Translator> loader) {
    this.folder = folder;
    this.loader = loader;
  }

  /**
   * Names a bundle of the folder, verified.
   *
   * @param name of the folder in it
   * @param pair that its model must be for
   * @throws RolloutException if it cannot be used
   */
  public BundleName name(String name, LanguagePair pair) throws RolloutException {
    var bundle = open(name, pair);
    return new BundleName(name, bundle.manifest().version(), sha256(bundle));
  }

  /**
   * Verifies a bundle and loads its model.
   *
   * @param pair that its model must be for
   * @throws RolloutException if it is not what is named, is damaged, or does not translate
   */
  Translator load(BundleName name, LanguagePair pair) throws RolloutException {
    return load(open(name, pair));
  }

  /**
   * Verifies a bundle and loads nothing.
   *
   * @param pair that its model must be for
   * @throws RolloutException if it is not what is named, or is damaged
   */
  public void verify(BundleName name, LanguagePair pair) throws RolloutException {
    var unused = open(name, pair);
  }

  /** Loads the model of a bundle that is verified. */
  Translator load(ModelBundle bundle) throws RolloutException {
    try {
      return loader.apply(bundle);
    } catch (RuntimeException | OutOfMemoryError | LinkageError e) {
      // Whatever it is, the models before it can serve on.
      throw new RolloutException("bundle %s: %s".formatted(bundle.folder().getFileName(), e), e);
    }
  }

  private ModelBundle open(BundleName name, LanguagePair pair) throws RolloutException {
    var bundle = open(name.folder(), pair);
    require(name.folder(), "version", name.version(), bundle.manifest().version());
    if (!name.sha256().isEmpty()) {
      require(name.folder(), "SHA-256 of " + ModelBundle.MANIFEST, name.sha256(), sha256(bundle));
    }
    return bundle;
  }

  private ModelBundle open(String name, LanguagePair pair) throws RolloutException {
    try {
      var path = Path.of(name);
      if (name.isBlank()
          || path.isAbsolute()
          || path.getNameCount() != 1
          || name.equals("..")
          || name.equals(".")) {
        throw new RolloutException(
            "bundle: expected the name of a folder in %s, actual '%s'".formatted(folder, name));
      }
      var bundle = ModelBundle.open(folder.resolve(path));
      var manifest = bundle.manifest();
      require(
          name,
          "languages",
          pair,
          new LanguagePair(manifest.sourceLanguage(), manifest.targetLanguage()));
      return bundle;
    } catch (InvalidPathException | BundleFormatException e) {
      throw new RolloutException("bundle %s: %s".formatted(name, e.getMessage()), e);
    }
  }

  private static String sha256(ModelBundle bundle) throws RolloutException {
    try {
      return Files.readString(bundle.folder().resolve(ModelBundle.CHECKSUM))
          .substring(0, SHA256_DIGITS);
    } catch (IOException e) {
      throw new RolloutException(
          "bundle %s: expected a file that can be read, actual %s"
              .formatted(bundle.folder().getFileName(), e),
          e);
    }
  }

  private static void require(String bundle, String what, Object expected, Object actual)
      throws RolloutException {
    if (!actual.equals(expected)) {
      throw new RolloutException(
          "bundle %s: %s: expected %s, actual %s".formatted(bundle, what, expected, actual));
    }
  }
}
