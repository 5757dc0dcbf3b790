package io.streamglot.translator.bundle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A folder with all that serving a model needs, verified.
 *
 * <p>An instance exists only if, when it was opened, the folder was of a known format version and
 * every file had the content that it was published with. Immutable; it holds no open file.
 */
public final class ModelBundle {

  /** The format version that this class reads and {@link BundleWriter} writes. */
  public static final int FORMAT_VERSION = 1;

  /** Name of the manifest, see {@link BundleManifest}. */
  public static final String MANIFEST = "bundle.json";

  /** Name of the file with the SHA-256 of the manifest, as {@code sha256sum} writes it. */
  public static final String CHECKSUM = "bundle.sha256";

  /** Name of the ONNX graph: encoder and beam search. */
  public static final String MODEL = "model.onnx";

  /** Name of the tokenizer, in the format of Hugging Face tokenizers. */
  public static final String TOKENIZER = "tokenizer.json";

  /** Name of the description for people. */
  public static final String MODEL_CARD = "MODEL_CARD.md";

  /** Name of the recipe that trains the model again; a bundle need not have one. */
  public static final String RECIPE = "recipe.yaml";

  private static final List<String> REQUIRED_FILES = List.of(MODEL, TOKENIZER, MODEL_CARD);

  private final Path folder;
  private final BundleManifest manifest;
  private final String sha256;

  private ModelBundle(Path folder, BundleManifest manifest, String sha256) {
    this.folder = folder;
    this.manifest = manifest;
    this.sha256 = sha256;
  }

  /**
   * Opens a bundle and verifies it: the format version first, then the manifest against {@value
   * #CHECKSUM}, its values, and the SHA-256 of every file that it lists. Files that it does not
   * list are left alone.
   *
   * @param folder the folder of the bundle
   * @throws BundleFormatException if there is no such folder, or what is in it is not a whole and
   *     unchanged bundle of version {@value #FORMAT_VERSION}; the message is one line
   */
  public static ModelBundle open(Path folder) throws BundleFormatException {
    if (!Files.isDirectory(folder)) {
      throw new BundleFormatException(
          folder.toString(),
          "bundle",
          "a folder",
          Files.exists(folder) ? "a file" : "nothing of this name");
    }
    byte[] json = read(folder, MANIFEST);
    checkFormatVersion(json);
    String sha256 = Sha256.of(json);
    checkManifest(sha256, new String(read(folder, CHECKSUM), ISO_8859_1));
    BundleManifest manifest = ManifestJson.read(json);
    checkFileNames(manifest.files());
    for (Map.Entry<String, String> file : manifest.files().entrySet()) {
      checkFile(folder, file.getKey(), file.getValue());
    }
    return new ModelBundle(folder, manifest, sha256);
  }

  /**
   * Verifies the folder once more, for who reads its files long after it was opened.
   *
   * @throws BundleFormatException if it has another bundle by now, or a damaged one
   */
  public void verifyUnchanged() throws BundleFormatException {
    String now = open(folder).sha256();
    if (!now.equals(sha256)) {
      throw new BundleFormatException(MANIFEST, "SHA-256", sha256 + ", as it was opened", now);
    }
  }

  /** Who the model is and what it needs. */
  public BundleManifest manifest() {
    return manifest;
  }

  /** SHA-256 of the manifest, and by what that says of all files: 64 hexadecimal digits. */
  public String sha256() {
    return sha256;
  }

  /** The ONNX graph. */
  public Path modelFile() {
    return folder.resolve(MODEL);
  }

  /** The tokenizer. */
  public Path tokenizerFile() {
    return folder.resolve(TOKENIZER);
  }

  /** The folder that was opened. */
  public Path folder() {
    return folder;
  }

  /** Name and version, as in {@code en-fr 1.0.0}. */
  @Override
  public String toString() {
    return manifest.name() + " " + manifest.version();
  }

  private static void checkFormatVersion(byte[] json) throws BundleFormatException {
    OptionalInt version = ManifestJson.formatVersion(json);
    if (version.isPresent() && version.getAsInt() != FORMAT_VERSION) {
      boolean newer = version.getAsInt() > FORMAT_VERSION;
      throw new BundleFormatException(
          MANIFEST,
          "format version",
          FORMAT_VERSION,
          version.getAsInt() + (newer ? " (written by a newer Streamglot)" : ""));
    }
  }

  private static void checkManifest(String actual, String checksum) throws BundleFormatException {
    if (checksum.equals(Sha256.line(actual, MANIFEST))) {
      return;
    }
    if (checksum.matches("[0-9a-f]{64}  \\Q" + MANIFEST + "\\E\n")) {
      throw new BundleFormatException(
          MANIFEST, "SHA-256", checksum.substring(0, 64) + " (" + CHECKSUM + ")", actual);
    }
    throw new BundleFormatException(
        CHECKSUM, "content", "the line '" + actual + "  " + MANIFEST + "'", "'" + checksum + "'");
  }

  private static void checkFileNames(Map<String, String> files) throws BundleFormatException {
    for (String required : REQUIRED_FILES) {
      if (!files.containsKey(required)) {
        throw new BundleFormatException(
            MANIFEST, "files", "an entry for " + required, "entries for " + files.keySet());
      }
    }
    for (String name : files.keySet()) {
      if (!isPlainFileName(name)) {
        throw new BundleFormatException(
            MANIFEST, "files", "names of files in the folder itself", "'" + name + "'");
      }
    }
  }

  /** Whether the name can only be that of a file in the folder itself, on any system. */
  static boolean isPlainFileName(String name) {
    return name.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*")
        && !name.equals(MANIFEST)
        && !name.equals(CHECKSUM);
  }

  private static void checkFile(Path folder, String name, String expected)
      throws BundleFormatException {
    Path file = requireFile(folder, name);
    String actual;
    try {
      actual = Sha256.of(file);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
    if (!actual.equals(expected)) {
      throw new BundleFormatException(name, "SHA-256", expected + " (" + MANIFEST + ")", actual);
    }
  }

  private static byte[] read(Path folder, String name) throws BundleFormatException {
    try {
      return Files.readAllBytes(requireFile(folder, name));
    } catch (BundleFormatException e) {
      throw e;
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private static Path requireFile(Path folder, String name) throws BundleFormatException {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new BundleFormatException(
          name, "file", "in " + folder, Files.exists(file) ? "not a regular file" : "missing");
    }
    return file;
  }

  private static BundleFormatException unreadable(String name, IOException cause) {
    return new BundleFormatException(name, "file", "readable", cause.toString(), cause);
  }
}
