package io.streamglot.app.cli;

import io.streamglot.app.ops.ProcessMemory;
import io.streamglot.app.topology.LanguagePair;
import io.streamglot.app.topology.Translators;
import io.streamglot.translator.BundleTranslator;
import io.streamglot.translator.Translator;
import io.streamglot.translator.bundle.BundleFormatException;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.decode.DecoderSettings;
import io.streamglot.translator.decode.DecodingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

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
   * Opens and verifies the bundles in some folders, each of which is one or holds some.
   *
   * @throws UserErrorException with a line for each folder that has none and each that is damaged
   */
  static List<ModelBundle> bundles(List<Path> folders) {
    List<ModelBundle> bundles = new ArrayList<>();
    UserErrorException.throwAllOf(
        folders,
        folder ->
            UserErrorException.throwAllOf(
                bundleFolders(folder), each -> bundles.add(bundle(each))));
    return List.copyOf(bundles);
  }

  /** The folder itself, or those in it, by name. */
  private static List<Path> bundleFolders(Path folder) {
    if (isBundle(folder)) {
      return List.of(folder);
    }
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> found = entries.filter(Models::isBundle).sorted().toList();
      if (!found.isEmpty()) {
        return found;
      }
    } catch (IOException e) {
      throw new UserErrorException(
          "%s: expected a folder that can be read, actual %s".formatted(folder, e));
    }
    throw new UserErrorException(
        "%s: expected a model bundle or folders of model bundles, actual no %s in it or in a folder in it"
            .formatted(folder, ModelBundle.MANIFEST));
  }

  private static boolean isBundle(Path folder) {
    return Files.isRegularFile(folder.resolve(ModelBundle.MANIFEST));
  }

  /** From which languages into which the models of the bundles translate. */
  static List<LanguagePair> pairs(List<ModelBundle> bundles) {
    return bundles.stream()
        .map(ModelBundle::manifest)
        .map(model -> new LanguagePair(model.sourceLanguage(), model.targetLanguage()))
        .toList();
  }

  /**
   * Loads several models, as {@link #warmTranslator} does, and says what each takes.
   *
   * @param settings of each
   * @param lazily whether each waits for its first text
   * @param loads takes a line for each model that is loaded, on the thread that loads it
   * @throws UserErrorException if one cannot translate, or two are for the same languages
   */
  static Translators translators(
      List<ModelBundle> bundles, DecoderSettings settings, boolean lazily, Consumer<String> loads) {
    return translators(
        bundles,
        Setting.MODELS.key(),
        bundle ->
            lazily
                ? new LazyTranslator(
                    bundle.manifest(), () -> measured(unchanged(bundle), settings, loads))
                : measured(bundle, settings, loads));
  }

  /**
   * Loads several models, or none if one does not load.
   *
   * @param option that names the bundles
   * @param opening loads the model of a bundle
   * @throws UserErrorException if two are for the same languages
   */
  static Translators translators(
      List<ModelBundle> bundles, String option, Function<ModelBundle, Translator> opening) {
    List<Translator> opened = new ArrayList<>();
    try {
      bundles.forEach(bundle -> opened.add(opening.apply(bundle)));
      return new Translators(opened);
    } catch (RuntimeException e) {
      opened.forEach(Translator::close);
      throw e instanceof IllegalArgumentException
          ? new UserErrorException(option + ": " + e.getMessage())
          : e;
    }
  }

  /** What was verified at the start may be loaded days later. */
  private static ModelBundle unchanged(ModelBundle bundle) {
    try {
      bundle.verifyUnchanged();
      return bundle;
    } catch (BundleFormatException e) {
      throw refused(bundle.folder(), e);
    }
  }

  private static Translator measured(
      ModelBundle bundle, DecoderSettings settings, Consumer<String> loads) {
    OptionalLong before = residentBytes();
    long start = System.nanoTime();
    Translator translator = warmTranslator(bundle, settings);
    long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    OptionalLong after = residentBytes();
    String memory =
        before.isEmpty() || after.isEmpty()
            ? ""
            : ", resident memory %+d MiB".formatted((after.getAsLong() - before.getAsLong()) >> 20);
    loads.accept(
        "model %s %s: loaded in %d ms%s"
            .formatted(bundle.manifest().name(), bundle.manifest().version(), took, memory));
    return translator;
  }

  private static OptionalLong residentBytes() {
    try {
      return ProcessMemory.residentBytes();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  private static UserErrorException refused(Path folder, IOException problem) {
    String message = problem.getMessage();
    return new UserErrorException(
        message.startsWith(folder.toString()) ? message : folder + ": " + message);
  }
}
