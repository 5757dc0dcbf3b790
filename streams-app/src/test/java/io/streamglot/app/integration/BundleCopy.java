package io.streamglot.app.integration;

import io.streamglot.translator.bundle.ModelBundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Makes bundles of the one that ships: whole ones of another version, and damaged ones. */
public final class BundleCopy {

  private BundleCopy() {}

  /** The bundle as another version of itself. */
  public static Path ofVersion(String version, Path folder)
      throws IOException, NoSuchAlgorithmException {
    copy(folder);
    var manifest = folder.resolve(ModelBundle.MANIFEST);
    var json =
        Files.readString(manifest)
            .replaceFirst("(\"version\"\\s*:\\s*)\"[^\"]*\"", "$1\"" + version + "\"");
    Files.writeString(manifest, json);
    var sha256 = MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
    Files.writeString(
        folder.resolve(ModelBundle.CHECKSUM),
        HexFormat.of().formatHex(sha256) + "  " + ModelBundle.MANIFEST + "\n");
    return folder;
  }

  /** The bundle with one bit of its model turned over. */
  public static Path damaged(Path folder) throws IOException {
    copy(folder);
    var model = folder.resolve(ModelBundle.MODEL);
    var bytes = Files.readAllBytes(model);
    bytes[bytes.length / 2] ^= 1;
    Files.write(model, bytes);
    return folder;
  }

  private static void copy(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (var files = Files.list(Model.FOLDER)) {
      for (var file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
  }
}
