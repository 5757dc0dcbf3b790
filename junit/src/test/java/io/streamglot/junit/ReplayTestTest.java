package io.streamglot.junit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.streamglot.app.format.ValueFormat;
import io.streamglot.app.topology.StreamsDefaults;
import io.streamglot.schemas.RecordedHeader;
import io.streamglot.schemas.RecordedMessage;
import io.streamglot.schemas.Translation;
import io.streamglot.translator.bundle.ModelBundle;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.opentest4j.AssertionFailedError;

/** Runs tests that use the extension, as an IDE or Maven would, and looks at how they end. */
class ReplayTestTest {

  private static final String RECORDING = "target/replay-test/chat.avro";
  private static final String PLAIN = "target/replay-test/plain.avro";
  private static final String REGISTERED = "target/replay-test/registered.avro";
  private static final Path APPROVED = Path.of(RECORDING + ".approved.txt");

  private static final String TEXT =
      """
      # Translated by en-fr %s, en-de %s

      lobby / m0
        en  Where is the station?
        fr  Où est la gare ?
        de  Wo ist der Bahnhof?

      lobby / m1
        en  How are you?
            |
            | I love you.
        fr  Comment vas-tu ?
            |
            | Je t'aime.

      (no key) / m2
        en  Hello!
        es  ! UNSUPPORTED_LANGUAGE_PAIR: languages: expected one of [en to de, en to fr], actual 'en' to 'es'

      desk / chat-0 offset 3
        --  ! UNDECODABLE: SourceText in Avro single-object encoding: expected C3 01 and a fingerprint of 8 bytes, actual 7 bytes starting with 67 61 72 62 61 67 65

      desk / chat-0 offset 4
        --  ! NULL_VALUE: expected a value, actual none

      desk / chat-0 offset 5
        --  ! NULL_VALUE: expected a value, actual none; original key and value, and headers, left out as too large
      """;

  /** What users write. They run only where this test runs them. */
  static class Chat {

    @ReplayTest(
        recording = RECORDING,
        bundles = {"../models/en-fr", "../models/en-de"})
    void onTheDriver(Replay replay) {
      assertThat(replay.translations()).hasSize(3);
      assertThat(replay.failures()).hasSize(4);
    }

    @ReplayTest(
        recording = RECORDING,
        bundles = {"../models/en-fr", "../models/en-de"},
        on = ReplayOn.EMBEDDED_BROKER)
    void onABroker() {}

    @ReplayTest(recording = PLAIN, bundles = "../models/en-fr", targets = "fr")
    void ofPlainText(Replay replay) {
      assertThat(replay.translations())
          .singleElement()
          .extracting(Translation::getText)
          .isEqualTo("Où est la gare ?");
    }

    @ReplayTest(recording = REGISTERED, bundles = "../models/en-fr")
    void ofValuesThatNeedARegistry() {}

    @ReplayTest(recording = "target/replay-test/none.avro", bundles = "../models/en-fr")
    void ofNothing() {}

    @ReplayTest(recording = RECORDING, bundles = "../models")
    void withoutAModel() {}

    @ReplayTest(recording = RECORDING, bundles = "../models/none")
    void withoutAFolder() {}
  }

  @BeforeEach
  void record() throws Exception {
    Files.createDirectories(Path.of("target/replay-test"));
    Files.deleteIfExists(APPROVED);
    Recordings.write(
        Path.of(RECORDING),
        List.of(
            Recordings.text(0, "lobby", "Where is the station?", "fr", "de"),
            Recordings.text(1, "lobby", "How are you?\n\nI love you.", "fr"),
            Recordings.text(2, null, "Hello!", "es"),
            Recordings.message(3, "desk", "garbage".getBytes(UTF_8)),
            Recordings.message(4, "desk", null),
            withoutTimeAndWithTooLargeAHeader()));
  }

  @Test
  void theFirstRunWritesWhatIsToBeApprovedAndFails() throws Exception {
    assertThat(problem("onTheDriver"))
        .hasValueSatisfying(
            problem ->
                assertThat(problem)
                    .hasMessage(
                        APPROVED
                            + ": expected an approved file, actual none; it was written: look at it,"
                            + " and commit it"));
    assertThat(problem("onTheDriver")).isEmpty();
    assertThat(Files.readString(APPROVED)).isEqualTo(expected());
  }

  @Test
  void aBrokerGivesTheSameAsTheDriver() throws Exception {
    Files.writeString(APPROVED, expected());

    assertThat(problem("onABroker")).isEmpty();
  }

  @Test
  void aRecordingSaysHowItsValuesAreWritten() throws Exception {
    var text = Recordings.message(0, "lobby", "Where is the station?".getBytes(UTF_8));
    Recordings.write(Path.of(PLAIN), List.of(text), ValueFormat.TEXT);
    Recordings.write(Path.of(REGISTERED), List.of(text), ValueFormat.AVRO_REGISTRY);
    Files.deleteIfExists(Path.of(PLAIN + ".approved.txt"));

    assertThat(problem("ofPlainText")).isPresent(); // to be approved
    assertThat(problem("ofPlainText")).isEmpty();
    assertThat(problem("ofValuesThatNeedARegistry"))
        .hasValueSatisfying(
            problem ->
                assertThat(problem)
                    .hasMessage(
                        REGISTERED
                            + ": expected values that need no registry, actual avro-registry"));
  }

  @Test
  void anotherTranslationFailsWithBothAndTheFirstLinesThatDiffer() throws Exception {
    var actual = expected();
    var approved = actual.replace("Où est la gare ?", "Où est la poste ?");
    Files.writeString(APPROVED, approved);

    assertThat(problem("onTheDriver"))
        .hasValueSatisfying(
            problem -> {
              assertThat(problem)
                  .hasMessage(
                      """
                      %s: expected what is approved, lines that differ: 1
                        line 5
                          approved:   fr  Où est la poste ?
                          actual:     fr  Où est la gare ?
                      -Dstreamglot.update=true approves the new ones\
                      """
                          .formatted(APPROVED));
              assertThat(problem).isInstanceOf(AssertionFailedError.class);
              var failed = (AssertionFailedError) problem;
              assertThat(failed.getExpected().getValue()).isEqualTo(approved);
              assertThat(failed.getActual().getValue()).isEqualTo(actual);
            });
    assertThat(Files.readString(APPROVED)).as("unchanged").isEqualTo(approved);
  }

  @Test
  void theSwitchApprovesWhatComesOut() throws Exception {
    Files.writeString(APPROVED, "something else");
    System.setProperty(Approval.UPDATE, "true");
    try {
      assertThat(problem("onTheDriver")).isEmpty();
    } finally {
      System.clearProperty(Approval.UPDATE);
    }
    assertThat(Files.readString(APPROVED)).isEqualTo(expected());
  }

  @Test
  void whatIsNotThereIsNamed() {
    assertThat(problem("ofNothing"))
        .hasValueSatisfying(
            problem ->
                assertThat(problem)
                    .isInstanceOf(ExtensionConfigurationException.class)
                    .hasMessage(
                        "target/replay-test/none.avro: file: expected a recording, actual no such file")
                    .hasNoCause());
    assertThat(problem("withoutAModel"))
        .hasValueSatisfying(
            problem ->
                assertThat(problem)
                    .isInstanceOf(ExtensionConfigurationException.class)
                    .hasMessageStartingWith(
                        Path.of("../models").toAbsolutePath().normalize() + ": bundle.json: ")
                    .hasNoCause());
    assertThat(problem("withoutAFolder"))
        .hasValueSatisfying(
            problem ->
                assertThat(problem)
                    .hasMessage(
                        Path.of("../models/none").toAbsolutePath().normalize()
                            + ": bundle: expected a folder, actual nothing of this name")
                    .hasNoCause());
  }

  /** A producer may leave out the one, and send the other compressed. */
  private static RecordedMessage withoutTimeAndWithTooLargeAHeader() {
    var tooLarge = ByteBuffer.allocate(StreamsDefaults.MAX_OUTCOME_BYTES);
    return new RecordedMessage(
        "chat",
        0,
        5L,
        -1L,
        ByteBuffer.wrap("desk".getBytes(UTF_8)),
        null,
        List.of(new RecordedHeader("trace", tooLarge)));
  }

  private static String expected() throws Exception {
    return TEXT.formatted(version("en-fr"), version("en-de"));
  }

  private static String version(String bundle) throws Exception {
    return ModelBundle.open(Path.of("../models", bundle)).manifest().version();
  }

  /** Why the test of that name failed; empty if it did not. */
  private static Optional<Throwable> problem(String test) {
    Method method =
        Arrays.stream(Chat.class.getDeclaredMethods())
            .filter(candidate -> candidate.getName().equals(test))
            .findFirst()
            .orElseThrow();
    var tests =
        EngineTestKit.engine("junit-jupiter")
            .selectors(selectMethod(Chat.class, method))
            .execute()
            .testEvents();
    tests.assertStatistics(statistics -> statistics.started(1));
    return tests.failed().stream()
        .map(event -> event.getRequiredPayload(TestExecutionResult.class))
        .flatMap(result -> result.getThrowable().stream())
        .findFirst();
  }
}
