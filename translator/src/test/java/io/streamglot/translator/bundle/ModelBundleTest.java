package io.streamglot.translator.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamglot.translator.TestBundles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelBundleTest {

  private static final byte[] MODEL = "not a graph, but bytes".getBytes(UTF_8);

  @TempDir private Path temporary;
  private Path bundle;

  @BeforeEach
  void publish() throws IOException {
    bundle = TestBundles.publish(temporary, MODEL).folder();
  }

  @Test
  void opensWhatWasPublished() throws IOException {
    ModelBundle opened = ModelBundle.open(bundle);

    assertThat(opened.folder()).isEqualTo(bundle);
    assertThat(opened.modelFile()).hasBinaryContent(MODEL);
    assertThat(opened.tokenizerFile()).isEqualTo(bundle.resolve("tokenizer.json")).exists();
    assertThat(opened.manifest().withFiles(TestBundles.manifest().files()))
        .isEqualTo(TestBundles.manifest());
    assertThat(opened).hasToString("en-fr 1.0.0");
  }

  @Test
  void noticesThatItsFolderHasAnotherBundleByNow() throws IOException {
    ModelBundle opened = ModelBundle.open(bundle);
    opened.verifyUnchanged();
    ModelBundle other = TestBundles.publish(temporary, "another graph".getBytes(UTF_8));

    assertThat(other.folder()).isEqualTo(bundle);
    assertThatThrownBy(opened::verifyUnchanged)
        .isInstanceOf(BundleFormatException.class)
        .hasMessage(
            "bundle.json: SHA-256: expected %s, as it was opened, actual %s",
            opened.sha256(), other.sha256());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bundle.json", "bundle.sha256", "model.onnx", "tokenizer.json", "MODEL_CARD.md"})
  void refusesAnyFlippedBit(String name) throws IOException {
    Path file = bundle.resolve(name);
    byte[] original = Files.readAllBytes(file);
    // Every byte of a small file, a few hundred of a large one.
    int stride = Math.max(1, original.length / 400);
    for (int position = 0; position < original.length; position += stride) {
      byte[] damaged = original.clone();
      damaged[position] ^= (byte) (1 << (position % 8));
      Files.write(file, damaged);

      assertRefused("byte " + position).hasMessageMatching("[^:]+: .+: expected .+, actual .+");
    }
    Files.write(file, original);

    assertThat(ModelBundle.open(bundle)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bundle.json", "bundle.sha256", "model.onnx", "tokenizer.json", "MODEL_CARD.md"})
  void refusesAFileThatIsMissingEmptyCutLongerOrAFolder(String name) throws IOException {
    Path file = bundle.resolve(name);
    byte[] original = Files.readAllBytes(file);

    Files.write(file, new byte[0]);
    assertRefused("empty");
    Files.write(file, Arrays.copyOf(original, original.length - 1));
    assertRefused("cut");
    Files.write(file, Arrays.copyOf(original, original.length + 1));
    assertRefused("longer");
    Files.delete(file);
    assertRefused("missing").hasMessage("%s: file: expected in %s, actual missing", name, bundle);
    Files.createDirectory(file);
    assertRefused("a folder")
        .hasMessage("%s: file: expected in %s, actual not a regular file", name, bundle);
  }

  @Test
  void saysWhichHashItExpectedAndWhichItFound() throws IOException {
    Files.writeString(bundle.resolve("model.onnx"), "abc");

    assertRefused("another model")
        .hasMessage(
            "model.onnx: SHA-256: expected %s (bundle.json), actual %s",
            Sha256.of(MODEL),
            // FIPS 180-2, B.1
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @ParameterizedTest
  @CsvSource({
    "2, 2 (written by a newer Streamglot)",
    "2147483647, 2147483647 (written by a newer Streamglot)",
    "0, 0",
    "-1, -1"
  })
  void refusesAnotherFormatVersionBeforeAnythingElse(String version, String actual)
      throws IOException {
    Files.writeString(
        bundle.resolve("bundle.json"),
        "{\"whatever\": [1, 2], \"formatVersion\": " + version + "}");
    Files.delete(bundle.resolve("bundle.sha256"));

    assertRefused(version).hasMessage("bundle.json: format version: expected 1, actual %s", actual);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"name\": \"en-fr\" | \"name\": \"en-fr\", \"nmae\": 1 | nmae: expected one of",
        "\"name\": \"en-fr\" | \"name\": null | name",
        "\"name\": \"en-fr\" | \"name\": \" \" | name: expected a text that is not blank",
        "\"name\": \"en-fr\" | \"name\": \"en-fr\", \"name\": \"en-fr\" | Duplicate field 'name'",
        "\"name\": \"en-fr\", | | name: expected",
        "\"formatVersion\": 1 | \"formatVersion\": \"1\" | formatVersion",
        "\"formatVersion\": 1 | \"formatVersion\": 1.5 | formatVersion",
        "\"sourceLanguage\": \"en\" | \"sourceLanguage\": \"e_n\" | sourceLanguage: expected a BCP 47",
        "\"vocabularySize\": 738 | \"vocabularySize\": 0 | limits.vocabularySize: expected above 0, actual 0",
        "\"vocabularySize\": 738, | | vocabularySize",
        "\"maxSourceLength\": 128 | \"maxSourceLength\": -5 | limits.maxSourceLength: expected above 0, actual -5",
        "\"endId\": 3 | \"endId\": 738 | limits.endId: expected 0 to 737, actual 738",
        "\"beamSize\": 4 | \"beamSize\": 0 | beam size: expected 1 to 64, actual 0",
        "\"seed\": \"17\" | \"seed\": null | training.seed is null",
        "\"seed\": \"17\" | \"seed\": 17 | training.seed: expected String",
        "\"license\": \"CC-BY-2.0\" | \"license\": 7 | license",
        "\"model.onnx\": | \"other.onnx\": | an entry for model.onnx",
        "\"model.onnx\": | \"../model.onnx\": \"00\", \"model.onnx\": | '../model.onnx'",
        "\"model.onnx\": | \"/etc/passwd\": \"00\", \"model.onnx\": | '/etc/passwd'",
        "\"model.onnx\": | \"a\\\\b\": \"00\", \"model.onnx\": | 'a\\b'",
        "\"model.onnx\": | \"..\": \"00\", \"model.onnx\": | '..'",
        "\"model.onnx\": | \"\": \"00\", \"model.onnx\": | ''",
        "\"model.onnx\": | \"a\\u0000b\": \"00\", \"model.onnx\": | 'a b'",
        "\"model.onnx\": | \"bundle.json\": \"00\", \"model.onnx\": | 'bundle.json'",
      })
  void refusesAManifestThatIsNotOneThoughItsChecksumHolds(
      String original, String changed, String named) throws IOException {
    String json = Files.readString(bundle.resolve("bundle.json"), UTF_8);
    assertThat(json).contains(original);
    writeManifest(json.replace(original, changed == null ? "" : changed));

    assertRefused(named).hasMessageStartingWith("bundle.json: ").hasMessageContaining(named);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "7", "\"text\"", "{", "\u0000\u0001", "{}", "{} {}"})
  void refusesWhatIsNoManifestThoughItsChecksumHolds(String json) throws IOException {
    writeManifest(json);

    assertRefused(json).hasMessageMatching("bundle.json: [a-zA-Z]+: expected .+, actual .+");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"%s *bundle.json\n", "%s  bundle.json", "%s  bundle.json\r\n", "%s  other\n", ""})
  void refusesAChecksumInAnotherForm(String form) throws IOException {
    String hash = Sha256.of(bundle.resolve("bundle.json"));
    Files.writeString(bundle.resolve("bundle.sha256"), form.formatted(hash));

    assertRefused(form).hasMessageStartingWith("bundle.sha256: content: expected the line ");
  }

  @Test
  void refusesWhatIsNoFolder() throws IOException {
    Path absent = temporary.resolve("absent");
    Path file = Files.writeString(temporary.resolve("file"), "text");

    assertThatThrownBy(() -> ModelBundle.open(absent))
        .isInstanceOf(BundleFormatException.class)
        .hasMessage("%s: bundle: expected a folder, actual nothing of this name", absent);
    assertThatThrownBy(() -> ModelBundle.open(file))
        .isInstanceOf(BundleFormatException.class)
        .hasMessage("%s: bundle: expected a folder, actual a file", file);
  }

  @Test
  void leavesFilesThatAreNotListedAlone() throws IOException {
    Files.writeString(bundle.resolve(".DS_Store"), "text");

    assertThat(ModelBundle.open(bundle)).isNotNull();
  }

  private void writeManifest(String json) throws IOException {
    Files.writeString(bundle.resolve("bundle.json"), json, UTF_8);
    Files.writeString(
        bundle.resolve("bundle.sha256"),
        Sha256.line(Sha256.of(json.getBytes(UTF_8)), "bundle.json"));
  }

  /** Refused, and by one line that a terminal can show. */
  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(String why) {
    return assertThatThrownBy(() -> ModelBundle.open(bundle))
        .as(why)
        .isInstanceOf(BundleFormatException.class)
        .satisfies(e -> assertThat(e.getMessage()).matches("[^\\p{Cntrl}]+"));
  }
}
