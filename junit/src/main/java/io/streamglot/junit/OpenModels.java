package io.streamglot.junit;

import io.streamglot.translator.BundleTranslator;
import io.streamglot.translator.Translator;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.decode.DecoderSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** The models that tests have named, open until the last test has run. Thread-safe. */
final class OpenModels implements AutoCloseable {

  private final Map<Path, Translator> byFolder = new HashMap<>();

  /**
   * The model of a bundle, opened where it is not open yet.
   *
   * @throws ExtensionConfigurationException if it is no bundle, or a damaged one
   */
  synchronized Translator get(Path folder) {
    return byFolder.computeIfAbsent(folder.toAbsolutePath().normalize(), OpenModels::open);
  }

  private static Translator open(Path folder) {
    try {
      return BundleTranslator.open(ModelBundle.open(folder), new DecoderSettings(1));
    } catch (IOException e) {
      // The line says it all; a cause would say it again. A folder that is missing is named in it.
      throw new ExtensionConfigurationException(
          Files.isDirectory(folder) ? folder + ": " + e.getMessage() : e.getMessage());
    }
  }

  @Override
  public synchronized void close() {
    byFolder.values().forEach(Translator::close);
    byFolder.clear();
  }
}
