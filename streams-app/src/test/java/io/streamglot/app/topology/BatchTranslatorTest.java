package io.streamglot.app.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.streamglot.app.format.Formats;
import io.streamglot.app.format.MessageReader;
import io.streamglot.app.language.LanguageSettings;
import io.streamglot.app.topology.Outcome.Failed;
import io.streamglot.app.topology.Outcome.Translated;
import io.streamglot.app.topology.Translators.Lease;
import io.streamglot.schemas.Alternative;
import io.streamglot.schemas.FailureReason;
import io.streamglot.schemas.PendingRecord;
import io.streamglot.schemas.SourceText;
import io.streamglot.schemas.Translation;
import io.streamglot.schemas.TranslationFailure;
import io.streamglot.translator.BundleTranslator;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.decode.DecoderSettings;
import io.streamglot.translator.decode.DecodingException;
import io.streamglot.translator.text.Terms;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BatchTranslatorTest {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:05Z");

  private final TestTranslator enFr = new TestTranslator("en", "fr");
  private final TestTranslator enDe = new TestTranslator("en", "de");
  private final TestTranslator esDe = new TestTranslator("es", "de");
  private final Translators translators = new Translators(List.of(enFr, enDe, esDe));
  private final Lease models = translators.lease();
  private final BatchTranslator batch =
      new BatchTranslator(
          new Router(translators.pairs(), LanguageSettings.defaults()),
          MessageReader.of(Formats.AVRO),
          new TranslationCache(0),
          Terms.NONE,
          TopologyListener.NONE);

  @Test
  void aTranslationCarriesAllThatTheSchemaPromises() {
    var outcomes = translate(Records.pending(Records.text("m1", "Hello", "en", "fr")));

    assertThat(outcomes)
        .containsExactly(
            List.of(
                new Translated(
                    new Translation(
                        "m1",
                        "en",
                        "fr",
                        "fr:Hello",
                        -0.5f,
                        List.of(new Alternative("other", -1f)),
                        false,
                        "en-fr",
                        "0.0.1",
                        NOW,
                        Map.of("room", "lobby")),
                    new LanguagePair("en", "fr"),
                    Map.of(),
                    "Hello".length())));
  }

  @Test
  void aTextInItsTargetLanguagePassesThroughUntouchedAndMarked() {
    var text = "  Hello\tworld, " + "twice ".repeat(50_000);

    var outcomes = translate(Records.pending(Records.text("m1", text, "en-GB", "en", "fr")));

    assertThat(outcomes.get(0).get(0))
        .isEqualTo(
            new Translated(
                new Translation(
                    "m1",
                    "en-GB",
                    "en",
                    text,
                    0f,
                    List.of(),
                    false,
                    "none",
                    "",
                    NOW,
                    Map.of("room", "lobby")),
                new LanguagePair("en", "en"),
                Map.of(),
                0));
    assertThat(summary(outcomes.get(0).get(1))).startsWith("fr:");
  }

  @Test
  void theOutcomeBearsTheTagsOfTheRecordAndIsServedInTheLanguageOfTheModel() {
    var outcomes = translate(Records.pending(Records.text("m1", "Hello", "en-us", "FR-ca", "fr")));

    assertThat(outcomes.get(0))
        .extracting(outcome -> (Translated) outcome)
        .extracting(
            outcome -> outcome.translation().getSourceLanguage(),
            outcome -> outcome.translation().getTargetLanguage(),
            Translated::pair)
        .containsExactly(
            tuple("en-US", "fr-CA", new LanguagePair("en", "fr")),
            tuple("en-US", "fr", new LanguagePair("en", "fr")));
  }

  @Test
  void theLanguageThatWasDetectedIsTheSourceLanguageOfTheTranslation() {
    var outcomes =
        translate(
            Records.pending(Records.text("m1", "¿Dónde está la estación?", null, "de", "es")),
            Records.pending(Records.text("m2", "Where is the station?", null, "de")));

    assertThat(outcomes.stream().flatMap(List::stream))
        .extracting(outcome -> ((Translated) outcome).translation())
        .extracting(
            Translation::getSourceLanguage, Translation::getTargetLanguage, Translation::getText)
        .containsExactly(
            tuple("es", "de", "de:¿Dónde está la estación?"),
            tuple("es", "es", "¿Dónde está la estación?"),
            tuple("en", "de", "de:Where is the station?"));
  }

  @Test
  void wordsThatTheRecordOrTheSettingsNameStayAsTheyAre() throws IOException {
    try (var translator =
        BundleTranslator.open(
            ModelBundle.open(Path.of("..", "models", "en-fr")), DecoderSettings.DEFAULT)) {
      var one = new Translators(List.of(translator));
      var keeping =
          new BatchTranslator(
              new Router(one.pairs(), LanguageSettings.defaults()),
              MessageReader.of(Formats.AVRO),
              new TranslationCache(0),
              Terms.of(List.of("the cat")),
              TopologyListener.NONE);
      var text =
          new SourceText(
              "m1",
              "I love the dog and the cat, but not the house.",
              "en",
              List.of("fr"),
              NOW,
              Map.of(),
              List.of("the dog"));

      var read = keeping.read(Records.pending(Records.bytes(text)), one.lease(), NOW);

      var outcome = keeping.translate(List.of(read), NOW).get(0).get(0);
      assertThat(((Translated) outcome).translation().getText())
          .contains("the dog", "the cat")
          .doesNotContain("the house");
    }
  }

  @Test
  void eachDistinctTargetLanguageGetsOneOutcomeInTheOrderOfTheRecord() {
    var outcomes =
        translate(Records.pending(Records.text("m1", "Hello", "en", "de", "xx", "fr", "DE", "de")));

    assertThat(outcomes.get(0))
        .extracting(BatchTranslatorTest::summary)
        .containsExactly("de:Hello", "UNSUPPORTED_LANGUAGE_PAIR", "fr:Hello");
  }

  @Test
  void languagePairsShareNoCallAndOutcomesKeepTheOrderOfTheRecords() {
    var outcomes =
        translate(
            Records.pending(Records.text("m1", "one", "en", "fr")),
            Records.pending(Records.text("m2", "two", "en", "de")),
            Records.pending(Records.text("m3", "three", "en", "fr")),
            Records.pending(Records.text("m4", "four", "es", "de")));

    assertThat(enFr.calls).containsExactly(List.of("one", "three"));
    assertThat(enDe.calls).containsExactly(List.of("two"));
    assertThat(esDe.calls).containsExactly(List.of("four"));
    assertThat(outcomes.stream().flatMap(List::stream).map(BatchTranslatorTest::summary))
        .containsExactly("fr:one", "de:two", "fr:three", "de:four");
  }

  @Test
  void aTextThatTheModelFailsOnFailsAloneAndOthersAreTranslated() {
    var outcomes =
        translate(
            Records.pending(Records.text("m1", "one", "en", "fr")),
            Records.pending(Records.text("m2", "two poison", "en", "fr", "de")),
            Records.pending(Records.text("m3", "three", "en", "fr")));

    assertThat(outcomes.stream().flatMap(List::stream).map(BatchTranslatorTest::summary))
        .containsExactly("fr:one", "TRANSLATION_FAILED", "TRANSLATION_FAILED", "fr:three");
    assertThat(failure(outcomes.get(1).get(0)).getMessage())
        .isEqualTo("model en-fr 0.0.1: cannot decode");
  }

  @Test
  void textsThatTheModelFailsOnAllFailWhereItTranslatesOthers() {
    var outcomes =
        translate(
            Records.pending(Records.text("m1", "one poison", "en", "fr")),
            Records.pending(Records.text("m2", "two poison", "en", "fr")));

    assertThat(outcomes.stream().flatMap(List::stream).map(BatchTranslatorTest::summary))
        .containsExactly("TRANSLATION_FAILED", "TRANSLATION_FAILED");
  }

  @Test
  void aBatchThatTakesTooMuchMemoryIsTranslatedOneByOne() {
    enFr.failOn(texts -> texts.size() > 1);

    var outcomes =
        translate(
            Records.pending(Records.text("m1", "one", "en", "fr")),
            Records.pending(Records.text("m2", "two", "en", "fr")));

    assertThat(outcomes.stream().flatMap(List::stream).map(BatchTranslatorTest::summary))
        .containsExactly("fr:one", "fr:two");
  }

  @Test
  void aModelThatFailsOnEveryTextIsAFaultOfTheApplicationEvenForALoneText() {
    enFr.failOn(texts -> true);

    assertThatThrownBy(() -> translate(Records.pending(Records.text("m1", "one", "en", "fr"))))
        .isInstanceOf(DecodingException.class);
  }

  @Test
  void aTextWithoutSourceLanguageIsReadInTheOnlyOneThatLeadsToTheTarget() {
    var outcomes = translate(Records.pending(Records.text("m1", "Hello", null, "fr")));

    assertThat(outcomes.get(0))
        .extracting(BatchTranslatorTest::summary)
        .containsExactly("fr:Hello");
  }

  @Test
  void emptyAndBlankTextsAreAnsweredAsTheyAre() {
    var outcomes =
        translate(
            Records.pending(Records.text("m1", "", "en", "fr")),
            Records.pending(Records.text("m2", " \n", "en", "fr")));

    assertThat(outcomes.stream().flatMap(List::stream).map(BatchTranslatorTest::summary))
        .containsExactly("", " \n");
  }

  static Stream<Arguments> bad() {
    return Stream.of(
        Arguments.of(
            "null value",
            Records.pending((byte[]) null),
            FailureReason.NULL_VALUE,
            null,
            null,
            "expected a value, actual none"),
        Arguments.of(
            "no Avro",
            Records.pending("Hello".getBytes(StandardCharsets.UTF_8)),
            FailureReason.UNDECODABLE,
            null,
            null,
            "actual 5 bytes starting with 48 65 6C 6C 6F"),
        Arguments.of(
            "no target",
            Records.pending(Records.text("m1", "Hello", "en")),
            FailureReason.NO_TARGET_LANGUAGE,
            "m1",
            null,
            "expected at least one, actual none"),
        Arguments.of(
            "two possible sources",
            Records.pending(Records.text("m1", "Hello", null, "de")),
            FailureReason.SOURCE_LANGUAGE_NOT_DETERMINED,
            "m1",
            "de",
            "the models into de read [en, es]"),
        Arguments.of(
            "no possible source",
            Records.pending(Records.text("m1", "Hello", null, "zh")),
            FailureReason.UNSUPPORTED_LANGUAGE_PAIR,
            "m1",
            "zh",
            "actual an undetermined language to 'zh'"),
        Arguments.of(
            "no model",
            Records.pending(Records.text("m1", "Hello", "fr", "en")),
            FailureReason.UNSUPPORTED_LANGUAGE_PAIR,
            "m1",
            "en",
            "expected one of [en to de, en to fr, es to de], actual 'fr' to 'en'"),
        Arguments.of(
            "no language at all",
            Records.pending(Records.text("m1", "Hello", "", "")),
            FailureReason.NO_TARGET_LANGUAGE,
            "m1",
            null,
            "expected at least one, actual none"),
        Arguments.of(
            "poison",
            Records.pending(Records.text("m1", TestTranslator.POISON, "en", "fr")),
            FailureReason.TRANSLATION_FAILED,
            "m1",
            "fr",
            "model en-fr 0.0.1: cannot decode"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bad")
  void aBadRecordBecomesAFailureWithItsReasonAndItsBytes(
      String name,
      PendingRecord record,
      FailureReason reason,
      String messageId,
      String target,
      String message) {
    var failure = failure(translate(record).get(0).get(0));

    assertThat(failure)
        .isEqualTo(
            new TranslationFailure(
                messageId,
                target,
                "source-text",
                2,
                7L,
                reason,
                failure.getMessage(),
                ByteBuffer.wrap(new byte[] {'k', 'e', 'y'}),
                record.getValue(),
                NOW));
    assertThat(failure.getMessage()).contains(message);
  }

  @Test
  void aHundredTargetLanguagesHaveAnOutcomeEachAndOneMoreFailsTheRecord() {
    var hundred = tags(100);
    var many = tags(20_000);

    var outcomes =
        translate(
            Records.pending(Records.text("m1", "one", "en", hundred)),
            Records.pending(Records.text("m2", "two", "en", tags(101))),
            Records.pending(Records.text("m3", "three", "en", many)),
            Records.pending(Records.text("m4", "four", "en", "fr")));

    assertThat(outcomes.get(0)).hasSize(100);
    assertThat(outcomes.get(1))
        .extracting(BatchTranslatorTest::summary)
        .containsExactly("TOO_MANY_TARGET_LANGUAGES");
    assertThat(outcomes.get(2)).hasSize(1);
    var failure = failure(outcomes.get(2).get(0));
    assertThat(failure.getMessageId()).isEqualTo("m3");
    assertThat(failure.getTargetLanguage()).isNull();
    assertThat(failure.getMessage())
        .isEqualTo("target languages: expected at most 100, actual 20000");
    assertThat(outcomes.get(3)).extracting(BatchTranslatorTest::summary).containsExactly("fr:four");
  }

  @Test
  void aTargetLanguageThatIsNamedOftenCountsOnce() {
    var often = Collections.nCopies(20_000, "fr").toArray(String[]::new);

    assertThat(translate(Records.pending(Records.text("m1", "one", "en", often))).get(0))
        .extracting(BatchTranslatorTest::summary)
        .containsExactly("fr:one");
  }

  private static String[] tags(int count) {
    return IntStream.range(0, count).mapToObj(i -> "x-" + i).toArray(String[]::new);
  }

  @Test
  void aFaultOfTheApplicationStaysAnException() {
    enFr.close();

    assertThatThrownBy(() -> translate(Records.pending(Records.text("m1", "Hello", "en", "fr"))))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void twoModelsForOneLanguagePairAreRefused() {
    assertThatThrownBy(() -> new Translators(List.of(enFr, new TestTranslator("EN", "fr"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("en to fr: expected one model, actual en-fr 0.0.1 and EN-fr 0.0.1");
  }

  @Test
  void aTextIsTranslatedOnceForAllTargetsThatOneModelServes() {
    var tags = IntStream.range(0, 100).mapToObj(i -> "fr-x-" + i).toArray(String[]::new);

    var read = batch.read(Records.pending(Records.text("m1", "Hello", "en", tags)), models, NOW);
    var outcomes = batch.translate(List.of(read), NOW).get(0);

    assertThat(read.tokens()).isEqualTo("Hello".length());
    assertThat(enFr.calls).containsExactly(List.of("Hello"));
    assertThat(outcomes)
        .extracting(outcome -> ((Translated) outcome).translation().getTargetLanguage())
        .containsExactly(tags);
    assertThat(outcomes.stream().mapToInt(outcome -> ((Translated) outcome).tokens()).sum())
        .isEqualTo("fr:Hello".length() - "fr:".length());
  }

  @Test
  void aTextThatWasTranslatedBeforeIsAnsweredFromTheCacheForItsOwnRecord() {
    var heard = new ArrayList<Boolean>();
    var caching =
        new BatchTranslator(
            new Router(translators.pairs(), LanguageSettings.defaults()),
            MessageReader.of(Formats.AVRO),
            new TranslationCache(10_000),
            Terms.NONE,
            new TopologyListener() {
              @Override
              public void cacheLookedUp(boolean hit) {
                heard.add(hit);
              }
            });
    var first = Records.pending(Records.text("m1", "Hello", "en", "fr"));
    var second = Records.pending(Records.text("m2", "Hello", "en", "fr", "de"));

    var decoded = caching.translate(List.of(caching.read(first, models, NOW)), NOW).get(0);
    var cached = caching.translate(List.of(caching.read(second, models, NOW)), NOW).get(0);

    assertThat(enFr.calls).hasSize(1);
    assertThat(enDe.calls).hasSize(1);
    assertThat(heard).containsExactly(false, true, false);
    var expected = ((Translated) decoded.get(0)).translation();
    assertThat(cached.get(0))
        .isEqualTo(
            new Translated(
                new Translation(
                    "m2",
                    expected.getSourceLanguage(),
                    expected.getTargetLanguage(),
                    expected.getText(),
                    expected.getScore(),
                    expected.getAlternatives(),
                    expected.getTruncated(),
                    expected.getModelName(),
                    expected.getModelVersion(),
                    expected.getTranslatedAt(),
                    expected.getAttributes()),
                new LanguagePair("en", "fr"),
                Map.of(),
                0));
    assertThat(summary(cached.get(1))).isEqualTo("de:Hello");
  }

  private List<List<Outcome>> translate(PendingRecord... records) {
    return batch.translate(
        Stream.of(records).map(record -> batch.read(record, models, NOW)).toList(), NOW);
  }

  /** The text of a translation, the reason of a failure. */
  private static String summary(Outcome outcome) {
    return outcome instanceof Translated translated
        ? translated.translation().getText()
        : failure(outcome).getReason().toString();
  }

  private static TranslationFailure failure(Outcome outcome) {
    return ((Failed) outcome).failure();
  }
}
