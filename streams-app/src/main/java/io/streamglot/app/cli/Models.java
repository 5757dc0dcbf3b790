package io.streamglot.app.cli;

import io.streamglot.app.topology.Translators;
import io.streamglot.translator.BundleTranslator;
import io.streamglot.translator.Translator;
import io.streamglot.translator.bundle.BundleFormatException;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.decode.DecoderSettings;
import io.streamglot.translator.decode.DecodingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Opens model bundles for the commands, with the folder in every message. */
final class Models {
  /** The bundle that ships, for an option's default; the launcher sets the property. */
  static final String SHIPPED = "${sys:streamglot.home:-.}/models/en-fr";

  private Models() {}

  /**
   * Opens and verifies a bundle.
   *
   * @throws UserErrorException if there is none, or it is damaged
   */
  static ModelBundle bundle(Path folder) {
    try {
      return ModelBundle.open(folder);
    } catch (BundleFormatException e) {
      throw refused(folder, e);
    }
  }

  /**
   * Loads the model of a bundle.
   *
   * @throws UserErrorException if model, tokenizer and manifest do not fit each other, or the model
   *     does not open on the device
   */
  static BundleTranslator translator(ModelBundle bundle, DecoderSettings settings) {
    try {
      return BundleTranslator.open(bundle, settings);
    } catch (IOException e) {
      throw refused(bundle.folder(), e);
    }
  }

  /**
   * Loads the model of a bundle and translates a first text, so that no user's text waits for what
   * is made once: the first one takes some 25 ms longer than the next.
   *
   * @throws UserErrorException if {@link #translator} throws it, or the model cannot translate
   */
  static Translator warmTranslator(ModelBundle bundle, DecoderSettings settings) {
    Translator translator = translator(bundle, settings);
    try {
      translator.translate(List.of("Yes."));
      return translator;
    } catch (DecodingException e) {
      translator.close();
      throw new UserErrorException(
          "%s: expected a model that translates, actual %s"
              .formatted(bundle.folder(), e.getMessage()));
    }
  }

  /**
   * Loads several models, as {@link #warmTranslator} does.
   *
   * @param settings of each
   * @throws UserErrorException if one cannot be opened or cannot translate, or two are for the same
   *     languages
   */
  static Translators translators(List<Path> folders, DecoderSettings settings) {
    List<Translator> opened = new ArrayList<>();
    try {
      for (Path folder : folders) {
        opened.add(warmTranslator(bundle(folder), settings));
      }
      return new Translators(opened);
    } catch (RuntimeException e) {
      opened.forEach(Translator::close);
      throw e instanceof IllegalArgumentException
          ? new UserErrorException(Setting.MODELS.key() + ": " + e.getMessage())
          : e;
    }
  }

  private static UserErrorException refused(Path folder, IOException problem) {
    String message = problem.getMessage();
    return new UserErrorException(
        message.startsWith(folder.toString()) ? message : folder + ": " + message);
  }
}
