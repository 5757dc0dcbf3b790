package io.streamglot.translator.bundle;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Publishes a bundle: a reader sees the old bundle or the new one, whole, and never a mixture.
 *
 * <p>Only while an existing bundle is replaced is there a moment with none: a folder cannot be
 * swapped in one step on every system.
 */
public final class BundleWriter {

  private BundleWriter() {}

  /**
   * Makes the staging folder a bundle and moves it to its place.
   *
   * <ol>
   *   <li>Hashes the files in the staging folder, writes {@code bundle.json} and {@code
   *       bundle.sha256}, and forces all of them to the disk.
   *   <li>Opens it as a reader would; what cannot be opened is not published.
   *   <li>Moves it to the target in one step. A bundle that is already there is replaced and
   *       deleted; it is put back if the move fails.
   * </ol>
   *
   * @param staging folder with model, tokenizer, model card and any further plain files, on the
   *     file system of {@code target}; it is gone after the call
   * @param manifest the manifest; its {@code files} are replaced by the hashes computed here
   * @param target where the bundle shall be; absent, an empty folder, or a bundle
   * @return the published bundle
   * @throws BundleFormatException if files are missing or the manifest is of another format version
   * @throws FileAlreadyExistsException if the target holds something else than a bundle
   * @throws IOException if writing or moving failed; the target is as it was, unless only clearing
   *     up after it did: then it is the new bundle, beside a hidden folder with the one before
   */
  public static ModelBundle publish(Path staging, BundleManifest manifest, Path target)
      throws IOException {
    requireReplaceable(target);
    Files.deleteIfExists(staging.resolve(ModelBundle.MANIFEST));
    Files.deleteIfExists(staging.resolve(ModelBundle.CHECKSUM));
    byte[] json = ManifestJson.write(manifest.withFiles(hashes(staging)));
    Files.write(staging.resolve(ModelBundle.MANIFEST), json);
    Files.write(
        staging.resolve(ModelBundle.CHECKSUM),
        Sha256.line(Sha256.of(json), ModelBundle.MANIFEST).getBytes(US_ASCII));
    for (Path file : list(staging)) {
      force(file, WRITE);
    }
    force(staging, READ);
    ModelBundle.open(staging);
    move(staging, target);
    return ModelBundle.open(target);
  }

  /**
   * Refuses a target that {@link #publish} would refuse: for those who work long before they
   * publish.
   *
   * @throws FileAlreadyExistsException if it holds something else than a bundle
   * @throws IOException if it cannot be read
   */
  public static void requireReplaceable(Path target) throws IOException {
    if (!Files.exists(target)
        || Files.exists(target.resolve(ModelBundle.MANIFEST))
        || (Files.isDirectory(target) && list(target).isEmpty())) {
      return;
    }
    throw new FileAlreadyExistsException(
        target + ": target: expected a bundle, an empty folder or nothing, actual something else");
  }

  private static Map<String, String> hashes(Path staging) throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    for (Path file : list(staging)) {
      String name = file.getFileName().toString();
      if (!Files.isRegularFile(file) || !ModelBundle.isPlainFileName(name)) {
        throw new BundleFormatException(
            staging.toString(), "files", "regular files with plain names", "'" + name + "'");
      }
      hashes.put(name, Sha256.of(file));
    }
    return hashes;
  }

  private static void move(Path staging, Path target) throws IOException {
    Path destination = target.toAbsolutePath().normalize();
    Path parent = destination.getParent();
    Files.createDirectories(parent);
    Path aside = null;
    if (Files.exists(destination)) {
      aside = Files.createTempDirectory(parent, "." + destination.getFileName() + "-replaced-");
      Files.move(destination, aside, ATOMIC_MOVE);
    }
    try {
      Files.move(staging, destination, ATOMIC_MOVE);
    } catch (IOException e) {
      if (aside != null) {
        Files.move(aside, destination, ATOMIC_MOVE);
      }
      throw e;
    }
    force(parent, READ);
    if (aside != null) {
      deleteTree(aside);
    }
  }

  private static void deleteTree(Path root) throws IOException {
    List<Path> paths;
    try (var walk = Files.walk(root)) {
      paths = new ArrayList<>(walk.toList());
    }
    Collections.reverse(paths);
    for (Path path : paths) {
      Files.delete(path);
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    List<Path> paths = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(paths::add);
    }
    return paths;
  }

  private static void force(Path path, OpenOption option) throws IOException {
    try (FileChannel channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
  }
}
