package io.streamglot.translator;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.streamglot.translator.bundle.BundleFormatException;
import io.streamglot.translator.bundle.BundleManifest;
import io.streamglot.translator.bundle.BundleManifest.Limits;
import io.streamglot.translator.bundle.BundleWriter;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.decode.DecoderSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With the model that ships. */
class BundleTranslatorTest {

  private static ModelBundle bundle;
  private static BundleTranslator translator;

  @BeforeAll
  static void open() throws IOException {
    bundle = TestResources.shippedModel();
    translator = BundleTranslator.open(bundle, DecoderSettings.DEFAULT);
  }

  @AfterAll
  static void close() {
    translator.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          My number is 0612345678.              | 0612345678
          It costs 1,234.56 dollars by 10:45.   | 1,234.56
          """)
  void numbersThatTheModelWouldChangeAreCopied(String source, String copied) {
    assertThat(translator.translate(List.of(source)).get(0).text()).contains(copied);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 7", "1, 200", "3, 1", "3, 7", "3, 40", "3, 200"})
  void answersATextTheSameInWhateverCompanyAndPlace(int threads, int callSize) throws IOException {
    List<String> texts = TestResources.sentences();
    List<Translation> expected = translator.translate(texts);
    List<Integer> order = IntStream.range(0, texts.size()).boxed().collect(toList());
    Collections.shuffle(order, new Random(callSize));

    try (BundleTranslator another = BundleTranslator.open(bundle, new DecoderSettings(threads))) {
      for (int from = 0; from < order.size(); from += callSize) {
        List<Integer> call = order.subList(from, Math.min(from + callSize, order.size()));
        List<Translation> found = another.translate(call.stream().map(texts::get).toList());
        assertThat(found).hasSameSizeAs(call);
        for (int i = 0; i < found.size(); i++) {
          assertSame(found.get(i), expected.get(call.get(i)));
        }
      }
    }
  }

  @Test
  void answersDuplicatesAlike() {
    List<Translation> translations =
        translator.translate(List.of("Good morning.", "Where are you?", "Good morning."));

    assertSame(translations.get(2), translations.get(0));
  }

  @Test
  void answersNoTextsWithNoTranslations() {
    assertThat(translator.translate(List.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\t\r\n",
        "\u00a0\u3000",
        "!",
        "12:30",
        "😀👍🏽",
        "\u0000",
        "\ud800",
        "@bob"
      })
  void answersATextWithNothingToTranslateAsItIs(String blank) {
    List<Translation> translations = translator.translate(List.of("Hello.", blank, "Hello."));

    assertThat(translations.get(1)).isEqualTo(new Translation(blank, 0, List.of(), false));
    assertSame(translations.get(2), translations.get(0));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "4, 1", "4, 4", "8, 3", "64, 10"})
  void givesAlternativesThatAreWorseAndDifferent(int beamSize, int nBest) {
    SearchOptions options = new SearchOptions(beamSize, nBest, 1, 1.5f, 8);

    for (Translation translation :
        translator.translate(TestResources.sentences().subList(0, 40), options)) {
      List<Translation.Alternative> all = new ArrayList<>();
      all.add(new Translation.Alternative(translation.text(), translation.score()));
      all.addAll(translation.alternatives());

      assertThat(all).hasSizeLessThanOrEqualTo(nBest);
      assertThat(all).extracting(Translation.Alternative::text).doesNotHaveDuplicates();
      assertThat(all).extracting(a -> -a.score()).isSorted();
      assertThat(all).allMatch(a -> a.score() <= 0);
    }
  }

  @Test
  void saysHowManyTokensATranslationHas() {
    Translation shorter = translator.translate(List.of("Hello.")).get(0);
    Translation longer =
        translator.translate(List.of("Where is the station that you told me of?")).get(0);

    assertThat(shorter.tokens()).isBetween(1, shorter.text().length());
    assertThat(longer.tokens()).isBetween(shorter.tokens() + 1, longer.text().length());
  }

  @Test
  void asksTheModelForItsSearchDefaults() {
    List<String> texts = TestResources.sentences().subList(0, 20);

    assertThat(translator.translate(texts))
        .isEqualTo(translator.translate(texts, translator.manifest().search()));
  }

  @Test
  void translatesEachSentenceOfATextAsItTranslatesItAlone() {
    List<String> sentences = TestResources.sentences().subList(0, 40);
    String text = "\t" + String.join("\r\n\r\n", sentences) + "\n";

    Translation translation = translator.translate(List.of(text)).get(0);

    List<Translation> alone = translator.translate(sentences);
    assertThat(translation.text())
        .isEqualTo(
            "\t" + alone.stream().map(Translation::text).collect(joining("\r\n\r\n")) + "\n");
    assertThat(translation.tokens()).isEqualTo(alone.stream().mapToInt(Translation::tokens).sum());
    assertThat((double) translation.score())
        .isCloseTo(
            alone.stream().mapToDouble(a -> a.score() * a.tokens()).sum() / translation.tokens(),
            within(1e-4));
    assertThat(translation.truncated()).isFalse();
  }

  @Test
  void leavesWhatIsBeyondTheLimitOfATextAsItIs() {
    String sentence = "I love you. ";
    String text = sentence.repeat(3000);

    Translation translation = translator.translate(List.of(text)).get(0);

    String translated = translator.translate(List.of(sentence)).get(0).text();
    assertThat(translation.truncated()).isTrue();
    assertThat(translation.text())
        .startsWith(translated.repeat(100))
        .endsWith(sentence.repeat(100));
    assertThat(translation.text().replace(translated, "").replace(sentence, "")).isEmpty();
  }

  @Test
  void translatesASentenceBeyondTheModelsLengthInParts() {
    String text = "I know that you love me, ".repeat(40) + "and I love you.";

    Translation translation = translator.translate(List.of(text)).get(0);

    assertThat(translation.truncated()).isFalse();
    assertThat(translation.tokens()).isGreaterThan(200);
  }

  @Test
  void joinsTheAlternativesOfSentencesByRank() {
    SearchOptions options = translator.manifest().search().withNBest(3);
    List<Translation> alone =
        translator.translate(List.of("Where is the station?", "I love you."), options);

    Translation both =
        translator.translate(List.of("Where is the station?\nI love you."), options).get(0);

    assertThat(both.alternatives()).hasSize(2);
    for (int i = 0; i < 2; i++) {
      assertThat(both.alternatives().get(i).text())
          .isEqualTo(
              alone.get(0).alternatives().get(i).text()
                  + "\n"
                  + alone.get(1).alternatives().get(i).text());
      assertThat(both.alternatives().get(i).score()).isLessThanOrEqualTo(both.score());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "𓀀𓀁𓀂",
        "你好，世界。",
        "Hello \udc00 there.",
        "Hello \u0000\u200b there.",
        "Hello ▁</ s> there.",
      })
  void answersTextThatTheVocabularyLacks(String text) {
    List<Translation> translations = translator.translate(List.of("Hello.", text, "Thank you."));

    assertThat(translations).hasSize(3).doesNotContainNull();
    assertThat(translations.get(1).score()).isNegative();
    assertSame(translations.get(0), translator.translate(List.of("Hello.")).get(0));
    assertSame(translations.get(2), translator.translate(List.of("Thank you.")).get(0));
  }

  @Test
  void answersHundredsOfThousandsOfCharactersWithoutASpaceInSeconds() {
    long start = System.nanoTime();

    Translation translation = translator.translate(List.of("xy".repeat(100_000))).get(0);

    assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
    assertThat(translation.truncated()).isTrue();
  }

  @Test
  void answersEightThreadsAsItAnswersOne() throws Exception {
    List<String> texts = TestResources.sentences();
    List<Translation> alone = translator.translate(texts);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<List<Translation>>> answers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        answers.add(threads.submit(() -> translator.translate(texts)));
      }
      for (Future<List<Translation>> answer : answers) {
        assertThat(answer.get()).isEqualTo(alone);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void refusesNull() {
    assertThatThrownBy(() -> translator.translate((List<String>) null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> translator.translate(Arrays.asList("a", null)))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> translator.translate(List.of("a"), null))
        .isInstanceOf(NullPointerException.class);
  }

  @Test
  void closesTwice() throws IOException {
    BundleTranslator closed = BundleTranslator.open(bundle, new DecoderSettings(2));
    closed.close();
    closed.close();

    assertThatThrownBy(() -> closed.translate(List.of("a")))
        .isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 0, 0, vocabulary size",
    "0, 1, 0, 0, id of <s>",
    "0, 0, 1, 0, id of </s>",
    "0, 0, 0, 1, id of <pad>"
  })
  void refusesATokenizerThatDisagreesWithTheManifest(
      int vocabulary, int start, int end, int pad, String named, @TempDir Path folder)
      throws IOException {
    Limits limits = bundle.manifest().limits();
    Path staging = Files.createDirectory(folder.resolve("staging"));
    for (String file : bundle.manifest().files().keySet()) {
      Files.copy(bundle.folder().resolve(file), staging.resolve(file));
    }
    ModelBundle changed =
        BundleWriter.publish(
            staging,
            withLimits(
                bundle.manifest(),
                new Limits(
                    limits.vocabularySize() + vocabulary,
                    limits.maxSourceLength(),
                    limits.startId() + start,
                    limits.endId() + end,
                    limits.padId() + pad)),
            folder.resolve("bundle"));

    assertThatThrownBy(() -> BundleTranslator.open(changed, DecoderSettings.DEFAULT))
        .isInstanceOf(BundleFormatException.class)
        .hasMessageStartingWith("tokenizer.json: " + named + ": expected ");
  }

  private static BundleManifest withLimits(BundleManifest manifest, Limits limits) {
    return new BundleManifest(
        manifest.formatVersion(),
        manifest.name(),
        manifest.version(),
        manifest.sourceLanguage(),
        manifest.targetLanguage(),
        manifest.architecture(),
        limits,
        manifest.search(),
        manifest.files(),
        manifest.training(),
        manifest.evaluation(),
        manifest.license());
  }

  /** Sums of floats may depend on the shape of a batch in their last bits; words must not. */
  private static void assertSame(Translation actual, Translation expected) {
    assertThat(actual.text()).isEqualTo(expected.text());
    assertThat(actual.score()).isCloseTo(expected.score(), within(2e-3f));
    assertThat(actual.truncated()).isEqualTo(expected.truncated());
  }
}
