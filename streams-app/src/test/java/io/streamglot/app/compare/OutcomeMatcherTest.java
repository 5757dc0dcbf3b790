package io.streamglot.app.compare;

import static io.streamglot.app.compare.Recordings.failed;
import static io.streamglot.app.compare.Recordings.translated;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.app.compare.RecordedOutcome.Translated;
import io.streamglot.schemas.RecordedMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutcomeMatcherTest {

  @Test
  void eachPairIsOfTheClassThatItsSidesSay() {
    assertThat(
            classes(
                List.of(
                    translated("1", "fr", "oui"),
                    translated("2", "fr", "oui"),
                    translated("3", "fr", "oui"),
                    translated("4", "fr", "oui"),
                    failed("5", "fr"),
                    failed("6", "fr"),
                    failed("7", "fr")),
                List.of(
                    translated("1", "fr", "oui"),
                    translated("2", "fr", "non"),
                    failed("4", "fr"),
                    translated("5", "fr", "oui"),
                    failed("6", "fr"),
                    translated("8", "fr", "oui"),
                    failed("9", "fr"))))
        .containsExactlyInAnyOrder(
            "1 identical",
            "2 changed",
            "3 missing",
            "4 failed-new",
            "5 failed-old",
            "6 failed-both",
            "7 failed-old",
            "8 new",
            "9 failed-new");
  }

  @Test
  void aMessageInTwoLanguagesIsTwoOutcomes() {
    assertThat(
            classes(
                List.of(translated("1", "fr", "oui"), translated("1", "de", "ja")),
                List.of(translated("1", "de", "ja"), translated("1", "fr", "non"))))
        .containsExactlyInAnyOrder("1 identical", "1 changed");
  }

  @Test
  void theNthOfOneSideMeetsTheNthOfTheOther() {
    List<OutcomePair> pairs =
        pairs(
            List.of(
                translated("1", "fr", "a"), translated("1", "fr", "b"), translated("1", "fr", "c")),
            List.of(translated("1", "fr", "A"), translated("1", "fr", "B")));

    assertThat(pairs.stream().map(OutcomeMatcherTest::texts))
        .containsExactly("a A", "b B", "c null");
  }

  @Test
  void theOrderOfTheSidesDoesNotMatter() {
    List<RecordedMessage> old = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      old.add(translated("m" + i, "fr", "text " + i));
    }
    List<RecordedMessage> shuffled = new ArrayList<>(old);
    Collections.shuffle(shuffled, new Random(1));

    assertThat(pairs(old, shuffled))
        .hasSize(500)
        .allMatch(pair -> pair.outcomeClass() == OutcomeClass.IDENTICAL);
  }

  @Test
  void aFailureOfAWholeMessageAnswersForEachOfItsLanguages() {
    List<RecordedMessage> translations =
        List.of(translated("1", "fr", "oui"), translated("1", "de", "ja"));
    List<RecordedMessage> failure = List.of(failed("1", null));

    assertThat(classes(translations, failure)).containsExactly("1 failed-new", "1 failed-new");
    assertThat(classes(failure, translations)).containsExactly("1 failed-old", "1 failed-old");
    assertThat(classes(failure, failure)).containsExactly("1 failed-both");
    assertThat(classes(List.of(), failure)).containsExactly("1 failed-new");
    assertThat(pairs(failure, translations))
        .extracting(pair -> pair.key().targetLanguage())
        .containsExactly("fr", "de");
  }

  @Test
  void aFailureOfAnUnknownMessageIsThatOfItsSourceRecord() {
    assertThat(
            classes(
                List.of(translated("source-text-0-7", "fr", "oui")), List.of(failed(null, "fr"))))
        .containsExactly("source-text-0-7 failed-new");
  }

  private static List<String> classes(List<RecordedMessage> old, List<RecordedMessage> candidate) {
    return pairs(old, candidate).stream()
        .map(pair -> pair.key().messageId() + " " + pair.outcomeClass())
        .toList();
  }

  private static List<OutcomePair> pairs(
      List<RecordedMessage> old, List<RecordedMessage> candidate) {
    List<OutcomePair> pairs = new ArrayList<>();
    OutcomeMatcher.match(
        new RecordedOutcomes("old", old.iterator(), Recordings.AVRO, false),
        new RecordedOutcomes("new", candidate.iterator(), Recordings.AVRO, false),
        pairs::add);
    return pairs;
  }

  private static String texts(OutcomePair pair) {
    return text(pair.old()) + " " + text(pair.candidate());
  }

  private static String text(RecordedOutcome outcome) {
    return outcome instanceof Translated translated ? translated.text() : null;
  }
}
