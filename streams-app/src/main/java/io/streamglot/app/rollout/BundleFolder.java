package io.streamglot.app.rollout;

import io.streamglot.app.topology.LanguagePair;
import io.streamglot.translator.Translator;
import io.streamglot.translator.bundle.BundleFormatException;
import io.streamglot.translator.bundle.ModelBundle;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * The folder of the bundles that events may name. An event names a folder in it, and nothing
 * outside: who may write events shall not choose files. Thread-safe.
 */
public final class BundleFolder {

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
    return new BundleName(name, bundle.manifest().version(), bundle.sha256());
  }

  /**
   * Verifies a bundle and loads its model.
   *
   * @param pair that its model must be for
   * @throws RolloutException if it is not what is named, is damaged, or does not translate
   */
  Translator load(BundleName name, LanguagePair pair) throws RolloutException {
    return loaded(open(name, pair));
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

  /**
   * Loads the model of a bundle that was opened before.
   *
   * @throws RolloutException if its folder has another bundle by now, or it does not translate
   */
  Translator load(ModelBundle bundle) throws RolloutException {
    try {
      bundle.verifyUnchanged();
    } catch (BundleFormatException e) {
      throw new RolloutException(
          "bundle %s: %s".formatted(bundle.folder().getFileName(), e.getMessage()), e);
    }
    return loaded(bundle);
  }

  private Translator loaded(ModelBundle bundle) throws RolloutException {
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
      require(name.folder(), "SHA-256 of " + ModelBundle.MANIFEST, name.sha256(), bundle.sha256());
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

  private static void require(String bundle, String what, Object expected, Object actual)
      throws RolloutException {
    if (!actual.equals(expected)) {
      throw new RolloutException(
          "bundle %s: %s: expected %s, actual %s".formatted(bundle, what, expected, actual));
    }
  }
}
