package io.streamglot.app.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.app.language.Detection.Foreign;
import io.streamglot.app.language.Detection.Likely;
import io.streamglot.app.language.Detection.Unknown;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageDetectorTest {

  private static final Path TATOEBA = Path.of("../training/src/test/resources");
  private static final int SENTENCES = 500;
  private static final int SHORT = 20;

  private final LanguageDetector detector = new LanguageDetector(List.of("en", "fr", "de"));
  private final double enough = LanguageSettings.defaults().minConfidence();

  @ParameterizedTest
  @CsvSource({"en, tatoeba-en-de, 0", "fr, tatoeba-en-fr, 1", "de, tatoeba-en-de, 1"})
  void ofFiveHundredSentencesTheLongerOnesAreFoundAndFewAreTakenForAnother(
      String language, String corpus, int column, TestReporter reporter) throws IOException {
    var sentences = sentences(corpus, column);
    var shorter = sentences.stream().filter(LanguageDetectorTest::isShort).toList();
    var longer = sentences.stream().filter(text -> !isShort(text)).toList();

    double shortFound = share(shorter, text -> language.equals(found(text)));
    double longFound = share(longer, text -> language.equals(found(text)));
    double wrong = share(sentences, text -> found(text) != null && !language.equals(found(text)));
    double foreign = share(sentences, text -> detector.detect(text) instanceof Foreign);
    var report =
        String.format(
            Locale.ROOT,
            "found: %.1f %% of %d up to %d characters, %.1f %% of %d longer; taken for another: %.1f %%,"
                + " for none of them: %.1f %%",
            100 * shortFound,
            shorter.size(),
            SHORT,
            100 * longFound,
            longer.size(),
            100 * wrong,
            100 * foreign);
    reporter.publishEntry(language, report);

    assertThat(sentences).hasSize(SENTENCES);
    assertThat(longFound).as(report).isGreaterThanOrEqualTo(0.95);
    assertThat(shortFound).as(report).isGreaterThanOrEqualTo(0.8);
    assertThat(wrong).as(report).isLessThanOrEqualTo(0.02);
    assertThat(foreign).as(report).isLessThanOrEqualTo(0.005);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " \t\n", "12345", "😀", "👍👍👍", "...", "@tom", "https://example.org/fr/gare.html",
        "lol", "ok 👍", "haha", "hm", "Tom", "Hi", "mdr", "wtf"
      })
  void whatPeopleWriteInAnyLanguageIsOfNone(String text) {
    assertThat(found(text)).isNull();
    assertThat(detector.detect(text)).isNotInstanceOf(Foreign.class);
  }

  @ParameterizedTest
  @CsvSource({
    "where r u, en",
    "see you tmrw, en",
    "GOOD MORNING EVERYONE, en",
    "je t'aime, fr",
    "ça va, fr",
    "Merci beaucoup! 😀 https://example.org/en/thanks, fr",
    "guten morgen, de",
    "nein danke, de",
    "@john Der Kaffee ist kalt., de"
  })
  void chatIsFoundDespiteWhatIsNoWord(String text, String language) {
    assertThat(found(text)).isEqualTo(language);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "¿Dónde está la estación?",
        "Dov'è la stazione?",
        "Onde fica a estação?",
        "Waar is het station?",
        "Ik hou van jou, mijn lieve vriend.",
        "Gdzie jest dworzec?",
        "Var ligger stationen?",
        "Hvor er stasjonen?",
        "Missä on asema?",
        "Kde je nádraží?",
        "Hol van az állomás?",
        "Seni seviyorum.",
        "Tôi yêu bạn.",
        "Terima kasih banyak"
      })
  void wordsOfALanguageThatIsNotThereAreForeign(String text) {
    assertThat(detector.detect(text)).isInstanceOf(Foreign.class);
  }

  @ParameterizedTest
  @CsvSource({
    "Привет, Cyrillic",
    "@tom https://example.org/en/station Где вокзал?, Cyrillic",
    "ok 你好吗, Han",
    "駅はどこですか。, Hiragana",
    "역이 어디예요?, Hangul",
    "أين المحطة, Arabic",
    "Πού είναι;, Greek",
    "स्टेशन कहाँ है?, Devanagari"
  })
  void lettersThatNoneOfTheLanguagesIsWrittenInAreForeignAndNamed(String text, String script) {
    assertThat(detector.detect(text)).isEqualTo(new Foreign(script + " letters"));
  }

  @Test
  void aForeignWordAmongOthersDecidesNothing() {
    assertThat(found("She said привет to me at the station.")).isEqualTo("en");
  }

  @ParameterizedTest
  @CsvSource({
    "en ru, Привет, ru",
    "en ru, lol, en",
    "en zh, 你好, zh",
    "en ja, 駅はどこですか。, ja",
  })
  void amongLanguagesOfOtherLettersItsOwnAreEnough(String languages, String text, String language) {
    assertThat(new LanguageDetector(List.of(languages.split(" ", -1))).detect(text))
        .isEqualTo(new Likely(language, 1));
  }

  @Test
  void whereALanguageIsUnknownNoWordsAreForeignForTheyMayBeOfIt() {
    var withQuenya = new LanguageDetector(List.of("en", "fr", "qya"));

    assertThat(withQuenya.detect("¿Dónde está la estación?")).isEqualTo(new Unknown());
    assertThat(withQuenya.detect("Where is the station?"))
        .isInstanceOfSatisfying(
            Likely.class, likely -> assertThat(likely.language()).isEqualTo("en"));
  }

  @ParameterizedTest
  @CsvSource({"Onde fica a estação de trem?, pt-BR", "火車站在哪裡?我想去那裡。, zh-Hant"})
  void aLanguageIsFoundUnderTheTagThatItWasAskedBy(String text, String tag) {
    var regions = new LanguageDetector(List.of("pt-BR", "pt", "zh-Hant", "xx-not-known"));

    assertThat(regions.detect(text))
        .isInstanceOfSatisfying(
            Likely.class, likely -> assertThat(likely.language()).isEqualTo(tag));
  }

  @Test
  void nothingIsFoundAmongNoLanguages() {
    assertThat(new LanguageDetector(List.of()).detect("Where is the station?"))
        .isEqualTo(new Unknown());
    assertThat(new LanguageDetector(List.of("xx")).detect("Where is the station?"))
        .isEqualTo(new Unknown());
  }

  @Test
  void aTextOfAMegabyteTakesNoLongerThanItsBeginning() {
    var endless = "Where is the station? ".repeat(50_000);
    detector.detect(endless);

    long start = System.nanoTime();
    assertThat(detector.detect(endless))
        .isEqualTo(detector.detect(endless.substring(0, LanguageDetector.MAX_CHARACTERS)));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
  }

  /** The language that counts, or null. */
  private String found(String text) {
    return detector.detect(text) instanceof Likely likely && likely.confidence() >= enough
        ? likely.language()
        : null;
  }

  private static boolean isShort(String text) {
    return text.codePointCount(0, text.length()) <= SHORT;
  }

  private static double share(List<String> texts, Predicate<String> condition) {
    return (double) texts.stream().filter(condition).count() / texts.size();
  }

  /** Five hundred of the distinct ones, in even steps. */
  private static List<String> sentences(String corpus, int column) throws IOException {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    Files.newInputStream(TATOEBA.resolve(corpus).resolve("dev.tsv.gz"))),
                StandardCharsets.UTF_8))) {
      var all = lines.lines().map(line -> line.split("\t", -1)[column]).distinct().toList();
      return IntStream.range(0, SENTENCES)
          .mapToObj(i -> all.get((int) ((long) i * all.size() / SENTENCES)))
          .toList();
    }
  }
}
