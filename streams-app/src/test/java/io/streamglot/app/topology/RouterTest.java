package io.streamglot.app.topology;

import static io.streamglot.schemas.FailureReason.SOURCE_LANGUAGE_NOT_DETERMINED;
import static io.streamglot.schemas.FailureReason.UNSUPPORTED_LANGUAGE_PAIR;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.app.language.LanguageSettings;
import io.streamglot.app.language.LanguageTags;
import io.streamglot.app.topology.Route.DeadEnd;
import io.streamglot.app.topology.Route.PassThrough;
import io.streamglot.app.topology.Route.Translate;
import io.streamglot.schemas.FailureReason;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {

  private static final String ENGLISH = "Where is the station?";
  private static final String GERMAN = "Wo ist der Bahnhof?";
  private static final String OPEN = "12345";

  private static final Router ROUTER =
      router(LanguageSettings.defaults(), "en fr", "en de", "es de", "en pt-BR", "zh-Hant en");

  @ParameterizedTest
  @CsvSource({
    "en, fr, en to fr",
    "en-US, fr, en to fr",
    "en, fr-CA, en to fr",
    "EN-gb, FR-ca, en to fr",
    "es-MX, de-AT, es to de",
    "en, pt-BR, en to pt-BR",
    "zh-Hant-TW, en-GB, zh-Hant to en",
  })
  void aTagThatNoModelHasStandsForTheLongestBeginningThatOneHas(
      String source, String target, String pair) {
    var canonical = LanguageTags.canonical(target);

    assertThat(routes(ROUTER, source, OPEN, canonical))
        .containsExactly(
            new Translate(
                LanguageTags.canonical(source), canonical, pair(pair.replace(" to ", " "))));
  }

  @Test
  void aModelForTheRegionGoesBeforeOneForTheLanguage() {
    var both = router(LanguageSettings.defaults(), "en fr", "en fr-CA", "en-GB fr");

    assertThat(routes(both, "en", OPEN, "fr", "fr-CA", "fr-BE"))
        .extracting(route -> ((Translate) route).pair())
        .containsExactly(pair("en fr"), pair("en fr-CA"), pair("en fr"));
    assertThat(routes(both, "en-GB", OPEN, "fr-CA", "fr"))
        .extracting(route -> ((Translate) route).pair())
        .containsExactly(pair("en fr-CA"), pair("en-GB fr"));
  }

  @ParameterizedTest
  @CsvSource({
    "en, en, en",
    "en-GB, en, en",
    "en-GB, en-US, en",
    "en, en-GB, en",
    "fr-CA, fr-CA, fr",
    "pt-BR, pt-BR, pt-BR",
    "zh-Hant-TW, zh-Hant, zh-Hant",
  })
  void aTextInItsTargetLanguagePassesThrough(String source, String target, String served) {
    assertThat(routes(ROUTER, source, OPEN, target))
        .containsExactly(new PassThrough(source, target, served));
  }

  @Test
  void aModelForJustThatPairTranslatesWithinALanguage() {
    var britishToAny = router(LanguageSettings.defaults(), "en-GB en", "en fr");

    assertThat(routes(britishToAny, "en-GB", OPEN, "en"))
        .containsExactly(new Translate("en-GB", "en", pair("en-GB en")));
    assertThat(routes(britishToAny, "en", OPEN, "en"))
        .containsExactly(new PassThrough("en", "en", "en"));
  }

  @ParameterizedTest
  @CsvSource({
    "fr, en", // the other way round
    "de, fr", // both served, no model
    "tlh, fr",
    "en, tlh",
    "tlh, tlh", // the same, but of no model
    "pt, pt-BR", // any Portuguese is not that of Brazil
    "zh-Hans, zh-Hant",
    "en_US, fr", // no tag
    "'', ''",
  })
  void withoutAModelThereIsNoRoute(String source, String target) {
    assertThat(routes(ROUTER, source, ENGLISH, target))
        .singleElement()
        .satisfies(route -> assertThat(reason(route)).isEqualTo(UNSUPPORTED_LANGUAGE_PAIR));
  }

  @Test
  void aTextWithoutLanguageIsInTheOneThatItShows() {
    assertThat(routes(ROUTER, null, ENGLISH, "fr", "de", "en"))
        .containsExactly(
            new Translate("en", "fr", pair("en fr")),
            new Translate("en", "de", pair("en de")),
            new PassThrough("en", "en", "en"));
    assertThat(routes(ROUTER, null, GERMAN, "de", "fr"))
        .satisfiesExactly(
            route -> assertThat(route).isEqualTo(new PassThrough("de", "de", "de")),
            route -> assertThat(reason(route)).isEqualTo(UNSUPPORTED_LANGUAGE_PAIR));
  }

  @Test
  void aTextThatShowsNoLanguageIsInTheDefaultElseInTheOnlyOneThatLeadsToTheTarget() {
    var taken = new LanguageSettings(true, 0.05, Optional.of("es-MX"));

    assertThat(routes(router(taken, "en de", "es de", "en fr"), null, OPEN, "de", "es"))
        .containsExactly(
            new Translate("es-MX", "de", pair("es de")), new PassThrough("es-MX", "es", "es"));
    assertThat(routes(ROUTER, null, OPEN, "fr-CA"))
        .containsExactly(new Translate("en", "fr-CA", pair("en fr")));
    assertThat(routes(ROUTER, null, OPEN, "de"))
        .containsExactly(
            new DeadEnd(
                "de",
                SOURCE_LANGUAGE_NOT_DETERMINED,
                "source language: expected one in the record, or a text that shows it, since the"
                    + " models into de read [en, es]; actual none"));
    assertThat(reason(routes(ROUTER, null, OPEN, "es").get(0)))
        .isEqualTo(UNSUPPORTED_LANGUAGE_PAIR);
  }

  @ParameterizedTest
  @CsvSource({
    "Где вокзал?, Cyrillic letters",
    "Привет, Cyrillic letters",
    "你好, Han letters",
    "¿Dónde está la estación?, '''spa'''",
  })
  void aTextInALanguageOfNoModelIsNotTakenForTheOnlyOneThatLeadsToTheTarget(
      String text, String likeness) {
    var shipped = router(LanguageSettings.defaults(), "en fr", "en de");

    assertThat(routes(shipped, null, text, "fr"))
        .containsExactly(
            new DeadEnd(
                "fr",
                SOURCE_LANGUAGE_NOT_DETERMINED,
                "source language: expected one in the record, or a text that shows it, since the"
                    + " models into fr read [en]; actual none, and a text that looks like "
                    + likeness));
  }

  @Test
  void aTextInALanguageOfNoModelIsInTheDefaultIfThereIsOne() {
    var taken = new LanguageSettings(true, 0.05, Optional.of("en"));

    assertThat(routes(router(taken, "en fr"), null, "Где вокзал?", "fr"))
        .containsExactly(new Translate("en", "fr", pair("en fr")));
    assertThat(routes(router(taken.withoutDetection(), "en fr"), null, "Где вокзал?", "fr"))
        .containsExactly(new Translate("en", "fr", pair("en fr")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "12345", "👍", "lol", "ok", "hello", "Tom"})
  void aTextThatShowsNothingIsInTheOnlyLanguageThatLeadsToTheTarget(String text) {
    var shipped = router(LanguageSettings.defaults(), "en fr", "en de");

    assertThat(routes(shipped, null, text, "fr", "de"))
        .containsExactly(
            new Translate("en", "fr", pair("en fr")), new Translate("en", "de", pair("en de")));
  }

  @Test
  void aDetectionBelowTheThresholdDoesNotCountAndIsNamed() {
    var strict = router(new LanguageSettings(true, 0.99, Optional.empty()), "en de", "es de");

    assertThat(routes(strict, null, ENGLISH, "de"))
        .singleElement()
        .satisfies(
            route ->
                assertThat(((DeadEnd) route).message())
                    .contains("actual none, and en with confidence 0.", "instead of 0.990"));
  }

  @Test
  void withoutDetectionNoTextIsRead() {
    var blind = router(LanguageSettings.defaults().withoutDetection(), "en de", "es de", "en fr");

    assertThat(routes(blind, null, ENGLISH, "de", "fr"))
        .satisfiesExactly(
            route -> assertThat(reason(route)).isEqualTo(SOURCE_LANGUAGE_NOT_DETERMINED),
            route -> assertThat(route).isEqualTo(new Translate("en", "fr", pair("en fr"))));
  }

  @Property(tries = 500)
  void whateverTagsAndTextsComeEachTargetHasARouteToAModelOrALanguageThatThereIs(
      @ForAll("tags") String source, @ForAll String text, @ForAll("tags") String target) {
    for (var named : new String[] {source, null}) {
      var canonical = LanguageTags.canonical(target);
      var routes = ROUTER.routes(named, text, List.of(canonical, "fr"));

      assertThat(routes).hasSize(2).extracting(Route::target).containsExactly(canonical, "fr");
      for (var route : routes) {
        if (route instanceof Translate translate) {
          assertThat(translate.pair().toString())
              .isIn("en to fr", "en to de", "es to de", "en to pt-BR", "zh-Hant to en");
        } else if (route instanceof PassThrough pass) {
          assertThat(ROUTER.languages()).contains(pass.served());
          assertThat(language(pass.source())).isEqualTo(language(pass.target()));
        } else {
          assertThat(((DeadEnd) route).message()).isNotBlank();
        }
      }
    }
  }

  @Provide
  Arbitrary<String> tags() {
    var known =
        Arbitraries.of(
            "en",
            "EN",
            "fr-CA",
            "de-AT",
            "es",
            "pt",
            "pt-br",
            "zh",
            "zh-Hant-TW",
            "tlh",
            "en_US",
            "und",
            "x-en",
            "en-x",
            "i-klingon");
    var wellFormed =
        Arbitraries.strings().withCharRange('a', 'z').withChars("-0123456789").ofMaxLength(40);
    return Arbitraries.oneOf(known, wellFormed, Arbitraries.strings());
  }

  private static String language(String tag) {
    return tag.split("-", -1)[0];
  }

  private static FailureReason reason(Route route) {
    return ((DeadEnd) route).reason();
  }

  private static List<Route> routes(Router router, String source, String text, String... targets) {
    return router.routes(source, text, List.of(targets));
  }

  private static Router router(LanguageSettings settings, String... pairs) {
    return new Router(Stream.of(pairs).map(RouterTest::pair).toList(), settings);
  }

  private static LanguagePair pair(String languages) {
    var both = languages.split(" ", -1);
    return new LanguagePair(both[0], both[1]);
  }
}
