package io.streamglot.translator.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamglot.translator.TestBundles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleWriterTest {

  private static final byte[] OLD = "old".getBytes(UTF_8);
  private static final byte[] NEW = "new".getBytes(UTF_8);

  @TempDir private Path folder;

  @Test
  void movesTheStagingFolderToItsPlace() throws IOException {
    Path target = folder.resolve("models").resolve("en-fr");

    ModelBundle bundle = BundleWriter.publish(staging(NEW), TestBundles.manifest(), target);

    assertThat(bundle.folder()).isEqualTo(target);
    assertThat(names(target))
        .containsExactly(
            "MODEL_CARD.md", "bundle.json", "bundle.sha256", "model.onnx", "tokenizer.json");
    assertThat(folder.resolve("staging")).doesNotExist();
  }

  @Test
  void listsTheHashOfEveryFileInPlaceOfThoseInTheManifest() throws IOException {
    Path staging = staging(NEW);
    Files.writeString(staging.resolve("NOTICE"), "abc");

    ModelBundle bundle =
        BundleWriter.publish(
            staging,
            TestBundles.manifest().withFiles(Map.of("gone.bin", "00")),
            folder.resolve("bundle"));

    assertThat(bundle.manifest().files())
        .containsOnlyKeys("MODEL_CARD.md", "NOTICE", "model.onnx", "tokenizer.json")
        .containsEntry(
            "NOTICE", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void writesTheSameBytesForTheSameContent() throws IOException {
    Path first = TestBundles.publish(folder.resolve("1"), NEW).folder();
    Path second = TestBundles.publish(folder.resolve("2"), NEW).folder();

    assertThat(first.resolve("bundle.json")).hasSameBinaryContentAs(second.resolve("bundle.json"));
    assertThat(Files.readString(first.resolve("bundle.json")))
        .startsWith("{\n  \"formatVersion\": 1,\n  \"name\": \"en-fr\",\n")
        .doesNotContain("\r")
        .endsWith("}\n");
  }

  @Test
  void writesAChecksumThatSha256sumWouldWrite() throws IOException {
    Path bundle = TestBundles.publish(folder, NEW).folder();

    assertThat(bundle.resolve("bundle.sha256"))
        .hasContent(Sha256.of(bundle.resolve("bundle.json")) + "  bundle.json\n");
  }

  @Test
  void replacesABundleAndLeavesNothingOfItBehind() throws IOException {
    Path target = folder.resolve("bundle");
    BundleWriter.publish(staging(OLD), TestBundles.manifest(), target);

    BundleWriter.publish(staging(NEW), TestBundles.manifest(), target);

    assertThat(ModelBundle.open(target).modelFile()).hasBinaryContent(NEW);
    assertThat(names(folder)).containsExactly("bundle");
  }

  @Test
  void replacesAnEmptyFolderAndADamagedBundle() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Path damaged = Files.createDirectory(folder.resolve("damaged"));
    Files.writeString(damaged.resolve("bundle.json"), "{");

    assertThat(BundleWriter.publish(staging(NEW), TestBundles.manifest(), empty)).isNotNull();
    assertThat(BundleWriter.publish(staging(NEW), TestBundles.manifest(), damaged)).isNotNull();
  }

  @Test
  void replacesNothingElse() throws IOException {
    Path home = Files.createDirectory(folder.resolve("home"));
    Path letter = Files.writeString(home.resolve("letter.txt"), "Dear");
    Path staging = staging(NEW);

    for (Path target : List.of(home, letter)) {
      assertThatThrownBy(() -> BundleWriter.publish(staging, TestBundles.manifest(), target))
          .isInstanceOf(FileAlreadyExistsException.class)
          .hasMessageStartingWith(target + ": target: expected a bundle, an empty folder");
    }
    assertThat(letter).hasContent("Dear");
    assertThat(staging.resolve("model.onnx")).exists();
  }

  @Test
  void publishesNothingThatCannotBeOpened() throws IOException {
    Path target = folder.resolve("bundle");
    BundleWriter.publish(staging(OLD), TestBundles.manifest(), target);
    Path staging = staging(NEW);
    Files.delete(staging.resolve("MODEL_CARD.md"));

    assertThatThrownBy(() -> BundleWriter.publish(staging, TestBundles.manifest(), target))
        .isInstanceOf(BundleFormatException.class)
        .hasMessageContaining("an entry for MODEL_CARD.md");
    assertThat(ModelBundle.open(target).modelFile()).hasBinaryContent(OLD);
  }

  @Test
  void refusesAFolderInTheStagingFolder() throws IOException {
    Path staging = staging(NEW);
    Files.createDirectory(staging.resolve("logs"));

    assertThatThrownBy(
            () -> BundleWriter.publish(staging, TestBundles.manifest(), folder.resolve("bundle")))
        .isInstanceOf(BundleFormatException.class)
        .hasMessage("%s: files: expected regular files with plain names, actual 'logs'", staging);
    assertThat(folder.resolve("bundle")).doesNotExist();
  }

  private Path staging(byte[] model) throws IOException {
    return TestBundles.staging(folder.resolve("staging"), model);
  }

  private static List<String> names(Path directory) throws IOException {
    try (var paths = Files.list(directory)) {
      return paths.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
