package io.streamglot.benchmarks.chaos;

import io.streamglot.app.rollout.BundleName;
import io.streamglot.translator.bundle.BundleManifest;
import io.streamglot.translator.bundle.BundleWriter;
import io.streamglot.translator.bundle.ModelBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Bundles that follow the one that is served first. They differ from it in nothing but the version:
 * what it translates in bare decoding, they do too.
 *
 * @param folder of all of them
 * @param bundle served first
 * @param versions theirs, in the order in which they replace each other
 */
record NextBundles(Path folder, ModelBundle bundle, List<String> versions) {

  /** Folder of the damaged one. */
  static final String DAMAGED = "damaged";

  NextBundles {
    versions = List.copyOf(versions);
  }

  /** Versions {@code 2.0.0.1}, {@code 2.0.0.2} and so on of {@code 2.0.0}. */
  static NextBundles of(ModelBundle bundle, int count, Path folder) {
    List<String> versions = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      versions.add("%s.%d".formatted(bundle.manifest().version(), i));
    }
    return new NextBundles(folder, bundle, versions);
  }

  /** All versions, the first one too. */
  List<String> allVersions() {
    List<String> all = new ArrayList<>();
    all.add(bundle.manifest().version());
    all.addAll(versions);
    return all;
  }

  /** Writes the bundles, and a damaged one. */
  void write() throws IOException {
    Files.createDirectories(folder);
    for (String version : versions) {
      write(version, version);
    }
    Path model = write(DAMAGED, damaged().version()).modelFile();
    byte[] bytes = Files.readAllBytes(model);
    bytes[bytes.length / 2] ^= 1;
    Files.write(model, bytes);
  }

  private ModelBundle write(String name, String version) throws IOException {
    Path staging = Files.createDirectory(folder.resolve(".staging"));
    for (String file : bundle.manifest().files().keySet()) {
      Files.copy(bundle.folder().resolve(file), staging.resolve(file));
    }
    return BundleWriter.publish(
        staging, ofVersion(bundle.manifest(), version), folder.resolve(name));
  }

  private static BundleManifest ofVersion(BundleManifest first, String version) {
    return new BundleManifest(
        first.formatVersion(),
        first.name(),
        version,
        first.sourceLanguage(),
        first.targetLanguage(),
        first.architecture(),
        first.limits(),
        first.search(),
        first.files(),
        first.training(),
        first.evaluation(),
        first.license());
  }

  /** As an event names a version. */
  BundleName named(String version) {
    return new BundleName(version, version, "");
  }

  /** As an event names the damaged one; of its version no translation may be. */
  BundleName damaged() {
    return new BundleName(DAMAGED, bundle.manifest().version() + "." + DAMAGED, "");
  }
}
